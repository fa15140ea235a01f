"""What a token says (deelnamebewijs), and the nullifier that lets it count once."""

from __future__ import annotations

import hashlib
import struct

from domain.response import BallotKind

VERSION = 1
_KINDS = {BallotKind.CHOICES: 1, BallotKind.TEXTS: 2}
_MESSAGE = struct.Struct(">BB32s32s32s")


def token_message(kind: BallotKind, commitment: bytes, entry_digest: bytes, key_id: bytes) -> bytes:
    """98 bytes: version | kind | commitment | digest of the poll's manifest entry | id of the token key.

    The last three are 32 bytes each. The digest pins the one published poll; the key id, the one key.
    """
    return _MESSAGE.pack(VERSION, _KINDS[kind], commitment, entry_digest, key_id)


def commitment(edit_public: bytes, opening: bytes) -> bytes:
    """32 bytes that bind a token to an Ed25519 edit key without showing it. `opening` is 32 random bytes."""
    return _hash(b"samenspraak/edit-key/v1", edit_public, opening)


def nullifier(poll: str, kind: BallotKind, message: bytes) -> bytes:
    """32 bytes, the same for every revision of one ballot: primary key and idempotency key."""
    return _hash(b"samenspraak/nullifier/v1", poll.encode(), kind.value.encode(), message)


def list_line(nullifier: bytes, sealed: bytes) -> bytes:
    """32 bytes: what the list after closing shows of one counted ballot."""
    return _hash(b"samenspraak/list/v1", nullifier, hashlib.sha256(sealed).digest())


def _hash(*parts: bytes) -> bytes:
    """SHA-256 over the parts, each after its length, so that no two lists of parts collide."""
    state = hashlib.sha256()
    for part in parts:
        state.update(len(part).to_bytes(4, "big") + part)
    return state.digest()
