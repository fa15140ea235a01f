"""HPKE base mode on the primitives (RFC 9180), for phones whose OpenSSL has none of its own."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEM_ID, KDF_ID, AEAD_ID = 0x0020, 0x0001, 0x0001
KEM_SUITE = b"KEM" + KEM_ID.to_bytes(2, "big")
HPKE_SUITE = b"HPKE" + b"".join(id.to_bytes(2, "big") for id in (KEM_ID, KDF_ID, AEAD_ID))
BASE_MODE = b"\x00"
KEY_LENGTH, NONCE_LENGTH, SECRET_LENGTH, ENCAPSULATED_LENGTH = 16, 12, 32, 32


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the key schedule gives for one encapsulation (section 5.1)."""

    key: bytes
    base_nonce: bytes
    exporter_secret: bytes

    def nonce(self, sequence: int) -> bytes:
        number = int.from_bytes(self.base_nonce, "big") ^ sequence
        return number.to_bytes(NONCE_LENGTH, "big")


def seal(public: bytes, plaintext: bytes, info: bytes, aad: bytes = b"", *, ephemeral: bytes) -> bytes:
    """`ephemeral` is the private key of the encapsulation, 32 bytes: the same one gives the same output."""
    encapsulated = X25519PrivateKey.from_private_bytes(ephemeral).public_key().public_bytes_raw()
    agreed = schedule(shared_secret(ephemeral, public, encapsulated, public), info)
    return encapsulated + AESGCM(agreed.key).encrypt(agreed.nonce(0), plaintext, aad)


def open_sealed(private: bytes, sealed: bytes, info: bytes, aad: bytes = b"") -> bytes:
    """Raises `cryptography.exceptions.InvalidTag`."""
    encapsulated, ciphertext = sealed[:ENCAPSULATED_LENGTH], sealed[ENCAPSULATED_LENGTH:]
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    agreed = schedule(shared_secret(private, encapsulated, encapsulated, public), info)
    return AESGCM(agreed.key).decrypt(agreed.nonce(0), ciphertext, aad)


def shared_secret(own_private: bytes, other_public: bytes, encapsulated: bytes, recipient: bytes) -> bytes:
    """ExtractAndExpand of DHKEM (section 4.1), the same from both ends."""
    exchanged = X25519PrivateKey.from_private_bytes(own_private).exchange(
        X25519PublicKey.from_public_bytes(other_public)
    )
    pseudo_random = _extract(b"", KEM_SUITE, b"eae_prk", exchanged)
    return _expand(pseudo_random, KEM_SUITE, b"shared_secret", encapsulated + recipient, SECRET_LENGTH)


def schedule(shared: bytes, info: bytes) -> Schedule:
    context = (
        BASE_MODE
        + _extract(b"", HPKE_SUITE, b"psk_id_hash", b"")
        + _extract(b"", HPKE_SUITE, b"info_hash", info)
    )
    secret = _extract(shared, HPKE_SUITE, b"secret", b"")
    return Schedule(
        key=_expand(secret, HPKE_SUITE, b"key", context, KEY_LENGTH),
        base_nonce=_expand(secret, HPKE_SUITE, b"base_nonce", context, NONCE_LENGTH),
        exporter_secret=_expand(secret, HPKE_SUITE, b"exp", context, SECRET_LENGTH),
    )


def _extract(salt: bytes, suite: bytes, label: bytes, material: bytes) -> bytes:
    """LabeledExtract (section 4)."""
    return hmac.digest(salt, b"HPKE-v1" + suite + label + material, hashlib.sha256)


def _expand(secret: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """LabeledExpand (section 4)."""
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(SHA256(), length, labelled).derive(secret)
