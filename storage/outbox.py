"""Sealed ballots until they are counted (postvak uit)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import Engine
from sqlmodel import col, or_, select

from storage.database import transaction
from storage.tables import DraftRow, LeaseRow, OutboxRow

LONGEST_PAUSE = 6 * 3600.0
"""Seconds. What must wait longer was postponed by a clock that was ahead, and is due."""


class OutboxState(StrEnum):
    """waiting -> handed over -> counted; beside them what could not be, with its reason."""

    WAITING = "waiting"
    HANDED_OVER = "handed-over"
    COUNTED = "counted"
    NOT_COUNTED = "not-counted"
    SET_ASIDE = "set-aside"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """`line`: what the list after closing shows of it; `not_before`: seconds since 1970."""

    municipality: str
    poll: str
    kind: str
    revision: int
    envelope: bytes
    line: str
    state: OutboxState = OutboxState.WAITING
    reason: str | None = None
    attempts: int = 0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class Outbox:
    engine: Engine

    def put(self, ballots: Iterable[SealedBallot]) -> None:
        """Keep the sealed ballots of one response and remove its draft, in one transaction.

        A lower revision that still waits is replaced: only the last one counts. Where this revision or
        a higher one is there already, another drainer sealed the same draft: its ballot stays.
        """
        with transaction(self.engine) as session:
            for ballot in ballots:
                there = session.get(OutboxRow, (ballot.municipality, ballot.poll, ballot.kind))
                if there is None or there.revision < ballot.revision:
                    fields = {name: getattr(ballot, name) for name in SealedBallot.__slots__}
                    session.merge(OutboxRow(**fields))
                if draft := session.get(DraftRow, (ballot.municipality, ballot.poll, True)):
                    session.delete(draft)

    def due(self, municipality: str, now: float) -> list[SealedBallot]:
        """Ballots to be tried now, in an order that says nothing about when they were made."""
        moment = col(OutboxRow.not_before)
        wanted = select(OutboxRow).where(
            OutboxRow.municipality == municipality,
            OutboxRow.state == OutboxState.WAITING,
            or_(moment <= now, moment > now + LONGEST_PAUSE),
        )
        with transaction(self.engine) as session:
            return [_ballot(row) for row in session.exec(wanted.order_by(col(OutboxRow.line)))]

    def all(self, municipality: str) -> list[SealedBallot]:
        with transaction(self.engine) as session:
            return [
                _ballot(row)
                for row in session.exec(select(OutboxRow).where(OutboxRow.municipality == municipality))
            ]

    def mark(self, ballot: SealedBallot, state: OutboxState, reason: str | None = None) -> None:
        """Change the state of this very revision; a newer one in its place stays as it is."""
        with transaction(self.engine) as session:
            row = session.get(OutboxRow, (ballot.municipality, ballot.poll, ballot.kind))
            if row is not None and row.revision == ballot.revision:
                row.state, row.reason = state, reason

    def postpone(self, ballot: SealedBallot, until: float) -> None:
        with transaction(self.engine) as session:
            row = session.get(OutboxRow, (ballot.municipality, ballot.poll, ballot.kind))
            if row is not None and row.revision == ballot.revision:
                row.attempts += 1
                row.not_before = until

    def hurry(self, municipality: str) -> None:
        """The network is back, or the resident asks: try everything that waits now."""
        with transaction(self.engine) as session:
            for row in session.exec(select(OutboxRow).where(OutboxRow.municipality == municipality)):
                row.not_before = 0.0

    def lease(self, holder: str, now: float, seconds: float) -> bool:
        """Become the one drainer for a while. False when another still is.

        A lease that ends later than one can be given was given by a clock that was ahead: it is void.
        """
        with transaction(self.engine) as session:
            row = session.get(LeaseRow, "outbox")
            if row is not None and row.holder != holder and now < row.until <= now + seconds:
                return False
            session.merge(LeaseRow(name="outbox", holder=holder, until=now + seconds))
            return True

    def release(self, holder: str) -> None:
        with transaction(self.engine) as session:
            row = session.get(LeaseRow, "outbox")
            if row is not None and row.holder == holder:
                session.delete(row)


def _ballot(row: OutboxRow) -> SealedBallot:
    fields = {name: getattr(row, name) for name in SealedBallot.__slots__}
    return SealedBallot(**{**fields, "state": OutboxState(row.state)})
