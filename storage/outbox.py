"""Sealed ballots until they are counted (postvak uit)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import Engine
from sqlalchemy.orm import load_only
from sqlmodel import col, or_, select, update

from storage.database import transaction, truncate_log
from storage.tables import CopyRow, DraftRow, LeaseRow, OutboxRow

LONGEST_PAUSE = 6 * 3600.0
"""Seconds. What must wait longer was postponed by a clock that was ahead, and is due."""


class OutboxState(StrEnum):
    """sealed -> waiting -> handed over -> counted; beside them what could not be, with its reason.

    `sealed`: to the counting key, while the token that its envelope needs is not drawn yet.
    """

    SEALED = "sealed"
    WAITING = "waiting"
    HANDED_OVER = "handed-over"
    COUNTED = "counted"
    NOT_COUNTED = "not-counted"
    SET_ASIDE = "set-aside"
    TOO_LATE = "too-late"


TO_GO = (OutboxState.SEALED, OutboxState.WAITING)


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """`line`: what the list after closing shows of it; `not_before`: seconds since 1970.

    `content`: the sealed answers, until they are in the envelope, which is empty before. `asked`: a server
    asked to wait so long.
    """

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
    content: bytes | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one ballot came, without what is in it."""

    poll: str
    kind: str
    revision: int
    state: OutboxState
    reason: str | None


class Overtaken(Exception):
    """This revision or a higher one is there already: sent from another tab. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Outbox:
    engine: Engine

    def put(self, ballots: Iterable[SealedBallot], copy: bytes | None = None) -> None:
        """Keep the sealed ballots of one response, in place of its draft and of its earlier revision.

        `copy`: the answers as `KeptAnswers` seals them, where the resident keeps one; else an older copy
        goes too. All in one transaction; afterwards no file holds the draft. Raises `Overtaken`.
        """
        with transaction(self.engine) as session:
            for ballot in ballots:
                there = session.get(OutboxRow, (ballot.municipality, ballot.poll, ballot.kind))
                if there is not None and there.revision >= ballot.revision:
                    raise Overtaken
                fields = {name: getattr(ballot, name) for name in SealedBallot.__slots__}
                session.merge(OutboxRow(**fields))
                of_poll = (ballot.municipality, ballot.poll)
                if draft := session.get(DraftRow, of_poll):
                    session.delete(draft)
                if copy is not None:
                    session.merge(CopyRow(municipality=of_poll[0], poll=of_poll[1], answers=copy))
                elif older := session.get(CopyRow, of_poll):
                    session.delete(older)
        truncate_log(self.engine)

    def sealed(self, municipality: str) -> list[SealedBallot]:
        """Ballots that wait for their token."""
        return self._in_state(municipality, OutboxState.SEALED)

    def set_aside(self, municipality: str) -> list[SealedBallot]:
        return self._in_state(municipality, OutboxState.SET_ASIDE)

    def stamp(self, ballot: SealedBallot, envelope: bytes) -> None:
        """The token came: the whole ballot is in its envelope, and may go."""
        with transaction(self.engine) as session:
            row = session.get(OutboxRow, (ballot.municipality, ballot.poll, ballot.kind))
            if row is not None and row.revision == ballot.revision and row.state == OutboxState.SEALED:
                row.envelope, row.content, row.state = envelope, None, OutboxState.WAITING

    def progress(self, municipality: str) -> list[Progress]:
        """Of every ballot, in one statement."""
        few = load_only(*(getattr(OutboxRow, name) for name in Progress.__slots__))
        wanted = select(OutboxRow).options(few).where(OutboxRow.municipality == municipality)
        with transaction(self.engine) as session:
            return [
                Progress(row.poll, row.kind, row.revision, OutboxState(row.state), row.reason)
                for row in session.exec(wanted)
            ]

    def has_to_go(self, municipality: str) -> bool:
        """Whether anything here still has to be handed over."""
        return any(ballot.state in TO_GO for ballot in self.progress(municipality))

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

    def _in_state(self, municipality: str, state: OutboxState) -> list[SealedBallot]:
        wanted = select(OutboxRow).where(OutboxRow.municipality == municipality, OutboxRow.state == state)
        with transaction(self.engine) as session:
            return [_ballot(row) for row in session.exec(wanted.order_by(col(OutboxRow.line)))]

    def mark(self, ballot: SealedBallot, state: OutboxState, reason: str | None = None) -> None:
        """Change the state of this very revision; a newer one in its place stays as it is."""
        with transaction(self.engine) as session:
            row = session.get(OutboxRow, (ballot.municipality, ballot.poll, ballot.kind))
            if row is not None and row.revision == ballot.revision:
                row.state, row.reason = state, reason

    def postpone(self, ballot: SealedBallot, until: float, asked: bool = False) -> None:
        with transaction(self.engine) as session:
            row = session.get(OutboxRow, (ballot.municipality, ballot.poll, ballot.kind))
            if row is not None and row.revision == ballot.revision:
                row.attempts += 1
                row.not_before, row.asked = until, asked

    def hurry(self, municipality: str) -> None:
        """The network is back, or the resident asks: try all that waits, but what a server asked to hold."""
        with transaction(self.engine) as session:
            waiting = update(OutboxRow).where(col(OutboxRow.municipality) == municipality)
            session.exec(waiting.where(~col(OutboxRow.asked)).values(not_before=0.0))

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
