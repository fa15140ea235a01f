"""Blind signatures on the phone: RSABSSA with SHA-384 (RFC 9474)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

BITS = 3072
EXPONENT = 65537
_HASH_LENGTH = hashlib.sha384().digest_size
_SMALL_ODD = math.prod(range(3, 2048, 2))


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of RFC 9474, section 5: modulus in bits, random prefix and PSS salt in bytes."""

    bits: int = BITS
    prefix: int = 32
    salt: int = 48


RANDOMIZED = Variant()
"""RSABSSA-SHA384-PSS-Randomized, the one that stays blind under a key made to mark people."""


class KeyRefused(Exception):
    """The key may have been made to mark people, or is none.

    `reason`: `malformed`, `size`, `exponent`, `even` or `small-factor`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SignatureRefused(Exception):
    """What the signer sent is no signature over the message. Keep what was blinded, and ask again."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    n: int
    e: int = EXPONENT

    @property
    def length(self) -> int:
        """Bytes of the modulus, of a blinded message and of a signature."""
        return (self.n.bit_length() + 7) // 8

    def to_bytes(self) -> bytes:
        """DER SubjectPublicKeyInfo (RFC 5280), algorithm rsaEncryption. Raises `KeyRefused`."""
        try:
            key = RSAPublicNumbers(self.e, self.n).public_key()
        except ValueError as exc:
            raise KeyRefused("malformed") from exc
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @classmethod
    def from_bytes(cls, encoded: bytes) -> PublicKey:
        """Read what `to_bytes` makes, and no other encoding of it. Raises `KeyRefused`."""
        try:
            loaded = load_der_public_key(encoded)
        except (ValueError, UnsupportedAlgorithm) as exc:
            raise KeyRefused("malformed") from exc
        if not isinstance(loaded, RSAPublicKey):
            raise KeyRefused("malformed")
        numbers = loaded.public_numbers()
        key = cls(numbers.n, numbers.e)
        if key.to_bytes() != encoded:
            raise KeyRefused("malformed")
        return key


@dataclass(frozen=True, slots=True)
class Blinded:
    """What a phone keeps before it asks for a signature.

    `blinded_message` (bytes of the modulus) goes to the signer. `prefix` and `inverse` never leave the
    phone before the signature is unblinded: with `inverse` the signer could recognise the token.
    """

    blinded_message: bytes
    prefix: bytes = field(repr=False)
    inverse: bytes = field(repr=False)


def key_id(key: PublicKey) -> bytes:
    """32 bytes: SHA-256 of the encoded key."""
    return hashlib.sha256(key.to_bytes()).digest()


def check_key(key: PublicKey, bits: int = BITS) -> None:
    """Raise `KeyRefused` unless the key is of the one shape every phone accepts."""
    if key.n.bit_length() != bits:
        raise KeyRefused("size")
    if key.e != EXPONENT:
        raise KeyRefused("exponent")
    if key.n % 2 == 0:
        raise KeyRefused("even")
    if math.gcd(key.n, _SMALL_ODD) != 1:
        raise KeyRefused("small-factor")


def blind(
    key: PublicKey, message: bytes, *, random: Callable[[int], bytes], variant: Variant = RANDOMIZED
) -> Blinded:
    """Prepare and Blind of RFC 9474, sections 4.1 and 4.2. Raises `KeyRefused`.

    `random(n)` gives n unpredictable bytes: asked for the prefix, the salt, then the blinding factor.
    """
    check_key(key, variant.bits)
    prefix, salt = random(variant.prefix), random(variant.salt)
    encoded = int.from_bytes(_pss_encode(prefix + message, key.n.bit_length() - 1, salt), "big")
    if math.gcd(encoded, key.n) != 1:
        raise KeyRefused("small-factor")
    factor, inverse = _blinding_factor(key, random)
    blinded = encoded * pow(factor, key.e, key.n) % key.n
    return Blinded(blinded.to_bytes(key.length, "big"), prefix, inverse.to_bytes(key.length, "big"))


def finalize(
    key: PublicKey,
    message: bytes,
    blinded: Blinded,
    blind_signature: bytes,
    *,
    variant: Variant = RANDOMIZED,
) -> bytes:
    """Finalize of RFC 9474, section 4.4: a signature over `blinded.prefix + message`.

    `message` is the one that was blinded, without the prefix. Raises `SignatureRefused`.
    """
    if len(blind_signature) != key.length:
        raise SignatureRefused
    unblinded = int.from_bytes(blind_signature, "big") * int.from_bytes(blinded.inverse, "big") % key.n
    signature = unblinded.to_bytes(key.length, "big")
    if not verify(key, blinded.prefix + message, signature, variant=variant):
        raise SignatureRefused
    return signature


def verify(
    key: PublicKey, prefixed_message: bytes, signature: bytes, *, variant: Variant = RANDOMIZED
) -> bool:
    """RSASSA-PSS-VERIFY of RFC 8017, section 8.1.2, over prefix and message.

    The signature does not say where the prefix ends: let the caller fix the length of one of them.
    """
    value = int.from_bytes(signature, "big")
    if len(signature) != key.length or value >= key.n:
        return False
    encoded_bits = key.n.bit_length() - 1
    opened = pow(value, key.e, key.n)
    if opened.bit_length() > encoded_bits:
        return False
    encoded = opened.to_bytes((encoded_bits + 7) // 8, "big")
    salt = _pss_salt(encoded, encoded_bits, variant.salt)
    return salt is not None and _pss_encode(prefixed_message, encoded_bits, salt) == encoded


def _blinding_factor(key: PublicKey, random: Callable[[int], bytes]) -> tuple[int, int]:
    """A uniform unit modulo n, and its inverse."""
    while True:
        factor = int.from_bytes(random(key.length), "big")
        if 0 < factor < key.n and math.gcd(factor, key.n) == 1:
            return factor, pow(factor, -1, key.n)


def _pss_encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with SHA-384 and MGF1."""
    length = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - _HASH_LENGTH - 2) + b"\x01" + salt
    return _masked(block, digest, bits) + digest + b"\xbc"


def _pss_salt(encoded: bytes, bits: int, salt_length: int) -> bytes | None:
    """The salt that would make `encoded`, if any: encoding again with it decides."""
    block_length = len(encoded) - _HASH_LENGTH - 1
    if block_length < salt_length + 1:
        return None
    digest = encoded[block_length:-1]
    block = _masked(encoded[:block_length], digest, bits)
    return block[block_length - salt_length :]


def _masked(block: bytes, seed: bytes, bits: int) -> bytes:
    """The block XOR MGF1 (RFC 8017, appendix B.2.1), with the bits above the encoded length cleared."""
    rounds = -(-len(block) // _HASH_LENGTH)
    mask = b"".join(hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in range(rounds))
    masked = int.from_bytes(block, "big") ^ int.from_bytes(mask[: len(block)], "big")
    unused = -bits % 8
    return (masked & (1 << (8 * len(block) - unused)) - 1).to_bytes(len(block), "big")
