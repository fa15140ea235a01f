"""Step: fetch the manifest and every document that is read by all, the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from domain.errors import Distrusted, Refused, Unreachable
from protocol.canonical import NotBase64, b64, unb64
from protocol.manifest import Manifest
from protocol.manifest_trust import check_follows, read_manifest
from protocol.problems import Distrust
from protocol.sealing import SealingKeyRefused, seal
from sync.client import NOT_OURS, Client, Fetched
from sync.phone import Phone

FORKED_AT = "sync.forked-at"
"""Setting: the number that two manifests had, until every address shows one with a higher number."""

ANYBODYS = frozenset({Distrust.SIGNATURE, Distrust.MUNICIPALITY})
"""What anybody could have made. From the second address it counts as no answer."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A genuine manifest, and where it was shown."""

    address: str
    fetched: Fetched
    manifest: Manifest

    @property
    def raw(self) -> bytes:
        return self.fetched.raw


async def pull(phone: Phone, client: Client) -> datetime | None:
    """Take over the newest manifest, after all its documents are here. Returns the server's time.

    Where there is a second address it is asked too: that it lags or does not answer is no matter, but of
    two manifests with one number neither is used. Raises `Unreachable`, or `Distrusted`: then the phone
    goes on with what it had, after `Distrust.FORKED` not even with that.
    """
    home = phone.municipality
    old, old_raw = phone.manifest(), phone.shelf.manifest(home.id)
    shown = await _first(phone, client, old)
    address = _other_address(shown, old)
    other = await _second(phone, client, address) if address else None
    newest = _newest(phone, shown, other)
    if old is not None and old_raw is not None:
        _follows(phone, old, old_raw, newest)
    _check_distrust(phone, newest, agreed=address is None or (other is not None and other.raw == shown.raw))
    _check_sealing_keys(newest.manifest)
    for digest in phone.shelf.missing(newest.manifest.read_by_all()):
        phone.shelf.put_document(digest, await fetch_document(client, newest.address, digest))
    if newest.raw != old_raw:
        phone.shelf.put_manifest(home.id, newest.raw)
        phone.shelf.keep_only(newest.manifest.documents())
    return newest.fetched.server_time


async def _first(phone: Phone, client: Client, old: Manifest | None) -> _Shown:
    """From the municipality's address, or the mirror if that does not answer."""
    home, mirror = phone.municipality, old.services.mirror if old else None
    address = home.address
    try:
        fetched = await client.manifest(address)
    except (Unreachable, Refused) as exc:
        if mirror is None or mirror == address:
            raise Unreachable(str(exc)) from exc
        address = mirror
        try:
            fetched = await client.manifest(address)
        except Refused as refused:  # a server before its first manifest
            raise Unreachable(refused.code) from refused
    return _Shown(address, fetched, read_manifest(fetched.raw, home.id, home.root_key))


def _other_address(first: _Shown, old: Manifest | None) -> str | None:
    """The mirror. The one that the phone knew already goes first: a false manifest may name its own."""
    known = [old.services.mirror if old else None, first.manifest.services.mirror]
    return next((mirror for mirror in known if mirror and mirror != first.address), None)


async def _second(phone: Phone, client: Client, address: str) -> _Shown | None:
    """From the other address; None where it does not answer, or shows nothing of this municipality."""
    home = phone.municipality
    try:
        fetched = await client.manifest(address)
        return _Shown(address, fetched, read_manifest(fetched.raw, home.id, home.root_key))
    except (Unreachable, Refused):
        return None
    except Distrusted as exc:
        if exc.reason in ANYBODYS:
            return None
        raise


def _newest(phone: Phone, first: _Shown, other: _Shown | None) -> _Shown:
    """Raises `Distrusted` unless the newer of the two follows the older."""
    if other is None:
        return first
    older, newer = (first, other) if other.manifest.sequence > first.manifest.sequence else (other, first)
    _follows(phone, older.manifest, older.raw, newer)
    return newer


def _follows(phone: Phone, old: Manifest, old_raw: bytes, new: _Shown) -> None:
    """As `check_follows`; a fork is remembered."""
    try:
        check_follows(old, old_raw, new.manifest, new.raw)
    except Distrusted as exc:
        if exc.reason == Distrust.FORKED:
            phone.settings.put(FORKED_AT, str(new.manifest.sequence))
        raise


def _check_distrust(phone: Phone, newest: _Shown, agreed: bool) -> None:
    """After a fork: raise `Distrusted` until every address agrees on a manifest with a higher number."""
    forked_at = phone.settings.all().get(FORKED_AT)
    if not forked_at:
        return
    if not agreed or newest.manifest.sequence <= int(forked_at):
        raise Distrusted(Distrust.FORKED)
    phone.settings.put(FORKED_AT, "")


def _check_sealing_keys(manifest: Manifest) -> None:
    """Raise `Distrusted` for a key to which nothing can be sealed, before an answer depends on it."""
    keys = {poll.entry.counting_key for poll in manifest.polls} | {manifest.keys.ballot_box_sealing}
    for key in keys:
        try:
            seal(unb64(key), b"", b"")
        except (SealingKeyRefused, NotBase64) as exc:
            raise Distrusted(Distrust.KEY) from exc


async def fetch_document(client: Client, address: str, digest: str) -> bytes:
    """Raises `Unreachable`, or `Distrusted` for other bytes than the manifest names."""
    try:
        raw = await client.document(address, digest)
    except Refused as refused:
        raise Unreachable(NOT_OURS) from refused
    if b64(sha256(raw).digest()) != digest:
        raise Distrusted(Distrust.DOCUMENT)
    return raw
