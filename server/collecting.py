"""Collecting (stembus): verify each ballot, keep one per nullifier, publish the list after closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from protocol import tokens
from protocol.ballots import BallotRefused, Checked, check_ballot, open_envelope
from protocol.canonical import NotBase64, b64, unb64
from protocol.manifest import Manifest, ManifestPoll
from protocol.messages import BallotsMessage, BatchMessage, ListMessage, SealedBallotMessage
from protocol.problems import Problem
from protocol.receipts import is_batch_of, sign_list
from server.ballot_box_tables import NO_POLL, BallotRow, BatchRow, FiguresRow, ListRow, SweptRow
from server.board import Board
from server.database import forget_order
from server.own_keys import OwnKeys
from server.refusals import Refusal
from server.retention import acknowledged_batches

WHOLE = 1


@dataclass(frozen=True, slots=True)
class Collecting:
    """A poll has settled when the shuffler said that it handed on everything it took before the end.

    `settle`: how long after the end of grace to wait for that word before going on without it.
    """

    engine: Engine
    board: Board
    keys: OwnKeys
    settle: timedelta
    now: Callable[[], datetime]

    def take(self, batch: BatchMessage) -> int:
        """Take a whole batch or nothing of it; the same batch again changes nothing."""
        manifest = self.board.manifest()
        if not is_batch_of(batch, unb64(manifest.keys.shuffler_signing)):
            raise Refusal(Problem.SIGNATURE_INVALID)
        with Session(self.engine) as session, session.begin():
            if batch.swept_at is not None and not batch.envelopes:
                # The shuffler's clock may be ahead: its word never reaches into the future.
                _note_swept(session, min(batch.swept_at, self.now()))
                acknowledged_batches(session)
            else:
                self._take_all(session, manifest, batch)
        forget_order(self.engine)
        return len(batch.envelopes)

    def list_of(self, poll: str, kind: str) -> ListMessage:
        """The list after closing. Raises `Refusal` (list-not-ready) before every batch can be in."""
        self._ended(poll, Problem.LIST_NOT_READY)
        with Session(self.engine) as session:
            if kept := session.get(ListRow, (poll, kind)):
                return ListMessage.model_validate_json(kept.raw)
            return self._list(session, poll, kind)

    def freeze(self, session: Session, poll: str) -> None:
        """Keep the lists as they are, before the ballots that they are made of are deleted."""
        for kind in ("choices", "texts"):
            if session.get(ListRow, (poll, kind)) is None:
                raw = self._list(session, poll, kind).model_dump_json().encode()
                session.add(ListRow(poll=poll, kind=kind, raw=raw))

    def _list(self, session: Session, poll: str, kind: str) -> ListMessage:
        rows = _ballots(session, poll, kind)
        lines = sorted(b64(tokens.list_line(unb64(row.nullifier), row.sealed)) for row in rows)
        figures = session.get(FiguresRow, (poll, kind)) or FiguresRow(poll=poll, kind=kind)
        unsigned = ListMessage(
            poll=poll,
            kind="choices" if kind == "choices" else "texts",
            lines=tuple(lines),
            received=len(lines),
            invalid=figures.invalid,
            late=figures.late,
            below_threshold=figures.below_threshold,
            signature="",
        )
        return sign_list(unsigned, self.keys.signing_private)

    def ballots_of(self, poll: str) -> BallotsMessage:
        """Everything staff need to count.

        Raises `Refusal`: ballots-not-ready before the end, ballots-gone when they were deleted.
        """
        self._ended(poll, Problem.BALLOTS_NOT_READY)
        with Session(self.engine) as session:
            if session.get(ListRow, (poll, "choices")) is not None:
                raise Refusal(Problem.BALLOTS_GONE)
            found = [
                SealedBallotMessage(
                    kind="choices" if row.kind == "choices" else "texts",
                    nullifier=row.nullifier,
                    revision=row.revision,
                    sealed=b64(row.sealed),
                )
                for kind in ("choices", "texts")
                for row in _ballots(session, poll, kind)
            ]
            figures = session.get(FiguresRow, (poll, "choices")) or FiguresRow(poll=poll, kind="choices")
            return BallotsMessage(
                poll=poll,
                ballots=tuple(found),
                invalid=figures.invalid,
                late=figures.late,
                below_threshold=figures.below_threshold,
            )

    def _take_all(self, session: Session, manifest: Manifest, batch: BatchMessage) -> None:
        name = b64(sha256("".join(sorted(batch.envelopes)).encode()).digest())
        if session.get(BatchRow, name):
            return
        session.add(BatchRow(digest=name))
        figures: Counter[tuple[str, str, str]] = Counter()
        for envelope in batch.envelopes:
            self._take_one(session, manifest, envelope, figures, batch.below_threshold)
        for (poll, kind, figure), count in sorted(figures.items()):
            row = session.get(FiguresRow, (poll, kind)) or FiguresRow(poll=poll, kind=kind)
            setattr(row, figure, getattr(row, figure) + count)
            session.add(row)

    def _take_one(
        self,
        session: Session,
        manifest: Manifest,
        envelope: str,
        figures: Counter[tuple[str, str, str]],
        below_threshold: bool,
    ) -> None:
        poll_id, kind = NO_POLL, NO_POLL
        try:
            ballot = open_envelope(unb64(envelope), self.keys.sealing_private)
            poll = manifest.poll(ballot.poll)
            if poll is None or poll.state.cancelled:
                raise BallotRefused("no-such-poll")
            poll_id, kind = ballot.poll, ballot.kind
            checked = check_ballot(ballot, poll)
        except (BallotRefused, NotBase64):
            figures[poll_id, kind, "invalid"] += 1
            return
        if self._has_settled(session, poll):
            figures[poll_id, kind, "late"] += 1
            return
        if _keep(session, ballot.poll, ballot.kind, checked) and below_threshold:
            figures[poll_id, kind, "below_threshold"] += 1

    def _ended(self, poll: str, otherwise: Problem) -> ManifestPoll:
        published = self.board.manifest().poll(poll)
        if published is None:
            raise Refusal(Problem.POLL_UNKNOWN)
        with Session(self.engine) as session:
            if not self._has_settled(session, published):
                raise Refusal(otherwise)
        return published

    def _has_settled(self, session: Session, poll: ManifestPoll) -> bool:
        swept = session.get(SweptRow, WHOLE)
        ends_at = poll.ends_at()
        if swept is not None and datetime.fromisoformat(swept.until) >= ends_at:
            return True
        return self.now() >= ends_at + self.settle


def _note_swept(session: Session, until: datetime) -> None:
    row = session.get(SweptRow, WHOLE)
    if row is None or datetime.fromisoformat(row.until) < until:
        session.merge(SweptRow(id=WHOLE, until=until.isoformat()))


def _keep(session: Session, poll: str, kind: str, checked: Checked) -> bool:
    """Keep the highest revision. Returns whether the ballot was new."""
    name = b64(checked.nullifier)
    row = session.get(BallotRow, name)
    if row is None:
        session.add(
            BallotRow(nullifier=name, poll=poll, kind=kind, revision=checked.revision, sealed=checked.sealed)
        )
        return True
    if checked.revision > row.revision:
        row.revision, row.sealed = checked.revision, checked.sealed
    return False


def _ballots(session: Session, poll: str, kind: str) -> list[BallotRow]:
    wanted = select(BallotRow).where(BallotRow.poll == poll, BallotRow.kind == kind)
    return list(session.exec(wanted.order_by(col(BallotRow.nullifier))))
