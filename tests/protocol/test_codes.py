"""A code on a letter can be typed, dictated, pasted and scanned; a mistake is named where it stands."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.code_words import WORDS
from protocol.codes import (
    CODE_BYTES,
    MARK_DIGITS,
    ChecksumWrong,
    Code,
    CodeMalformed,
    WordCount,
    WordUnknown,
    code_hash,
    new_code,
    parse,
    root_key_mark,
    to_link_part,
    to_words,
    typed_words,
)

CODE = Code(bytes.fromhex("0123456789abcdef0123456789"))
TYPED = to_words(CODE)

codes = st.integers(0, 2**100 - 1).map(lambda number: Code(number.to_bytes(CODE_BYTES, "big")))


def test_the_list_has_1024_plain_words_in_order():
    assert len(WORDS) == 1024
    assert list(WORDS) == sorted(set(WORDS))
    assert [word for word in WORDS if not re.fullmatch("[a-z]{4,8}", word)] == []


def test_the_first_four_letters_of_a_word_are_enough():
    assert len({word[:4] for word in WORDS}) == len(WORDS)


def heard(words: Iterable[str]) -> set[str]:
    """The words as somebody hears them who cannot know the spelling."""
    return {word.replace("ij", "ei").replace("au", "ou") for word in words}


def test_no_two_words_differ_only_in_how_a_sound_is_spelled():
    assert len(heard(WORDS)) == len(WORDS)
    assert len(heard([*WORDS, "rijs"])) < len(WORDS) + 1  # the list has "reis"


def test_letters_that_were_printed_last_year_still_work():
    printed = hashlib.sha256(" ".join(WORDS).encode()).hexdigest()

    assert printed == "154a1846bb180664c90b82629b75f1f63fbc255261c97afe51c0b35b4929645b"
    assert " ".join(TYPED) == ("beschuit stuiter katrol deksel saffier lach aanmaak merk hoofd veld gerst")


@given(codes)
def test_every_code_survives_paper(code: Code):
    assert parse(" ".join(to_words(code))) == code
    assert parse(to_link_part(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        " ".join(TYPED).upper(),
        "  " + "   ".join(TYPED) + "\n",
        ", ".join(TYPED) + ".",
        "-".join(TYPED),
        "\n".join(f"{number}. {word}" for number, word in enumerate(TYPED, start=1)),
        " ".join(f"{number}){word.title()}" for number, word in enumerate(TYPED, start=1)),
        "\r\n".join(TYPED),
        " ".join(word[:4] for word in TYPED),
        " ".join(word + "en" for word in TYPED),
        " ".join(TYPED).replace("e", "é"),
        "\u00a0".join(TYPED) + "\u200b",
        f"https://peiling.example/app/#/join/{to_link_part(CODE)}",
        f"https://peiling.example/%23/join/{to_link_part(CODE)}?bron=brief",
        f"Doe mee: https://peiling.example/#/join/{to_link_part(CODE)}\nMet vriendelijke groet",
        f"https://peiling.example/#/join/{to_link_part(CODE)}".replace("-", "-\n", 3),
    ],
)
def test_a_code_is_read_however_it_is_typed_or_pasted(text: str):
    assert parse(text) == CODE


PRINT = "9F3A 61C2 0000 FFFF 1234 5678 9ABC DEF0"


@pytest.mark.parametrize(
    "text",
    [
        to_link_part(CODE, PRINT),
        f"https://peiling.example/#/join/{to_link_part(CODE, PRINT)}",
        f"https://peiling.example/#/join/{to_link_part(CODE, PRINT)}?bron=brief",
        to_link_part(CODE, PRINT).replace("-", " "),
        to_link_part(CODE, PRINT).lower(),
        f"{' '.join(TYPED)}..{PRINT.replace(' ', '')}",
    ],
)
def test_a_link_names_the_root_key_and_its_words_are_read_all_the_same(text: str):
    assert parse(text) == CODE
    assert root_key_mark(text)[:MARK_DIGITS] == "9F3A61C20000FFFF"


@given(codes)
def test_no_typed_code_is_taken_for_one_with_a_root_key(code: Code):
    words = to_words(code)
    numbered = "\n".join(f"{number}.{word}." for number, word in enumerate(words, start=1))
    assert (
        root_key_mark(" ".join(words)) == root_key_mark(to_link_part(code)) == root_key_mark(numbered) == ""
    )


def test_a_mistyped_word_is_named_with_what_it_may_have_been():
    typed = [*TYPED]
    typed[3] = "fjets"

    with pytest.raises(WordUnknown) as refused:
        parse(" ".join(typed))

    assert (refused.value.position, refused.value.word) == (4, "fjets")
    assert refused.value.suggestions[0] == "fiets"
    assert "fjets" not in str(refused.value)


def test_every_mistyped_word_is_named_and_numbers_and_hyphens_are_no_words():
    typed = [*TYPED]
    typed[3], typed[8] = "fjets", "qqqqqq"
    text = "-".join(f"{number}. {word.upper()}" for number, word in enumerate(typed, start=1))

    with pytest.raises(WordUnknown) as refused:
        parse(text)

    assert [(wrong.position, wrong.word) for wrong in refused.value.all_of_them] == [
        (4, "fjets"),
        (9, "qqqqqq"),
    ]
    assert refused.value.all_of_them[0] is refused.value
    assert typed_words(text) == [word.lower() for word in typed]


def test_a_word_like_no_other_has_no_suggestions():
    with pytest.raises(WordUnknown) as refused:
        parse("qqqqqq " + " ".join(TYPED))

    assert (refused.value.position, refused.value.suggestions) == (1, ())


@pytest.mark.parametrize("text", ["", "   ", "1. 2. 3.", " ".join(TYPED[:10]), " ".join([*TYPED, TYPED[0]])])
def test_a_missing_word_is_counted(text: str):
    with pytest.raises(WordCount) as refused:
        parse(text)

    assert (refused.value.found, refused.value.expected) == (len(re.findall("[a-z]+", text)), 11)


@pytest.mark.parametrize("place", range(10))
def test_two_words_that_changed_places_are_noticed(place: int):
    typed = [*TYPED]
    typed[place], typed[place + 1] = typed[place + 1], typed[place]

    with pytest.raises(ChecksumWrong):
        parse(" ".join(typed))


def test_of_all_codes_with_one_word_mistaken_about_one_in_a_thousand_passes():
    passed = 0
    for place in range(len(TYPED)):
        for word in WORDS[::4]:
            if word == TYPED[place]:
                continue
            try:
                parse(" ".join([*TYPED[:place], word, *TYPED[place + 1 :]]))
                passed += 1
            except ChecksumWrong:
                continue

    assert passed <= 10  # of 2,816; 2.75 by chance


def test_a_new_code_uses_all_hundred_bits_of_the_randomness_it_is_given():
    assert new_code(lambda length: b"\xff" * length).value == b"\x0f" + b"\xff" * 12
    assert new_code(bytes).value == bytes(13)
    assert len({new_code(os.urandom) for _ in range(100)}) == 100


def test_what_the_issuer_stores_does_not_give_the_code_away():
    stored = code_hash(CODE)

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", stored)
    assert stored != code_hash(Code(bytes(CODE_BYTES)))
    assert CODE.value.hex() not in repr(CODE)
    assert repr(CODE.value) not in repr(CODE)


@pytest.mark.parametrize("value", [b"", bytes(12), bytes(14), b"\x10" + bytes(12)])
def test_bytes_that_are_no_code_are_refused(value: bytes):
    with pytest.raises(CodeMalformed):
        Code(value)
