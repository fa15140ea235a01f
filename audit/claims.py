"""What a manifest claims, and what can be seen of it without asking anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import ValidationError

from audit.finding import About, Check, Finding
from protocol.blind_rsa import KeyRefused, PublicKey, check_key, key_id
from protocol.canonical import NotBase64, unb64
from protocol.manifest import Manifest
from protocol.messages import ReceiptMessage
from protocol.receipts import is_receipt_of


class NoManifest(Exception):
    """At this address there is nothing to audit. `reason`: not-json, not-a-manifest, or as `NotOurs`."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url, self.reason = url, reason


def boards(manifest: Manifest) -> tuple[str, ...]:
    """Every address that serves manifest and documents, each once."""
    services = manifest.services
    addresses = (services.issuer, services.ballot_box, services.mirror)
    return tuple(dict.fromkeys(address.rstrip("/") for address in addresses if address))


def claimed_by(raw: bytes, url: str) -> Manifest:
    """What the manifest says, not yet believed. Raises `NoManifest`."""
    try:
        body = json.loads(raw)["manifest"]
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        raise NoManifest(url, "not-json") from exc
    try:
        manifest = Manifest.model_validate(body)
        for key in manifest.root_keys():
            unb64(key)
    except (ValidationError, NotBase64) as exc:
        raise NoManifest(url, "not-a-manifest") from exc
    return manifest


def token_key_findings(manifest: Manifest) -> Iterator[Finding]:
    """One key for each poll and kind, of the one shape that cannot mark people, and none twice."""
    seen: dict[bytes, str] = {}
    for poll in manifest.polls:
        about = About(poll.entry.id)
        faults: list[tuple[str, dict[str, object]]] = []
        for kind in ("choices", "texts"):
            encoded = poll.entry.token_keys.choices if kind == "choices" else poll.entry.token_keys.texts
            if encoded is None:
                continue
            try:
                key = PublicKey.from_bytes(unb64(encoded))
                check_key(key)
            except (KeyRefused, NotBase64):
                faults.append(("key-unfit", {"kind": kind}))
                continue
            if (other := seen.get(key_id(key))) is not None:
                faults.append(("key-twice", {"other": other}))
            seen[key_id(key)] = poll.entry.id
        yield about.first(Check.TOKEN_KEYS, faults)


def receipt_finding(raw: bytes, manifest: Manifest) -> Finding:
    try:
        receipt = ReceiptMessage.model_validate_json(raw)
    except ValidationError:
        return About().failed(Check.RECEIPT, "not-a-receipt")
    try:
        genuine = is_receipt_of(receipt, unb64(manifest.keys.shuffler_signing))
    except NotBase64:
        genuine = False
    return About().held(Check.RECEIPT) if genuine else About().failed(Check.RECEIPT, "receipt-false")
