"""Sealing of what the phone can read: drafts and copies of answers. AES-256-GCM (NIST SP 800-38D)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_SEALED = b"\x01"
_NONCE = 12


class OtherKey(Exception):
    """Sealed with a key that is not here, or damaged: nothing says which."""


@dataclass(frozen=True, slots=True)
class AtRest:
    """Seals with the first key; opens with whichever of the keys did it (32 bytes each).

    `complete`: no other key can turn up later, so that what none of these opens is lost.
    """

    keys: tuple[bytes, ...] = field(repr=False)
    random: Callable[[int], bytes]
    complete: bool = True

    def seal(self, plain: bytes, place: str) -> bytes:
        """A byte 1, the nonce (12 bytes), ciphertext and tag (16). Opens at the same `place` only."""
        nonce = self.random(_NONCE)
        return _SEALED + nonce + AESGCM(self.keys[0]).encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed. Raises `OtherKey`."""
        for key in self.keys:
            try:
                return _open(key, sealed, place)
            except OtherKey:
                continue
        raise OtherKey

    def is_current(self, sealed: bytes, place: str) -> bool:
        """Whether it is sealed with the key that is used now."""
        try:
            _open(self.keys[0], sealed, place)
        except OtherKey:
            return False
        return True


def is_plain(stored: bytes) -> bool:
    """Whether these bytes are JSON, as the first version of the tables kept it."""
    return stored[:1] == b"{"


def _open(key: bytes, sealed: bytes, place: str) -> bytes:
    if sealed[:1] != _SEALED or len(sealed) < 1 + _NONCE:
        raise OtherKey
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place.encode())
    except InvalidTag as exc:
        raise OtherKey from exc
