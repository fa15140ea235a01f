"""What is sealed opens for one key and one purpose; its length says little."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from protocol import hpke
from protocol.padding import CLASSES, PaddingInvalid, TooLarge, pad, unpad
from protocol.sealing import (
    OVERHEAD,
    NotOpened,
    SealingKeyRefused,
    new_sealing_key,
    open_sealed,
    seal,
    seal_on_primitives,
)

# RFC 9180, appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
EPHEMERAL = bytes.fromhex("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736")
ENCAPSULATED = bytes.fromhex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431")
RECIPIENT = bytes.fromhex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d")
RECIPIENT_PRIVATE = bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
SHARED = bytes.fromhex("fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc")
KEY = bytes.fromhex("4531685d41d65f03dc48f6b8302c05b0")
BASE_NONCE = bytes.fromhex("56d890e5accaaf011cff4b7d")
EXPORTER = bytes.fromhex("45ff1c2e220db587171952c0592d5f5ebe103f1561a2614e38f2ffd47e99e3f8")
PLAINTEXT = bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479")
SEALED_IN_TURN = (
    (
        b"Count-0",
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
    ),
    (
        b"Count-1",
        "af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84",
    ),
)

ANSWERS = b'{"answers":{"fietspad":"ja"}}'
PURPOSE = b"poll 7, ballot 12, revision 1"


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_the_reference_follows_the_published_vectors_step_by_step():
    shared = hpke.shared_secret(EPHEMERAL, RECIPIENT, ENCAPSULATED, RECIPIENT)
    agreed = hpke.schedule(shared, INFO)

    assert shared == SHARED
    assert hpke.shared_secret(RECIPIENT_PRIVATE, ENCAPSULATED, ENCAPSULATED, RECIPIENT) == SHARED
    assert (agreed.key, agreed.base_nonce, agreed.exporter_secret) == (KEY, BASE_NONCE, EXPORTER)
    for sequence, (aad, expected) in enumerate(SEALED_IN_TURN):
        assert AESGCM(KEY).encrypt(agreed.nonce(sequence), PLAINTEXT, aad).hex() == expected


def test_the_reference_seals_and_opens_the_published_message():
    aad, expected = SEALED_IN_TURN[0]
    sealed = hpke.seal(RECIPIENT, PLAINTEXT, INFO, aad, ephemeral=EPHEMERAL)

    assert sealed == ENCAPSULATED + bytes.fromhex(expected)
    assert hpke.open_sealed(RECIPIENT_PRIVATE, sealed, INFO, aad) == PLAINTEXT
    with pytest.raises(InvalidTag):
        hpke.open_sealed(RECIPIENT_PRIVATE, flipped(sealed, 40), INFO, aad)


def test_what_the_reference_seals_the_product_opens():
    key, ephemeral = new_sealing_key(), new_sealing_key()
    sealed = hpke.seal(key.public, ANSWERS, PURPOSE, ephemeral=ephemeral.private)

    assert open_sealed(key.private, sealed, PURPOSE) == ANSWERS


def test_what_the_product_seals_the_reference_opens():
    key = new_sealing_key()

    assert hpke.open_sealed(key.private, seal(key.public, ANSWERS, PURPOSE), PURPOSE) == ANSWERS


@pytest.mark.parametrize("place", [0, 31, 32, -17, -16, -1])
def test_one_flipped_bit_anywhere_and_nothing_opens(place: int):
    key = new_sealing_key()
    sealed = seal(key.public, ANSWERS, PURPOSE)

    assert open_sealed(key.private, sealed, PURPOSE) == ANSWERS
    with pytest.raises(NotOpened):
        open_sealed(key.private, flipped(sealed, place % len(sealed)), PURPOSE)


def test_answers_cannot_be_moved_to_another_ballot_or_opened_with_another_key():
    key, other = new_sealing_key(), new_sealing_key()
    sealed = seal(key.public, ANSWERS, PURPOSE)

    with pytest.raises(NotOpened):
        open_sealed(key.private, sealed, b"poll 7, ballot 12, revision 2")
    with pytest.raises(NotOpened):
        open_sealed(other.private, sealed, PURPOSE)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 47, OVERHEAD])
def test_a_cut_off_envelope_is_not_opened_and_breaks_nothing(length: int):
    key = new_sealing_key()

    with pytest.raises(NotOpened):
        open_sealed(key.private, seal(key.public, ANSWERS, PURPOSE)[:length], PURPOSE)


def test_the_same_answers_never_look_the_same_and_always_have_the_same_length():
    key = new_sealing_key()
    first, second = seal(key.public, ANSWERS, PURPOSE), seal(key.public, ANSWERS, PURPOSE)

    assert first[:32] != second[:32]
    assert first[32:] != second[32:]
    assert len(first) == len(second) == len(ANSWERS) + OVERHEAD


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(32), b"\x01" + bytes(31)])
def test_nothing_is_sealed_to_a_key_that_everybody_can_open(public: bytes):
    with pytest.raises(SealingKeyRefused):
        seal(public, ANSWERS, PURPOSE)


def test_a_private_key_does_not_show_in_a_traceback():
    key = new_sealing_key()

    assert repr(key.public) in repr(key)
    assert repr(key.private) not in repr(key)


@given(st.binary(max_size=3000))
def test_padding_gives_back_exactly_what_went_in(data: bytes):
    padded = pad(data)

    assert len(padded) in CLASSES
    assert unpad(padded) == data


@pytest.mark.parametrize(
    ("length", "padded"), [(0, 1024), (1023, 1024), (1024, 4096), (4095, 4096), (4096, 16384), (16383, 16384)]
)
def test_a_yes_and_a_long_answer_get_one_of_three_sizes(length: int, padded: int):
    assert len(pad(b"j" * length)) == padded


@pytest.mark.parametrize("data", [b"\x80", b"a\x80", b"a\x80\x00\x00", b"\x00", b"a\x00"])
def test_answers_that_look_like_padding_keep_every_byte(data: bytes):
    assert unpad(pad(data)) == data


def test_what_fits_no_size_is_refused_with_the_sizes():
    with pytest.raises(TooLarge) as refused:
        pad(bytes(16384))

    assert (refused.value.length, refused.value.largest) == (16384, 16383)
    assert len(pad(bytes(16384), classes=(8192, 32768))) == 32768


@pytest.mark.parametrize(
    "padded", [b"", bytes(1024), b"ja".ljust(1024, b"\0"), b"\x80" + b"ja".rjust(1023, b"\0")]
)
def test_padding_without_an_end_is_refused(padded: bytes):
    with pytest.raises(PaddingInvalid):
        unpad(padded)


def test_a_phone_without_hpke_of_its_own_seals_the_same():
    key = new_sealing_key()
    sealed = seal_on_primitives(key.public, ANSWERS, PURPOSE)
    assert open_sealed(key.private, sealed, PURPOSE) == ANSWERS
    with pytest.raises(NotOpened):
        open_sealed(key.private, sealed, b"another purpose")
    with pytest.raises(SealingKeyRefused):
        seal_on_primitives(bytes(32), ANSWERS, PURPOSE)
