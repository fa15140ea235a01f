"""A token is signed unseen: the phone's side of RFC 9474, and the keys it must refuse."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from protocol.blind_rsa import (
    RANDOMIZED,
    Blinded,
    KeyRefused,
    PublicKey,
    SignatureRefused,
    Variant,
    blind,
    check_key,
    finalize,
    key_id,
    verify,
)
from tests.support.missing import missing

VECTORS = Path(__file__).parents[2] / "../shared/data/rfc9474_vectors.json"
VARIANTS = (
    "RSABSSA-SHA384-PSS-Randomized",
    "RSABSSA-SHA384-PSSZERO-Randomized",
    "RSABSSA-SHA384-PSS-Deterministic",
    "RSABSSA-SHA384-PSSZERO-Deterministic",
)
PSS = padding.PSS(padding.MGF1(SHA384()), salt_length=48)
MESSAGE = b"token message"


@dataclass(frozen=True, slots=True)
class Vector:
    """One of RFC 9474's appendix A: numbers as numbers, the rest as bytes."""

    p: int
    q: int
    d: int
    key: PublicKey
    variant: Variant
    message: bytes
    prefix: bytes
    salt: bytes
    inverse: int
    blinded: bytes
    blind_signature: bytes
    signature: bytes

    def random(self) -> Callable[[int], bytes]:
        """The randomness behind the vector, in the order in which `blind` asks."""
        factor = pow(self.inverse, -1, self.key.n).to_bytes(self.key.length, "big")
        drawn = iter((self.prefix, self.salt, factor))
        return lambda length: next(part for part in drawn if len(part) == length)


@cache
def vector(name: str) -> Vector:
    if not VECTORS.exists():
        missing("the vectors of RFC 9474 are not beside this clone")
    fields = next(each for each in json.loads(VECTORS.read_text())["vectors"] if each["name"] == name)
    number = {name: int(fields[name], 16) for name in ("p", "q", "d", "n", "e", "inv")}
    text = {
        name: bytes.fromhex(fields[name])
        for name in ("msg", "msg_prefix", "salt", "blinded_msg", "blind_sig", "sig")
    }
    return Vector(
        p=number["p"],
        q=number["q"],
        d=number["d"],
        key=PublicKey(number["n"], number["e"]),
        variant=Variant(bits=4096, prefix=len(text["msg_prefix"]), salt=len(text["salt"])),
        message=text["msg"],
        prefix=text["msg_prefix"],
        salt=text["salt"],
        inverse=number["inv"],
        blinded=text["blinded_msg"],
        blind_signature=text["blind_sig"],
        signature=text["sig"],
    )


def flipped(data: bytes, place: int = 0) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.fixture(scope="module")
def private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


@pytest.fixture(scope="module")
def key(private: rsa.RSAPrivateKey) -> PublicKey:
    return PublicKey(private.public_key().public_numbers().n)


def signed_blindly(private: rsa.RSAPrivateKey, blinded: Blinded) -> bytes:
    """What an issuer answers, without the issuer's code."""
    numbers = private.private_numbers()
    n = numbers.public_numbers.n
    return pow(int.from_bytes(blinded.blinded_message, "big"), numbers.d, n).to_bytes(384, "big")


@pytest.fixture(scope="module")
def drawn(private: rsa.RSAPrivateKey, key: PublicKey) -> tuple[Blinded, bytes]:
    """`MESSAGE` blinded, and the signer's answer."""
    blinded = blind(key, MESSAGE, random=os.urandom)
    return blinded, signed_blindly(private, blinded)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_phone_blinds_as_the_published_vectors_do(name: str):
    expected = vector(name)
    blinded = blind(expected.key, expected.message, random=expected.random(), variant=expected.variant)

    assert blinded.blinded_message == expected.blinded
    assert blinded.prefix == expected.prefix
    assert int.from_bytes(blinded.inverse, "big") == expected.inverse


@pytest.mark.parametrize("name", VARIANTS)
def test_a_phone_unblinds_as_the_published_vectors_do(name: str):
    expected = vector(name)
    blinded = Blinded(expected.blinded, expected.prefix, expected.inverse.to_bytes(512, "big"))

    def unblind(blind_signature: bytes) -> bytes:
        return finalize(expected.key, expected.message, blinded, blind_signature, variant=expected.variant)

    assert unblind(expected.blind_signature) == expected.signature
    for place in (0, 255, 511):
        with pytest.raises(SignatureRefused):
            unblind(flipped(expected.blind_signature, place))


