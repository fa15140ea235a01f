"""Signatures over manifests, receipts, edits and lists: Ed25519 (RFC 8032), one domain for each use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_GROUPS = 8
_FINGERPRINT_DOMAIN = b"samenspraak/fingerprint/v1"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Raw Ed25519 keys, 32 bytes each."""

    private: bytes = field(repr=False)
    public: bytes


def new_signing_key(random: Callable[[int], bytes] | None = None) -> SigningKey:
    """A fresh key, from `random(32)`, or from the library's own randomness where none is given."""
    private = random(32) if random else Ed25519PrivateKey.generate().private_bytes_raw()
    public = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return SigningKey(private, public.public_bytes_raw())


def sign(private: bytes, domain: str, message: bytes) -> bytes:
    """64 bytes, good for this domain only. The same message gives the same signature."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(_in_domain(domain, message))


def verify(public: bytes, domain: str, message: bytes, signature: bytes) -> bool:
    """Whether the key signed the message in this domain. Bytes that are no key signed nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _in_domain(domain, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """128 bits of a key as a person compares them on paper: eight groups of four capital hex digits."""
    digits = hashlib.sha256(_FINGERPRINT_DOMAIN + public).hexdigest().upper()
    return " ".join(digits[4 * i : 4 * i + 4] for i in range(_GROUPS))


def _in_domain(domain: str, message: bytes) -> bytes:
    """The domain goes after its length, so that no domain and message read as another pair."""
    name = domain.encode()
    return len(name).to_bytes(2, "big") + name + message
