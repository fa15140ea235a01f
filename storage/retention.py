"""What the phone deletes, and when (bewaartermijn). docs/privacy.md says the same, table by table.

Drafts: when the poll ended, and nothing can be sent any more. Tokens, sealed ballots, lists and copies:
`KEPT` after the phone learned that the poll is concluded, and at the latest `LONGEST` after it ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, delete, select

from storage.database import transaction, truncate_log
from storage.tables import CopyRow, DraftRow, EndedRow, ListRow, OutboxRow, TokenRow

KEPT = timedelta(days=30)
LONGEST = timedelta(days=365)

OWN_PART = (TokenRow, OutboxRow, ListRow, CopyRow, DraftRow)


@dataclass(frozen=True, slots=True)
class Published:
    """A poll of the manifest. `ends_at`: the end of grace; `concluded`: told of, or withdrawn."""

    poll: str
    ends_at: datetime
    concluded: bool


@dataclass(frozen=True, slots=True)
class Retention:
    engine: Engine

    def apply(self, municipality: str, published: Iterable[Published], now: datetime) -> int:
        """Delete what is due, and return of how many polls the phone forgot its part.

        A poll that the manifest does not name any more is concluded. `now` is the servers' time: a phone's
        own clock may be wrong.
        """
        polls = {poll.poll: poll for poll in published}
        with transaction(self.engine) as session:
            known = polls.keys() | _with_a_part(session, municipality)
            over = {id for id in known if id not in polls or now >= polls[id].ends_at}
            _delete(session, (DraftRow,), municipality, over)
            concluded = {id for id in known if id not in polls or _is_concluded(polls[id], now)}
            due = _due(session, municipality, concluded, now)
            _delete(session, OWN_PART, municipality, due)
            _delete(session, (EndedRow,), municipality, _forgotten(session, municipality) - polls.keys())
        truncate_log(self.engine)
        return len(due)

    def forgotten(self, municipality: str) -> frozenset[str]:
        """Polls of which this phone forgot its own part."""
        with transaction(self.engine) as session:
            return frozenset(_forgotten(session, municipality))


def _is_concluded(poll: Published, now: datetime) -> bool:
    return poll.concluded or now >= poll.ends_at + LONGEST - KEPT


def _with_a_part(session: Session, municipality: str) -> set[str]:
    found: set[str] = set()
    for table in OWN_PART:
        wanted = select(table.poll).where(col(table.municipality) == municipality)
        found.update(session.exec(wanted.distinct()))
    return found


def _due(session: Session, municipality: str, concluded: set[str], now: datetime) -> set[str]:
    """Note what concluded just now; return what did so long enough ago, and mark it."""
    rows = session.exec(select(EndedRow).where(EndedRow.municipality == municipality))
    noted = {row.poll: row for row in rows}
    moment, due = now.timestamp(), set()
    for id in concluded:
        row = noted.get(id) or EndedRow(municipality=municipality, poll=id, since=moment)
        row.since = min(row.since, moment)  # it was noted by a clock that was ahead
        if not row.forgotten and moment >= row.since + KEPT.total_seconds():
            row.forgotten = True
            due.add(id)
        session.add(row)
    session.flush()
    return due


def _forgotten(session: Session, municipality: str) -> set[str]:
    wanted = select(EndedRow.poll).where(EndedRow.municipality == municipality, col(EndedRow.forgotten))
    return set(session.exec(wanted))


def _delete(session: Session, tables: Iterable[type], municipality: str, polls: Iterable[str]) -> None:
    names = sorted(polls)
    if not names:
        return
    for table in tables:
        columns = table.__table__.columns  # type: ignore[attr-defined]
        session.exec(delete(table).where(columns.municipality == municipality, columns.poll.in_(names)))
