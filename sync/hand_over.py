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
from sync.client import NETWORK, NOT_OURS, SLOW, Client
from sync.phone import Phone

BASE = 30.0
LONGEST = 3600.0
LEASE = 120.0
"""Seconds."""

SET_ASIDE = frozenset({400, 403, 413, 415, 422})
TOO_LATE = frozenset({410})
"""Statuses that end it for one ballot. Any other refusal may be a server's passing fault: it waits."""


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
    phone: Phone, client: Client, manifest: Manifest, server_time: datetime | None, holder: str
) -> HandedOver:
    """Try every ballot that is due once. Never raises `SyncError`: it reports.

    Without the servers' time nothing is called late: the phone's own clock may be wrong. Only a genuine
    receipt takes a ballot off the row; one that is refused never holds up the others.
    """
    if not phone.outbox.lease(holder, phone.now().timestamp(), LEASE):
        return HandedOver()
    sent = aside = late = 0
    problem: Unreachable | None = None
    try:
        for ballot in phone.outbox.due(phone.municipality.id, phone.now().timestamp()):
            if why := _too_late(manifest, ballot, server_time):
                phone.outbox.mark(ballot, OutboxState.TOO_LATE, why)
                late += 1
                continue
            try:
                await _hand_over_one(phone, client, manifest, ballot)
                sent += 1
            except Refused as refused:
                gone = STATUS[Problem(refused.code)] in TOO_LATE
                state = OutboxState.TOO_LATE if gone else OutboxState.SET_ASIDE
                phone.outbox.mark(ballot, state, refused.code)
                late, aside = late + gone, aside + (not gone)
            except Unreachable as unreachable:
                problem = unreachable
                phone.outbox.postpone(ballot, phone.now().timestamp() + _pause(phone, ballot, unreachable))
                if unreachable.reason in (NETWORK, SLOW):
                    break  # the next one would meet the same
    finally:
        phone.outbox.release(holder)
    return HandedOver(sent, aside, late, problem)


def _pause(phone: Phone, ballot: SealedBallot, why: Unreachable) -> float:
    """Seconds. None without a network: no server has trouble with that, and it may be back any moment."""
    if why.reason == NETWORK:
        return 0.0
    return max(wait_after(ballot.attempts, phone.random(2)), why.retry_after or 0)


async def _hand_over_one(phone: Phone, client: Client, manifest: Manifest, ballot: SealedBallot) -> None:
    try:
        receipt = await client.hand_over(manifest.services.shuffler, ballot.envelope)
    except Refused as refused:
        if STATUS[Problem(refused.code)] not in SET_ASIDE | TOO_LATE:
            raise Unreachable(refused.code) from refused
        raise
    if not is_receipt_for(receipt, ballot.envelope, unb64(manifest.keys.shuffler_signing)):
        raise Unreachable(NOT_OURS)
    phone.outbox.mark(ballot, OutboxState.HANDED_OVER)


def _too_late(manifest: Manifest, ballot: SealedBallot, server_time: datetime | None) -> str | None:
    poll = manifest.poll(ballot.poll)
    if poll is None or poll.state.cancelled:
        return Problem.POLL_UNKNOWN
    ended = server_time is not None and server_time >= poll.ends_at()
    return Problem.POLL_CLOSED if ended else None
