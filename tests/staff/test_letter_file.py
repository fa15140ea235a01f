"""The file with the letters: for its owner's eyes, telling no place or time, whole or not there at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from staff.letter import write_letters
from staff.letter_errors import NoInvitations
from tests.support.letter import CODES, LETTER


def test_the_file_tells_its_title_and_language_and_no_place_or_time(letters, pages):
    raw, facts = letters.read_bytes(), pages.get_metadata_dict(skip_empty=True)

    assert b"/Lang (nl-NL)" in raw
    assert set(facts) == {"Title", "CreationDate"}
    assert facts["Title"] == "Uitnodiging: Hulp bij het huishouden"
    assert facts["CreationDate"].endswith("000000Z")
    assert str(Path(__file__).parents[2]).encode() not in raw


def test_the_fonts_travel_along_but_only_the_letters_that_are_used(letters):
    assert letters.read_bytes().count(b"/FontFile2") == 2
    assert len(letters.read_bytes()) < 60_000


def test_whoever_makes_the_letters_sees_how_far_it_is(tmp_path):
    seen: list[tuple[int, int]] = []

    write_letters(tmp_path / "l.pdf", CODES, **LETTER, on_progress=lambda *done: seen.append(done))

    assert seen == [(1, 2), (2, 2)]


def test_letters_are_for_their_owner_s_eyes(letters):
    assert stat.S_IMODE(letters.stat().st_mode) == 0o600


def test_when_printing_breaks_off_the_earlier_letters_are_still_there(tmp_path):
    path = tmp_path / "letters.pdf"
    path.write_bytes(b"earlier")

    def break_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_letters(path, CODES, **LETTER, on_progress=break_off)
    assert path.read_bytes() == b"earlier"

    write_letters(path, CODES, **LETTER)
    assert path.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [path]


def test_without_codes_there_is_no_empty_page(tmp_path):
    with pytest.raises(NoInvitations):
        write_letters(tmp_path / "l.pdf", (), **LETTER)

    assert list(tmp_path.iterdir()) == []
