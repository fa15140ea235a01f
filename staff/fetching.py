"""What was published, fetched back into a folder that lost it."""

from __future__ import annotations

from hashlib import sha256

from domain.errors import Distrusted, Refused
from protocol.canonical import b64, unb64
from protocol.manifest import Manifest
from protocol.manifest_trust import read_manifest
from protocol.problems import Distrust, Problem
from staff.office import Office
from staff.servers import Servers


def fetch_published(office: Office, servers: Servers) -> Manifest | None:
    """The newest manifest of the two boards with its documents, kept in the folder; None before the first.

    Raises `Distrusted` if it is not of the keys in this folder, or `NoReply`.
    """
    card, addresses = office.card(), office.addresses()
    found: list[tuple[Manifest, bytes, str]] = []
    for base in (addresses.ballot_box, addresses.issuer):
        try:
            raw = servers.published(base)
        except Refused as refused:
            if refused.code != Problem.NOT_FOUND:
                raise
            continue
        found.append((read_manifest(raw, card.id, unb64(card.root_key)), raw, base))
    if not found:
        return None
    manifest, raw, base = max(found, key=lambda one: one[0].sequence)
    for digest in sorted(manifest.documents()):
        content = servers.document(base, digest)
        if b64(sha256(content).digest()) != digest:
            raise Distrusted(Distrust.DOCUMENT)
        office.keep_document(content)
    fetched = {"sequence": manifest.sequence, "digest": b64(sha256(raw).digest())}
    office.record("manifest-fetched", "root", fetched)
    office.keep_manifest(raw)
    return manifest
