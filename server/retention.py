"""How long the servers keep what (bewaartermijn): every table, its rule, and the sweep that keeps to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from protocol.manifest import Manifest, ManifestPoll
from server.ballot_box_tables import NO_POLL, BallotRow, BatchRow, FiguresRow, ListRow
from server.ballot_box_tables import DocumentRow as BallotBoxDocumentRow
from server.issuer_tables import DocumentRow as IssuerDocumentRow
from server.issuer_tables import DrawRow, InvitationRow, IssuedRow, OpenHolderRow, TokenKeyRow
from server.shuffler_tables import EnvelopeRow


@dataclass(frozen=True, slots=True)
class Look:
    """What a sweep goes by. `long_ago`: now, less the days of its rule."""

    session: Session
    now: datetime
    long_ago: datetime
    manifest: Manifest | None
    unnamed: dict[str, datetime]
    """Documents that no manifest names -> since when, as far as this process saw."""
    freeze: Callable[[Session, str], None]
    """Keeps what is said of a poll for longer than the rows it is made of; twice is once."""

    def polls(self) -> tuple[ManifestPoll, ...]:
        return self.manifest.polls if self.manifest else ()

    def names(self) -> list[str]:
        return [poll.entry.id for poll in self.polls()]

    def over(self) -> list[ManifestPoll]:
        """Polls whose grace ended as long ago as the rule asks."""
        return [poll for poll in self.polls() if poll.ends_at() <= self.long_ago]


Sweep = Callable[[Look], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One table is kept until `until`, and `days` longer. Without a `sweep` that goes by itself."""

    role: str
    table: str
    until: str
    days: int
    sweep: Sweep | None = None


def _expired_invitations(look: Look) -> None:
    look.session.exec(delete(InvitationRow).where(col(InvitationRow.expires_at) <= look.long_ago))


def _draws(look: Look) -> None:
    for poll in look.over():
        look.freeze(look.session, poll.entry.id)
        _forget_poll(look, DrawRow, poll.entry.id)
    _forget_vanished(look, DrawRow)


def _token_keys(look: Look) -> None:
    """Not those of polls that no manifest names: staff may be about to publish them."""
    for poll in look.over():
        _forget_poll(look, TokenKeyRow, poll.entry.id)


def _open_holders(look: Look) -> None:
    drawing = select(DrawRow.secret_hash)
    look.session.exec(delete(OpenHolderRow).where(col(OpenHolderRow.secret_hash).not_in(drawing)))


def _counted_ballots(look: Look) -> None:
    _ballots_of(look, [poll for poll in look.over() if poll.state.result or poll.state.cancelled])


def _ballots(look: Look) -> None:
    _ballots_of(look, look.over())
    _forget_vanished(look, BallotRow)


def _ballots_of(look: Look, polls: Iterable[ManifestPoll]) -> None:
    for poll in polls:
        look.freeze(look.session, poll.entry.id)
        _forget_poll(look, BallotRow, poll.entry.id)


def _envelopes(look: Look) -> None:
    if look.polls() and len(look.over()) == len(look.polls()):
        look.session.exec(delete(EnvelopeRow))


def acknowledged_batches(session: Session) -> None:
    """The shuffler has said that it has nothing left: none of these will be sent again."""
    session.exec(delete(BatchRow))


def _of_no_poll(row: Any) -> Sweep:
    def sweep(look: Look) -> None:
        if look.manifest is not None:
            look.session.exec(delete(row).where(row.poll.not_in([*look.names(), NO_POLL])))

    return sweep


def _documents(row: Any) -> Sweep:
    def sweep(look: Look) -> None:
        if look.manifest is None:
            return
        unnamed = set(look.session.exec(select(row.digest))) - look.manifest.documents()
        for digest in [digest for digest in look.unnamed if digest not in unnamed]:
            del look.unnamed[digest]
        for digest in unnamed:
            if look.unnamed.setdefault(digest, look.now) <= look.long_ago:
                look.session.exec(delete(row).where(row.digest == digest))
                del look.unnamed[digest]

    return sweep


def _forget_poll(look: Look, row: Any, poll: str) -> None:
    look.session.exec(delete(row).where(row.poll == poll))


def _forget_vanished(look: Look, row: Any) -> None:
    """A poll may leave the manifest when it has ended: it ended no later than the manifest was made."""
    if look.manifest and look.manifest.issued_at <= look.long_ago:
        look.session.exec(delete(row).where(row.poll.not_in(look.names())))


NEXT, UNNAMED, END = "the next one", "no manifest names it", "the end of grace"
RULES = (
    Rule("issuer", "draw", END, 7, _draws),
    Rule("issuer", "invitation", "the code expires", 365, _expired_invitations),
    Rule("issuer", "token_key", END, 7, _token_keys),
    Rule("issuer", "open_holder", "its last draw is gone", 0, _open_holders),
    Rule("issuer", "issued", "the manifest names the poll no more", 0, _of_no_poll(IssuedRow)),
    Rule("issuer", "manifest", NEXT, 0),
    Rule("issuer", "document", UNNAMED, 1, _documents(IssuerDocumentRow)),
    Rule("shuffler", "envelope", "the ballot box took it, or the end of every poll", 30, _envelopes),
    Rule(
        "ballot-box", "ballot", "the end of grace, of a poll with a result or cancelled", 90, _counted_ballots
    ),
    Rule("ballot-box", "ballot", END, 365, _ballots),
    Rule("ballot-box", "list", "the manifest names the poll no more", 0, _of_no_poll(ListRow)),
    Rule("ballot-box", "figures", "the manifest names the poll no more", 0, _of_no_poll(FiguresRow)),
    Rule("ballot-box", "batch", "the shuffler says that it has nothing left", 0),
    Rule("ballot-box", "swept", NEXT, 0),
    Rule("ballot-box", "manifest", NEXT, 0),
    Rule("ballot-box", "document", UNNAMED, 1, _documents(BallotBoxDocumentRow)),
)


def unswept(role: str, tables: Iterable[str]) -> set[str]:
    """Tables without a rule: nobody said how long they are kept."""
    return set(tables) - {rule.table for rule in RULES if rule.role == role}
