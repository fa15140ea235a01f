"""Step: after closing, find one's own ballot in the list that everybody can fetch."""

from __future__ import annotations

from datetime import datetime

from domain.errors import Distrusted, Refused
from domain.response import BallotKind
from protocol.canonical import unb64
from protocol.manifest import Manifest
from protocol.messages import ListMessage
from protocol.problems import Distrust
from protocol.receipts import is_list_of
from storage.outbox import OutboxState
from sync.client import Client
from sync.phone import Phone


async def verify_counted(phone: Phone, client: Client, manifest: Manifest, now: datetime) -> None:
    """Fetch the whole list of each poll that ended and that this phone could answer, answered or not.

    Raises `Unreachable`, or `Distrusted` for a list that is not the ballot box's.
    """
    home = phone.municipality.id
    ballots = {(b.poll, b.kind): b for b in phone.outbox.all(home)}
    for poll in manifest.polls:
        if now < poll.ends_at():
            continue
        for kind in BallotKind:
            if phone.wallet.token(home, poll.entry.id, kind) is None:
                continue
            found = await _list(phone, client, manifest, poll.entry.id, kind)
            ballot = ballots.get((poll.entry.id, kind))
            if found is None or ballot is None or ballot.state is not OutboxState.HANDED_OVER:
                continue
            counted = ballot.line in found.lines
            phone.outbox.mark(ballot, OutboxState.COUNTED if counted else OutboxState.NOT_COUNTED)


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
