"""The issuer signs what it cannot read, gives out no wrong signature, and says how fast it is."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from protocol.blind_rsa import KeyRefused, PublicKey, blind, check_key, finalize
from server.blind_signer import (
    BackendMissing,
    BlindedMessageInvalid,
    Signer,
    SigningFailed,
    libcrypto_signer,
    new_private_key,
    public_key_of,
    python_signer,
    signer_for,
)
from tests.protocol.test_blind_rsa import VARIANTS, flipped, vector
from tests.support.missing import missing

BACKENDS = {"libcrypto": libcrypto_signer, "python": python_signer}


def pem_of(private: rsa.RSAPrivateKey) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def signer_on(backend: str, pem: bytes) -> Signer:
    try:
        return BACKENDS[backend](pem)
    except BackendMissing:
        missing("this machine has no libcrypto to load")


@cache
def published_signer(backend: str) -> Signer:
    """A signer with the private key of RFC 9474's vectors: all four have the same."""
    published = vector(VARIANTS[0])
    numbers = rsa.RSAPrivateNumbers(
        p=published.p,
        q=published.q,
        d=published.d,
        dmp1=rsa.rsa_crt_dmp1(published.d, published.p),
        dmq1=rsa.rsa_crt_dmq1(published.d, published.q),
        iqmp=rsa.rsa_crt_iqmp(published.p, published.q),
        public_numbers=rsa.RSAPublicNumbers(published.key.e, published.key.n),
    )
    return signer_on(backend, pem_of(numbers.private_key()))


@pytest.fixture(scope="module")
def pem() -> bytes:
    return new_private_key()


@pytest.fixture(scope="module", params=list(BACKENDS))
def signer(request: pytest.FixtureRequest, pem: bytes) -> Signer:
    return signer_on(request.param, pem)


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("backend", list(BACKENDS))
def test_every_back_end_signs_as_the_published_vectors_do(backend: str, name: str):
    published, signer = vector(name), published_signer(backend)

    assert signer.public_key == published.key
    assert signer.backend == backend
    assert signer.sign(published.blinded) == published.blind_signature
    assert signer.sign(flipped(published.blinded, 511)) != published.blind_signature


def test_a_token_is_drawn_and_finished(signer: Signer):
    blinded = blind(signer.public_key, b"token message", random=os.urandom)
    answer = signer.sign(blinded.blinded_message)

    assert finalize(signer.public_key, b"token message", blinded, answer)
    assert signer.sign(blinded.blinded_message) == answer


@pytest.mark.parametrize("length", [0, 1, 383, 385, 768])
def test_what_is_not_as_long_as_the_modulus_is_refused(signer: Signer, length: int):
    with pytest.raises(BlindedMessageInvalid) as refused:
        signer.sign(b"\x01" * length)

    assert (refused.value.length, refused.value.expected) == (length, 384)


def test_numbers_out_of_range_are_refused(signer: Signer):
    n = signer.public_key.n

    assert signer.sign((n - 1).to_bytes(384, "big"))
    for number in (0, n, n + 1, 2**3072 - 1):
        with pytest.raises(BlindedMessageInvalid):
            signer.sign(number.to_bytes(384, "big"))


def test_a_wrong_answer_of_a_back_end_never_leaves_the_server(signer: Signer):
    blinded = blind(signer.public_key, b"token message", random=os.urandom).blinded_message
    faulty = Signer(signer.public_key, "python", lambda message: flipped(signer.sign(message), 200))
    sound = Signer(signer.public_key, "python", signer.sign)

    assert sound.sign(blinded) == signer.sign(blinded)
    with pytest.raises(SigningFailed):
        faulty.sign(blinded)


def test_one_signer_serves_many_threads(signer: Signer):
    asked = [blind(signer.public_key, b"%d" % i, random=os.urandom) for i in range(8)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(signer.sign, [blinded.blinded_message for blinded in asked]))

    for i, (blinded, answer) in enumerate(zip(asked, answers, strict=True)):
        assert finalize(signer.public_key, b"%d" % i, blinded, answer)


def test_the_python_back_end_draws_an_unlucky_mask_again(pem: bytes, signer: Signer):
    n = signer.public_key.n
    draws = iter([bytes(384), n.to_bytes(384, "big"), (7).to_bytes(384, "big")])
    unlucky = python_signer(pem, lambda length: next(draws))

    assert unlucky.sign(b"\x01" * 384) == signer.sign(b"\x01" * 384)
    assert list(draws) == []


def test_the_best_back_end_of_the_machine_is_taken_and_named(pem: bytes):
    best = signer_on("libcrypto", pem)

    assert signer_for(pem).backend == best.backend == "libcrypto"


def test_a_new_key_is_of_the_one_shape_that_phones_accept(pem: bytes, signer: Signer):
    key = PublicKey.from_bytes(public_key_of(pem))

    check_key(key)
    assert signer.public_key == key


def test_a_key_that_phones_would_refuse_signs_nothing():
    short = pem_of(rsa.generate_private_key(public_exponent=65537, key_size=2048))

    with pytest.raises(KeyRefused) as refused:
        signer_for(short)
    assert refused.value.reason == "size"
    for wrong in (b"", b"-----BEGIN PRIVATE KEY-----", short[:-200]):
        with pytest.raises(KeyRefused):
            signer_for(wrong)


def test_a_private_key_does_not_show_in_a_traceback(signer: Signer):
    assert "operation" not in repr(signer).lower()
    assert f"backend='{signer.backend}'" in repr(signer)
