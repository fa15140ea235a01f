"""The mix: envelopes wait until enough of them are there, then travel on in random order.

A threshold-and-timed mix: at every tick everything that waits goes, if at least `least` wait; else it
waits on, but never past the end of a poll, when the rest goes however few, and the batch says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import SystemRandom

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, delete, func, select, update

from domain.errors import Unreachable
from protocol.ballots import ENVELOPE_SIZES
from protocol.manifest import Manifest
from protocol.problems import Problem
from protocol.receipts import envelope_digest, make_batch
from server.database import forget_order
from server.own_keys import OwnKeys
from server.refusals import Refusal
from server.shuffler_tables import EnvelopeRow

LARGEST_BATCH = 100
"""Envelopes in one message, so that even the largest fit in a body the ballot box takes."""

LATELY = timedelta(days=7)

HandOn = Callable[[str, dict[str, object]], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class MixRule:
    """`least` (K) envelopes, looked at every `every` (T); at most `most` may wait."""

    least: int = 20
    every: timedelta = timedelta(hours=12)
    most: int = 200_000


@dataclass
class Mixing:
    """`hand_on` delivers one batch to the ballot box and returns whether it was taken.

    It raises `Unreachable` where no other batch would arrive either.
    """

    engine: Engine
    keys: OwnKeys
    rule: MixRule
    now: Callable[[], datetime]
    swept_at: datetime | None = field(default=None, init=False)

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

    def undelivered(self) -> bool:
        """Whether a batch was made that the ballot box did not take yet."""
        return bool(self._cuts())

    async def tick(self, manifest: Manifest | None, hand_on: HandOn) -> int:
        """Look once; hand on what may go. Returns how many envelopes went.

        When a poll has ended and everything taken before now was handed on, the ballot box is told: it
        waits for that word, however slow this shuffler or the network is.
        """
        looked_at = self.now()
        must_go = self._must_go(manifest, looked_at)
        await asyncio.to_thread(self._cut, must_go)
        gone = await self.deliver(hand_on)
        if must_go and not self.undelivered():
            word = make_batch([], False, self.keys.signing_private, swept_at=looked_at)
            with suppress(Unreachable):
                if await hand_on("", word.model_dump(mode="json")):
                    self.swept_at = looked_at
        return gone

    async def deliver(self, hand_on: HandOn) -> int:
        """Hand on every batch that was made. One that is not taken stays, and holds up no other."""
        gone = 0
        for cut in self._cuts():
            envelopes, below = self._batch(cut)
            message = make_batch(envelopes, below, self.keys.signing_private)
            try:
                taken = await hand_on(cut, message.model_dump(mode="json"))
            except Unreachable:
                break
            if taken:
                self._forget(cut)
                gone += len(envelopes)
        if gone:
            await asyncio.to_thread(forget_order, self.engine)
        return gone

    def _cut(self, must_go: bool) -> None:
        """Put what may go into batches, at random."""
        chance = SystemRandom()
        with Session(self.engine) as session, session.begin():
            names = list(session.exec(select(EnvelopeRow.digest).where(col(EnvelopeRow.cut).is_(None))))
            enough = len(names) >= self.rule.least
            if not names or not (enough or must_go):
                return
            chance.shuffle(names)
            for start in range(0, len(names), LARGEST_BATCH):
                chosen = col(EnvelopeRow.digest).in_(names[start : start + LARGEST_BATCH])
                cut = f"{chance.getrandbits(128):032x}"
                session.exec(update(EnvelopeRow).where(chosen).values(cut=cut, below_threshold=not enough))

    def _must_go(self, manifest: Manifest | None, now: datetime) -> bool:
        """Whether a poll ends before the next look, or ended since everything was last swept out."""
        if manifest is None:
            return False
        # After a restart only what ended lately: polls stay in the manifest for ever.
        since = self.swept_at or now - LATELY
        return any(since < poll.ends_at() < now + self.rule.every for poll in manifest.polls)

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
            session.exec(delete(EnvelopeRow).where(col(EnvelopeRow.cut) == cut))

    @staticmethod
    def _waiting(session: Session) -> int:
        return session.exec(select(func.count()).select_from(EnvelopeRow)).one()
