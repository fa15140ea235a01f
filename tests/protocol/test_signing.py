"""A signature counts for one key, one message and one purpose; a document has one form and one digest."""

from __future__ import annotations

import hashlib
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from protocol.canonical import NotBase64, NotCanonical, b64, canonical, digest, unb64
from protocol.signing import fingerprint, new_signing_key, sign, verify

RECEIPT, EDIT = "samenspraak/receipt/v1", "samenspraak/ballot-edit/v1"
MESSAGE = b"ontvangen"


def test_a_signature_convinces_for_its_own_key_message_and_purpose_only():
    key, other = new_signing_key(), new_signing_key()
    signature = sign(key.private, RECEIPT, MESSAGE)

    assert verify(key.public, RECEIPT, MESSAGE, signature)
    assert not verify(other.public, RECEIPT, MESSAGE, signature)
    assert not verify(key.public, RECEIPT, MESSAGE + b"!", signature)
    assert not verify(key.public, EDIT, MESSAGE, signature)


def test_a_purpose_and_a_message_cannot_be_cut_elsewhere():
    key = new_signing_key()
    signature = sign(key.private, "receipt", b"s of staff")

    assert verify(key.public, "receipt", b"s of staff", signature)
    assert not verify(key.public, "receipts", b" of staff", signature)


@pytest.mark.parametrize("place", [0, 31, 32, 63])
def test_one_flipped_bit_in_a_signature_is_noticed(place: int):
    key = new_signing_key()
    signature = bytearray(sign(key.private, RECEIPT, MESSAGE))
    signature[place] ^= 1

    assert not verify(key.public, RECEIPT, MESSAGE, bytes(signature))


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), b"\xff" * 32])
def test_what_is_no_key_signed_nothing(public: bytes):
    signature = sign(new_signing_key().private, RECEIPT, MESSAGE)

    assert not verify(public, RECEIPT, MESSAGE, signature)
    assert not verify(new_signing_key().public, RECEIPT, MESSAGE, b"")


def test_other_software_can_check_a_signature_from_the_written_form():
    key = new_signing_key()
    signed = b"\x00\x16" + RECEIPT.encode() + MESSAGE

    Ed25519PublicKey.from_public_bytes(key.public).verify(sign(key.private, RECEIPT, MESSAGE), signed)


def test_a_key_is_made_of_the_randomness_it_is_given_and_hides_its_private_half():
    key = new_signing_key(lambda length: bytes(range(length)))

    assert key.private == bytes(range(32))
    assert key == new_signing_key(lambda length: bytes(range(length)))
    assert key != new_signing_key()
    assert repr(key.private) not in repr(key)


def test_a_fingerprint_on_paper_is_eight_groups_of_four_that_follow_the_whole_key():
    key = bytearray(new_signing_key().public)
    printed = fingerprint(bytes(key))
    key[-1] ^= 1

    assert re.fullmatch(r"[0-9A-F]{4}( [0-9A-F]{4}){7}", printed)
    assert not set(printed.split()) & set(fingerprint(bytes(key)).split())


def test_a_document_has_the_form_that_rfc_8785_prints():
    document = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
        "literals": [None, True, False],
    }

    assert canonical(document).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_the_order_in_which_a_document_was_written_changes_nothing():
    one, other = {"a": 1, "\U0001f600": 2, "\ufb33": 3}, {"\ufb33": 3, "\U0001f600": 2, "a": 1}

    assert canonical(one) == canonical(other)
    assert canonical(one).decode().index("\U0001f600") < canonical(one).decode().index("\ufb33")
    assert digest(one) == digest(other) == b64(hashlib.sha256(canonical(one)).digest())
    assert digest(one) != digest({**one, "a": 2})


def deep(levels: int) -> list[object]:
    nested: list[object] = []
    for _ in range(levels):
        nested = [nested]
    return nested


@pytest.mark.parametrize(
    "value", [float("nan"), 2**53, b"bytes", {1: "number as key"}, "\ud800", {"\ud800": 1}, deep(5000)]
)
def test_what_has_no_one_form_is_refused(value: object):
    with pytest.raises(NotCanonical):
        canonical(value)


@given(st.binary(max_size=100))
def test_bytes_survive_as_text_without_padding(data: bytes):
    assert unb64(b64(data)) == data
    assert re.fullmatch(r"[A-Za-z0-9_-]*", b64(data))


@pytest.mark.parametrize("text", ["A", "AA==", "AB", "+A8B", "/A8B", "AA\n", " AA", "AéA8", "A=A8"])
def test_text_that_no_bytes_are_written_as_is_refused(text: str):
    assert unb64("AA8B") == b"\x00\x0f\x01"
    with pytest.raises(NotBase64):
        unb64(text)
