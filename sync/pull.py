"""Step: fetch the manifest and every document it names, the same for everybody."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from domain.errors import Distrusted, Refused, Unreachable
from protocol.canonical import b64
from protocol.manifest import check_follows, read_manifest
from protocol.problems import Distrust
from sync.client import NOT_OURS, Client, Fetched
from sync.phone import Phone


async def pull(phone: Phone, client: Client) -> datetime | None:
    """Take over the newest manifest, after all its documents are here. Returns the server's time.

    Raises `Unreachable`, or `Distrusted`: then the phone goes on with what it had.
    """
    home, old, old_raw = phone.municipality, phone.manifest(), phone.shelf.manifest(phone.municipality.id)
    mirror = old.services.mirror if old else None
    address, fetched = await _manifest(client, home.address, mirror)
    new = read_manifest(fetched.raw, home.id, home.root_key)
    if old is not None and old_raw is not None:
        check_follows(old, old_raw, new, fetched.raw)
    for digest in phone.shelf.missing(new.documents()):
        phone.shelf.put_document(digest, await _document(client, address, digest))
    if fetched.raw != old_raw:
        phone.shelf.put_manifest(home.id, fetched.raw)
        phone.shelf.keep_only(new.documents())
    return fetched.server_time


async def _manifest(client: Client, address: str, mirror: str | None) -> tuple[str, Fetched]:
    """The manifest and where it came from: the mirror, if the first address does not answer."""
    try:
        return address, await client.manifest(address)
    except (Unreachable, Refused) as exc:
        if mirror is None or mirror == address:
            raise Unreachable(str(exc)) from exc
    try:
        return mirror, await client.manifest(mirror)
    except Refused as refused:  # a server before its first manifest
        raise Unreachable(refused.code) from refused


async def _document(client: Client, address: str, digest: str) -> bytes:
    try:
        raw = await client.document(address, digest)
    except Refused as refused:
        raise Unreachable(NOT_OURS) from refused
    if b64(sha256(raw).digest()) != digest:
        raise Distrusted(Distrust.DOCUMENT)
    return raw
