"""Sealing to a public key: HPKE base mode with X25519, HKDF-SHA256 and AES-128-GCM (RFC 9180)."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from protocol import hpke

OVERHEAD = 32 + 16
"""Bytes a sealed text is longer than its contents: the encapsulated key and the tag."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


class NotOpened(Exception):
    """Sealed to another key, bound to another `info`, or changed on the way: nothing says which."""


class SealingKeyRefused(Exception):
    """Not an X25519 public key that anything can be sealed to."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """Raw X25519 keys, 32 bytes each."""

    private: bytes = field(repr=False)
    public: bytes


def new_sealing_key() -> SealingKey:
    key = X25519PrivateKey.generate()
    return SealingKey(key.private_bytes_raw(), key.public_key().public_bytes_raw())


def public_of(private: bytes) -> bytes:
    """The public half of a private key; 32 bytes each."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public_key: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Encapsulated key (32 bytes), ciphertext, tag (16). Raises `SealingKeyRefused`.

    The additional data of RFC 9180 stays empty: what a ciphertext belongs to is bound through `info`.
    """
    try:
        return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public_key), info)
    except ValueError as exc:
        raise SealingKeyRefused from exc
    except UnsupportedAlgorithm:  # an OpenSSL without HPKE, as Flet's wheels for phones may have
        return seal_on_primitives(public_key, plaintext, info)


def seal_on_primitives(public_key: bytes, plaintext: bytes, info: bytes) -> bytes:
    """The same as `seal`, without the library's own HPKE."""
    ephemeral = X25519PrivateKey.generate().private_bytes_raw()
    try:
        return hpke.seal(public_key, plaintext, info, ephemeral=ephemeral)
    except ValueError as exc:
        raise SealingKeyRefused from exc


def open_sealed(private_key: bytes, sealed: bytes, info: bytes) -> bytes:
    """What was sealed to the public half of `private_key` (32 bytes) with this `info`. Raises `NotOpened`."""
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private_key), info)
    except InvalidTag as exc:
        raise NotOpened from exc
