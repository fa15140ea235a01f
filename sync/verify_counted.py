"""Step: after closing, find one's own ballot in the list that everybody can fetch."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.errors import Distrusted, Refused, Unreachable
from domain.response import BallotKind
from protocol.canonical import unb64
from protocol.manifest import Manifest
from protocol.messages import ListMessage
from protocol.problems import Distrust
from protocol.receipts import is_list_of
from storage.outbox import OutboxState
from sync.client import Client
from sync.phone import Phone

KNOWN = frozenset({OutboxState.COUNTED, OutboxState.NOT_COUNTED})

COARSE = timedelta(seconds=2)
"""What a server says of its time may lag: whole seconds, renewed once a second. Too early only gets a no."""


async def verify_counted(phone: Phone, client: Client, manifest: Manifest, now: datetime) -> None:
    """Fetch the whole list of each poll that ended and that this phone could answer, answered or not.

    A ballot that is in the list was counted, also one that the phone took for late or lost the receipt
    of. One list that fails holds up no other; then raises the first `Unreachable`, or `Distrusted` for a
    list that is not the ballot box's.
    """
    home = phone.municipality.id
    ballots = {(b.poll, b.kind): b for b in phone.outbox.all(home) if b.state is not OutboxState.SEALED}
    problem: Unreachable | Distrusted | None = None
    for poll, kind in ((p, k) for p in manifest.polls if now + COARSE >= p.ends_at() for k in BallotKind):
        if phone.wallet.token(home, poll.entry.id, kind) is None:
            continue
        ballot = ballots.get((poll.entry.id, kind))
        known = ballot is None or ballot.state in KNOWN
        if known and phone.shelf.list_of(home, poll.entry.id, kind) is not None:
            continue
        try:
            found = await _list(phone, client, manifest, poll.entry.id, kind)
        except (Unreachable, Distrusted) as exc:
            problem = problem or exc
            continue
        if found is None or ballot is None:
            continue
        if ballot.line in found.lines:
            phone.outbox.mark(ballot, OutboxState.COUNTED)
        elif ballot.state is OutboxState.HANDED_OVER:
            phone.outbox.mark(ballot, OutboxState.NOT_COUNTED)
    if problem is not None:
        raise problem


async def _list(
    phone: Phone, client: Client, manifest: Manifest, poll: str, kind: BallotKind
) -> ListMessage | None:
    """The list, from storage or from the ballot box; None while it is not ready."""
    home = phone.municipality.id
    raw = phone.shelf.list_of(home, poll, kind)
    if raw is not None:
        return ListMessage.model_validate_json(raw)
    try:
        found = await client.list_of(manifest.services.ballot_box, poll, kind)
    except Refused:
        return None
    genuine = is_list_of(found, unb64(manifest.keys.ballot_box_signing))
    if not genuine or (found.poll, found.kind) != (poll, kind.value):
        raise Distrusted(Distrust.LIST)
    phone.shelf.put_list(home, poll, kind, found.model_dump_json().encode())
    return found
