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
from sync.seal import too_late

BASE = 30.0
LONGEST = 3600.0
LEASE = 120.0
LAST = 600.0
"""Seconds. `LAST`: no pause reaches past so long before the end of a poll, so that a last try is left."""

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
            if not phone.outbox.lease(holder, phone.now().timestamp(), LEASE):
                break  # a slow network took longer than the lease, and another drainer has it now
            if why := too_late(manifest, ballot.poll, server_time):
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
                _postpone(phone, manifest, ballot, unreachable)
                if unreachable.reason in (NETWORK, SLOW):
                    break  # the next one would meet the same
    finally:
        phone.outbox.release(holder)
    return HandedOver(sent, aside, late, problem)


def _postpone(phone: Phone, manifest: Manifest, ballot: SealedBallot, why: Unreachable) -> None:
    """Not at all without a network: no server has trouble with that, and it may be back any moment."""
    now, poll = phone.now().timestamp(), manifest.poll(ballot.poll)
    pause = wait_after(ballot.attempts, phone.random(2)) if why.reason != NETWORK else 0.0
    until = now + max(pause, why.retry_after or 0)
    if poll is not None:
        share = int.from_bytes(phone.random(2), "big") / 0xFFFF
        last_try = poll.ends_at().timestamp() - LAST * (1 + share)
        until = min(until, last_try) if now < last_try else until
    phone.outbox.postpone(ballot, until, asked=why.retry_after is not None)


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