@pytest.mark.parametrize("name", VARIANTS)
def test_the_published_signatures_are_genuine_and_no_others(name: str):
    expected = vector(name)
    message = expected.prefix + expected.message

    assert verify(expected.key, message, expected.signature, variant=expected.variant)
    assert not verify(expected.key, flipped(message), expected.signature, variant=expected.variant)
    assert not verify(expected.key, message, flipped(expected.signature), variant=expected.variant)
    for salt in {0, 47, 48} - {len(expected.salt)}:
        other = replace(expected.variant, salt=salt)
        assert not verify(expected.key, message, expected.signature, variant=other)


def test_other_software_accepts_a_token_and_a_phone_accepts_what_other_software_signed(private, key, drawn):
    blinded, answer = drawn
    signature = finalize(key, MESSAGE, blinded, answer)

    private.public_key().verify(signature, blinded.prefix + MESSAGE, PSS, SHA384())
    assert verify(key, MESSAGE, private.sign(MESSAGE, PSS, SHA384()))
    assert not verify(key, MESSAGE, private.sign(MESSAGE, padding.PKCS1v15(), SHA384()))


def test_a_phone_that_was_switched_off_goes_on_from_what_it_kept(key, drawn):
    blinded, answer = drawn
    kept = asdict(blinded)

    assert all(isinstance(value, bytes) for value in kept.values())
    assert finalize(key, MESSAGE, Blinded(**kept), answer)


def test_the_signer_sees_something_else_every_time(key):
    one, other = (blind(key, MESSAGE, random=os.urandom) for _ in range(2))

    assert one.blinded_message != other.blinded_message
    assert one.prefix != other.prefix
    assert one.inverse != other.inverse


def test_what_undoes_the_blinding_does_not_show_in_a_traceback(drawn):
    blinded, _ = drawn

    assert repr(blinded.blinded_message) in repr(blinded)
    assert repr(blinded.inverse) not in repr(blinded)
    assert repr(blinded.prefix) not in repr(blinded)


def test_a_signature_on_another_blinding_or_of_another_length_is_refused(private, key, drawn):
    blinded, answer = drawn
    other = blind(key, MESSAGE, random=os.urandom)

    assert finalize(key, MESSAGE, blinded, answer)
    for wrong in (signed_blindly(private, other), b"", answer[1:], b"\0" + answer):
        with pytest.raises(SignatureRefused):
            finalize(key, MESSAGE, blinded, wrong)


def test_a_signature_has_exactly_one_form(key, drawn):
    blinded, answer = drawn
    signature = finalize(key, MESSAGE, blinded, answer)
    value = int.from_bytes(signature, "big")

    assert verify(key, blinded.prefix + MESSAGE, signature)
    assert not verify(key, blinded.prefix + MESSAGE, b"\0" + signature)
    assert not verify(key, blinded.prefix + MESSAGE, (value + key.n).to_bytes(385, "big"))
    assert not verify(key, blinded.prefix + MESSAGE, (key.n - value).to_bytes(384, "big"))
    assert not verify(key, blinded.prefix + MESSAGE, b"")


def test_an_unlucky_draw_of_the_blinding_factor_is_drawn_again(private, key):
    draws = iter([bytes(384), key.n.to_bytes(384, "big"), b"\xff" * 384, (7).to_bytes(384, "big")])
    blinded = blind(key, MESSAGE, random=lambda length: next(draws) if length == 384 else bytes(length))

    assert int.from_bytes(blinded.inverse, "big") * 7 % key.n == 1
    assert finalize(key, MESSAGE, blinded, signed_blindly(private, blinded))


def test_a_phone_refuses_every_key_of_another_shape_before_it_blinds(key):
    refused = {
        "size": PublicKey(key.n >> 1 | 1),
        "exponent": PublicKey(key.n, 3),
        "even": PublicKey(key.n + 1),
        "small-factor": PublicKey(next(n for n in range(key.n, key.n + 6, 2) if n % 3 == 0)),
    }

    check_key(key)
    for reason, other in refused.items():
        with pytest.raises(KeyRefused) as checked:
            check_key(other)
        with pytest.raises(KeyRefused):
            blind(other, MESSAGE, random=os.urandom)
        assert checked.value.reason == reason


def test_a_key_is_read_from_its_own_encoding_only(private, key):
    encoded = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    bare = private.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    other = curve.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    assert key.to_bytes() == encoded
    assert PublicKey.from_bytes(encoded) == key
    for wrong in (b"", encoded[:-1], encoded + b"\0", bare, other):
        with pytest.raises(KeyRefused):
            PublicKey.from_bytes(wrong)


def test_a_key_is_known_by_32_bytes_that_follow_all_of_it(key):
    ids = {key_id(key), key_id(PublicKey(key.n, 3)), key_id(PublicKey(key.n + 2))}

    assert len(ids) == 3
    assert {len(each) for each in ids} == {32}


def test_the_product_uses_the_variant_that_stays_blind_under_a_dishonest_key():
    assert Variant(bits=3072, prefix=32, salt=48) == RANDOMIZED
