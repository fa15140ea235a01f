"""Signing a manifest, and what makes a phone believe one and let it take the place of another."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from domain.errors import Distrusted
from protocol.blind_rsa import KeyRefused, key_id
from protocol.canonical import NotBase64, b64, canonical, unb64
from protocol.manifest import Manifest
from protocol.problems import Distrust
from protocol.signing import sign, verify
from protocol.succession import Succession, check_grown, key_now

DOMAIN = "samenspraak/manifest/v1"
LARGEST = 1024 * 1024
"""Bytes; a longer manifest is refused unread."""


def sign_manifest(manifest: Manifest, root_private: bytes) -> bytes:
    """The manifest as published: `{"manifest": ..., "signature": ...}`, signed over its canonical JSON."""
    body = manifest.model_dump(mode="json")
    signature = b64(sign(root_private, DOMAIN, canonical(body)))
    return canonical({"manifest": body, "signature": signature})


def read_manifest(raw: bytes, municipality: str, root_key: bytes) -> Manifest:
    """Check and parse a published manifest. Raises `Distrusted`; then nothing of it may be used.

    `root_key`: the one the reader knows, be it that a later one signs now (`protocol/succession.py`).
    """
    body, signer = _verified_body(raw, municipality, root_key)
    try:
        manifest = Manifest.model_validate(body)
    except ValidationError as exc:
        raise Distrusted(Distrust.SIGNATURE) from exc
    if manifest.municipality != municipality or unb64(manifest.root_key) != signer:
        raise Distrusted(Distrust.MUNICIPALITY)
    if len({poll.entry.id for poll in manifest.polls}) != len(manifest.polls):
        raise Distrusted(Distrust.FORKED)
    check_token_keys(manifest)
    return manifest


def check_follows(previous: Manifest, previous_raw: bytes, new: Manifest, new_raw: bytes) -> None:
    """Raise `Distrusted` unless `new` may take the place of `previous`.

    No lower sequence, no two manifests with one number, no chain of root keys that does not go on from the
    one before, no published poll that changed or vanished while it could still be answered, and no
    other result for a poll that has one.
    """
    if new.sequence < previous.sequence:
        raise Distrusted(Distrust.ROLLED_BACK)
    if new.sequence == previous.sequence and new_raw != previous_raw:
        raise Distrusted(Distrust.FORKED)
    check_grown(previous.successions, new.successions)
    for poll in previous.polls:
        now = new.poll(poll.entry.id)
        vanished = now is None and not poll.state.cancelled and new.issued_at < poll.ends_at()
        if vanished or (now is not None and now.entry != poll.entry):
            raise Distrusted(Distrust.CHANGED_POLL)
        # Two results of one poll differ by few people: subtracting them would tell what those said.
        if now is not None and poll.state.result not in (None, now.state.result):
            raise Distrusted(Distrust.CHANGED_POLL)


def check_token_keys(manifest: Manifest) -> None:
    """Every token key is of the one allowed shape, and none is used twice."""
    seen: set[bytes] = set()
    for poll in manifest.polls:
        for kind in ("choices", "texts"):
            try:
                key = poll.entry.token_keys.of(kind)
            except (KeyRefused, NotBase64) as exc:
                raise Distrusted(Distrust.KEY) from exc
            if key is None:
                continue
            if key_id(key) in seen:
                raise Distrusted(Distrust.KEY)
            seen.add(key_id(key))


def _verified_body(raw: bytes, municipality: str, root_key: bytes) -> tuple[Any, bytes]:
    """The manifest as JSON, and the root key that signed it."""
    if len(raw) > LARGEST:
        raise Distrusted(Distrust.SIGNATURE)
    try:
        outer = json.loads(raw)
        body, signature = outer["manifest"], unb64(outer["signature"])
        links = [Succession.model_validate(link) for link in body.get("successions", ())]
        signer = key_now(links, municipality, root_key)
        genuine = verify(signer, DOMAIN, canonical(body), signature)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, NotBase64) as exc:
        raise Distrusted(Distrust.SIGNATURE) from exc
    if not genuine:
        raise Distrusted(Distrust.SIGNATURE)
    return body, signer
