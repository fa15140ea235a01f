"""Step: hand what waits in the outbox to the shuffler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refused, Unreachable
from protocol.canonical import unb64
from protocol.manifest import Manifest
from protocol.problems import STATUS, Problem
from protocol.receipts import is_receipt_for
from storage.outbox import OutboxState, SealedBallot
from sync.client import NETWORK, NOT_OURS, Client
from sync.phone import Phone

BASE = 30.0
LONGEST = 3600.0
LEASE = 120.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`problem`: why something still waits, or None."""

    sent: int = 0
    set_aside: int = 0
    too_late: int = 0
    problem: Unreachable | None = None


def wait_after(attempts: int, chance: bytes) -> float:
    """Seconds until the next try: full jitter between 0 and a doubling bound. `chance`: two random bytes.

    Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    """
    bound = min(LONGEST, BASE * float(1 << min(attempts, 20)))
    return max(1.0, bound * int.from_bytes(chance, "big") / 0xFFFF)


async def hand_over(
    phone: Phone, client: Client, manifest: Manifest, now: datetime, holder: str
) -> HandedOver:
    """Try every ballot that is due once. Never raises `SyncError`: it reports.

    `now` is the servers' time where it is known: a phone with a wrong clock must not call an answer late.
    Only a genuine receipt takes a ballot off the row; one that is refused never holds up the others.
    """
    if not phone.outbox.lease(holder, phone.now().timestamp(), LEASE):
        return HandedOver()
    sent = aside = late = 0
    problem: Unreachable | None = None
    try:
        for ballot in phone.outbox.due(phone.municipality.id, phone.now().timestamp()):
            poll = manifest.poll(ballot.poll)
            if poll is None or poll.state.cancelled or now >= poll.ends_at():
                phone.outbox.mark(ballot, OutboxState.TOO_LATE, _why(manifest, ballot))
                late += 1
                continue
            try:
                await _hand_over_one(phone, client, manifest, ballot)
                sent += 1
            except Refused as refused:
                state = OutboxState.TOO_LATE if _is_gone(refused) else OutboxState.SET_ASIDE
                phone.outbox.mark(ballot, state, refused.code)
                aside += 1
            except Unreachable as unreachable:
                problem = unreachable
                pause = wait_after(ballot.attempts, phone.random(2))
                until = phone.now().timestamp() + max(pause, unreachable.retry_after or 0)
                phone.outbox.postpone(ballot, until)
                if unreachable.reason == NETWORK:
                    break  # the next one would meet the same network
    finally:
        phone.outbox.release(holder)
    return HandedOver(sent, aside, late, problem)


async def _hand_over_one(phone: Phone, client: Client, manifest: Manifest, ballot: SealedBallot) -> None:
    receipt = await client.hand_over(manifest.services.shuffler, ballot.envelope)
    if not is_receipt_for(receipt, ballot.envelope, unb64(manifest.keys.shuffler_signing)):
        raise Unreachable(NOT_OURS)
    phone.outbox.mark(ballot, OutboxState.HANDED_OVER)


def _is_gone(refused: Refused) -> bool:
    return STATUS[Problem(refused.code)] == 410


def _why(manifest: Manifest, ballot: SealedBallot) -> str:
    poll = manifest.poll(ballot.poll)
    return Problem.POLL_UNKNOWN if poll is None or poll.state.cancelled else Problem.POLL_CLOSED
