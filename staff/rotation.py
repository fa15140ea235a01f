"""Replacing keys (sleutels vervangen): cut off anywhere, the same call goes on where it was."""

from __future__ import annotations

from protocol.canonical import b64
from protocol.manifest import Manifest
from protocol.signing import new_signing_key
from protocol.succession import MOST, sign_succession
from staff.action_log import accepted
from staff.office import Office
from staff.publishing import Publishing


class RotationUnfit(Exception):
    """The root key cannot be replaced; `reason` is `nothing-published` or `too-often`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def rotate_right(office: Office, right: str) -> None:
    """Put a new key in the place of the one of `right`. The old one is kept under another name.

    The old one signs until the new one is in its place; the public key goes into `municipality.json` first,
    so that the file never lacks a key that this folder uses.
    """
    old, fresh = _begin(office, right)
    if fresh != old:
        card = office.card()
        keys = card.staff.model_copy(update={right: _public(fresh)})
        office.set_card(card.model_copy(update={"staff": keys}))
        office.keyring.replace(right, fresh)
    office.keyring.remove(_next(right))


def rotate_root(office: Office, publishing: Publishing) -> None:
    """Have the root key sign its successor, and publish that. Raises `RotationUnfit`, `SyncError`.

    The servers and phones hear of it before `municipality.json` changes: whoever knows the old key goes on.
    """
    manifest = office.manifest()
    if manifest is None:
        raise RotationUnfit("nothing-published")
    if len(manifest.successions) >= MOST and not office.keyring.has(_next("root")):
        raise RotationUnfit("too-often")
    old, fresh = _begin(office, "root")
    if fresh != old:
        if manifest.root_key != _public(fresh):
            manifest = _succeeded(manifest, old, fresh)
        publishing.put_signed_by(fresh, manifest, "root-key")
        office.set_card(office.card().model_copy(update={"root_key": _public(fresh)}))
        office.keyring.replace("root", fresh)
    office.keyring.remove(_next("root"))


def _begin(office: Office, name: str) -> tuple[bytes, bytes]:
    """The old private key, kept aside, and the new one; the log knows. They are equal if all was done."""
    ring = office.keyring
    old = ring.get(name)
    if not ring.has(_next(name)):
        ring.put(_next(name), new_signing_key().private)
    fresh = ring.get(_next(name))
    if fresh != old:
        _retire(office, name, old)
        noted = [details["new"] for details in office.log.details_of("key-replaced")]
        if _public(fresh) not in noted:
            word = accepted(name, _public(old), fresh)
            office.record("key-replaced", name, {"right": name, "new": _public(fresh), "accepted": word}, old)
    return old, fresh


def _retire(office: Office, name: str, old: bytes) -> None:
    ring, number = office.keyring, 1
    while ring.has(kept := f"{name}-retired-{number}"):
        if ring.get(kept) == old:
            return
        number += 1
    ring.put(kept, old)


def _succeeded(manifest: Manifest, old: bytes, fresh: bytes) -> Manifest:
    link = sign_succession(manifest.municipality, old, new_signing_key(lambda _: fresh).public)
    return manifest.model_copy(update={"root_key": link.new, "successions": (*manifest.successions, link)})


def _next(name: str) -> str:
    return f"{name}-next"


def _public(private: bytes) -> str:
    return b64(new_signing_key(lambda _: private).public)
