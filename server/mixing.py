"""The mix: envelopes wait until enough of them are there, then travel on in random order.

A threshold-and-timed mix: at every tick everything that waits goes, if at least `least` wait; else it
waits on, but never past the end of a poll, when the rest goes however few, and the batch says so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import SystemRandom

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, func, select

from protocol.ballots import ENVELOPE_SIZES
from protocol.manifest import Manifest
from protocol.problems import Problem
from protocol.receipts import envelope_digest, make_batch
from server.database import forget_order
from server.own_keys import OwnKeys
from server.refusals import Refusal
from server.shuffler_tables import EnvelopeRow

LARGEST_BATCH = 200
"""Envelopes in one message; a longer row of waiting ones goes as several."""


@dataclass(frozen=True, slots=True)
class MixRule:
    """`least` (K) envelopes, looked at every `every` (T); at most `most` may wait."""

    least: int = 20
    every: timedelta = timedelta(hours=12)
    most: int = 200_000


@dataclass
class Mixing:
    """`hand_on` delivers one batch to the ballot box and returns whether it was taken."""

    engine: Engine
    keys: OwnKeys
    rule: MixRule
    now: Callable[[], datetime]
    looked_at: datetime | None = field(default=None, init=False)

    def keep(self, envelope: bytes) -> str:
        """Store one envelope durably; the same one twice is one. Returns its digest."""
        if len(envelope) not in ENVELOPE_SIZES:
            raise Refusal(Problem.ENVELOPE_SIZE)
        name = envelope_digest(envelope)
        with Session(self.engine) as session, session.begin():
            if session.get(EnvelopeRow, name) is None:
                if self._waiting(session) >= self.rule.most:
                    raise Refusal(Problem.QUEUE_FULL, {"retry-after": "3600"})
                session.add(EnvelopeRow(digest=name, sealed=envelope))
        return name

    def waiting(self) -> int:
        with Session(self.engine) as session:
            return self._waiting(session)

    async def tick(
        self, manifest: Manifest | None, hand_on: Callable[[str, dict[str, object]], Awaitable[bool]]
    ) -> int:
        """Look once; hand on what may go. Returns how many envelopes went."""
        self._cut(manifest)
        gone = 0
        for cut in self._cuts():
            envelopes, below = self._batch(cut)
            message = make_batch(envelopes, below, self.keys.signing_private)
            if not await hand_on(cut, message.model_dump(mode="json")):
                break
            self._forget(cut)
            gone += len(envelopes)
        if gone:
            forget_order(self.engine)
        return gone

    def _cut(self, manifest: Manifest | None) -> None:
        """Put what may go into batches, at random."""
        chance = SystemRandom()
        with Session(self.engine) as session, session.begin():
            rows = list(session.exec(select(EnvelopeRow).where(col(EnvelopeRow.cut).is_(None))))
            enough = len(rows) >= self.rule.least
            if not rows or not (enough or self._must_go(manifest)):
                return
            chance.shuffle(rows)
            for start in range(0, len(rows), LARGEST_BATCH):
                name = f"{chance.getrandbits(128):032x}"
                for row in rows[start : start + LARGEST_BATCH]:
                    row.cut, row.below_threshold = name, not enough

    def _must_go(self, manifest: Manifest | None) -> bool:
        """Whether a poll ends before the next look, or ended since the last one."""
        if manifest is None:
            return False
        now, every = self.now(), self.rule.every
        # Once more after the end, for what came at the last moment; after a restart, a week back.
        since = self.looked_at - every if self.looked_at else now - timedelta(days=7)
        self.looked_at = now
        return any(since <= poll.ends_at() < now + every for poll in manifest.polls)

    def _cuts(self) -> list[str]:
        with Session(self.engine) as session:
            found = session.exec(select(EnvelopeRow.cut).where(col(EnvelopeRow.cut).is_not(None)).distinct())
            return sorted(cut for cut in found if cut)

    def _batch(self, cut: str) -> tuple[list[bytes], bool]:
        """The same batch each time it is asked for: order by digest, which is random."""
        with Session(self.engine) as session:
            rows = session.exec(
                select(EnvelopeRow).where(EnvelopeRow.cut == cut).order_by(EnvelopeRow.digest)
            ).all()
            return [row.sealed for row in rows], rows[0].below_threshold

    def _forget(self, cut: str) -> None:
        with Session(self.engine) as session, session.begin():
            for row in session.exec(select(EnvelopeRow).where(EnvelopeRow.cut == cut)):
                session.delete(row)

    @staticmethod
    def _waiting(session: Session) -> int:
        return session.exec(select(func.count()).select_from(EnvelopeRow)).one()
