"""Signing what the issuer cannot read: the raw RSA private operation of RFC 9474, section 4.3."""

from __future__ import annotations

import ctypes
import math
import os
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from protocol.blind_rsa import BITS, EXPONENT, KeyRefused, PublicKey, check_key

Backend = Literal["libcrypto", "python"]

_RSA_NO_PADDING = 3
_LIBRARIES = ("libcrypto.so.4", "libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll")
"""By version, never by bare name: macOS ends a process that loads its own unversioned libcrypto."""


class BlindedMessageInvalid(Exception):
    """Not of the modulus's length (both in bytes), or not a number from 1 to below the modulus."""

    def __init__(self, length: int, expected: int) -> None:
        super().__init__(f"{length} bytes, expected {expected}, in range")
        self.length, self.expected = length, expected


class SigningFailed(Exception):
    """The back end's answer was wrong and was not given out: one wrong signature can betray the key."""


class BackendMissing(Exception):
    """This machine has no libcrypto of OpenSSL 3 or later that can be loaded."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One key, ready to sign from any thread. `backend` `python` is slow and not constant-time: warn."""

    public_key: PublicKey
    backend: Backend
    _private_operation: Callable[[bytes], bytes] = field(repr=False)

    def sign(self, blinded_message: bytes) -> bytes:
        """BlindSign: the signature in as many bytes as the modulus.

        Raises `BlindedMessageInvalid` and `SigningFailed`.
        """
        key, number = self.public_key, int.from_bytes(blinded_message, "big")
        if len(blinded_message) != key.length or not 0 < number < key.n:
            raise BlindedMessageInvalid(len(blinded_message), key.length)
        signature = self._private_operation(blinded_message)
        if pow(int.from_bytes(signature, "big"), key.e, key.n) != number:
            raise SigningFailed
        return signature


def new_private_key() -> bytes:
    """A fresh 3072-bit key as unencrypted PKCS #8 PEM. Takes up to seconds."""
    key = generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_key_of(private_key_pem: bytes) -> bytes:
    """The public half, encoded as `PublicKey.to_bytes` does. Raises `KeyRefused`."""
    return _public(_load(private_key_pem)).to_bytes()


def signer_for(private_key_pem: bytes) -> Signer:
    """A signer on the best back end of this machine; `signer.backend` says which. Raises `KeyRefused`."""
    try:
        signer = libcrypto_signer(private_key_pem)
    except BackendMissing:
        signer = python_signer(private_key_pem)
    check_key(signer.public_key)
    return signer


def libcrypto_signer(private_key_pem: bytes) -> Signer:
    """Sign in OpenSSL, constant-time and blinded there. Raises `BackendMissing` and `KeyRefused`."""
    private = _load(private_key_pem)
    operation = _LibcryptoOperation(_libcrypto(), private)
    return Signer(_public(private), "libcrypto", operation)


def python_signer(private_key_pem: bytes, random: Callable[[int], bytes] = os.urandom) -> Signer:
    """Sign in Python, on CRT halves of a blinded base, so that time says little. Raises `KeyRefused`."""
    private = _load(private_key_pem)
    return Signer(_public(private), "python", _PythonOperation(private, random))


def _load(private_key_pem: bytes) -> RSAPrivateKey:
    try:
        # Checking p and q would take 0.15 s a key. It is our own, and no wrong signature ever leaves `sign`.
        private = load_pem_private_key(private_key_pem, None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError) as exc:
        raise KeyRefused("malformed") from exc
    if not isinstance(private, RSAPrivateKey):
        raise KeyRefused("malformed")
    return private


def _public(private: RSAPrivateKey) -> PublicKey:
    numbers = private.public_key().public_numbers()
    return PublicKey(numbers.n, numbers.e)


class _PythonOperation:
    def __init__(self, private: RSAPrivateKey, random: Callable[[int], bytes]) -> None:
        self._numbers, self._random = private.private_numbers(), random
        self._key = _public(private)

    def __call__(self, blinded_message: bytes) -> bytes:
        numbers, n = self._numbers, self._key.n
        mask = self._mask()
        masked = int.from_bytes(blinded_message, "big") * pow(mask, self._key.e, n) % n
        by_p = pow(masked % numbers.p, numbers.dmp1, numbers.p)
        by_q = pow(masked % numbers.q, numbers.dmq1, numbers.q)
        root = by_q + (by_p - by_q) * numbers.iqmp % numbers.p * numbers.q
        return (root * pow(mask, -1, n) % n).to_bytes(self._key.length, "big")

    def _mask(self) -> int:
        while True:
            mask = int.from_bytes(self._random(self._key.length), "big")
            if 0 < mask < self._key.n and math.gcd(mask, self._key.n) == 1:
                return mask


class _LibcryptoOperation:
    """`EVP_PKEY_sign` without padding. The key is only read, and each call has a context of its own."""

    def __init__(self, library: ctypes.CDLL, private: RSAPrivateKey) -> None:
        encoded = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        cursor = ctypes.c_char_p(encoded)
        self._library = library
        self._length = (private.key_size + 7) // 8
        self._key = library.d2i_AutoPrivateKey(None, ctypes.byref(cursor), len(encoded))
        if not self._key:
            library.ERR_clear_error()
            raise BackendMissing
        weakref.finalize(self, library.EVP_PKEY_free, self._key)

    def __call__(self, blinded_message: bytes) -> bytes:
        library = self._library
        signature = ctypes.create_string_buffer(self._length)
        length = ctypes.c_size_t(self._length)
        context = library.EVP_PKEY_CTX_new(self._key, None)
        try:
            done = (
                library.EVP_PKEY_sign_init(context) > 0
                and library.EVP_PKEY_CTX_set_rsa_padding(context, _RSA_NO_PADDING) > 0
                and library.EVP_PKEY_sign(
                    context, signature, ctypes.byref(length), blinded_message, len(blinded_message)
                )
                > 0
            )
        finally:
            library.EVP_PKEY_CTX_free(context)
        if not done:
            library.ERR_clear_error()  # a stale error would surface in this thread's next TLS call
            raise SigningFailed
        return signature.raw[: length.value]


def _libcrypto() -> ctypes.CDLL:
    for name in _LIBRARIES:
        try:
            library = ctypes.CDLL(name)
            _declare(library)
        except (OSError, AttributeError):
            continue
        return library
    raise BackendMissing


def _declare(library: ctypes.CDLL) -> None:
    pointer, number, size = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
    for name, result, arguments in (
        ("d2i_AutoPrivateKey", pointer, (pointer, pointer, ctypes.c_long)),
        ("EVP_PKEY_free", None, (pointer,)),
        ("EVP_PKEY_CTX_new", pointer, (pointer, pointer)),
        ("EVP_PKEY_CTX_free", None, (pointer,)),
        ("EVP_PKEY_sign_init", number, (pointer,)),
        ("EVP_PKEY_CTX_set_rsa_padding", number, (pointer, number)),
        ("EVP_PKEY_sign", number, (pointer, pointer, pointer, ctypes.c_char_p, size)),
        ("ERR_clear_error", None, ()),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
