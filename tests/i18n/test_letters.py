"""No empty boxes: every character that the app itself can say is in the letters it carries."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from i18n.direction import isolated
from i18n.update import read
from i18n.wording import LANGUAGES, Wording
from theming.fonts import ARABIC, FONTS, OTHER, PLAIN

ASSETS = Path(__file__).parents[2] / "assets"
REGULAR, BOLD = (PLAIN, OTHER, ARABIC), (f"{PLAIN} Bold", f"{OTHER} Bold", f"{ARABIC} Bold")


@pytest.mark.parametrize("families", [REGULAR, BOLD], ids=["regular", "bold"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_a_language_is_in_a_letter_file_of_the_app(language, families):
    assert _lacking(_said(language), families) == {}


def test_a_script_that_the_app_does_not_carry_is_noticed():
    assert set(_lacking({"Ქ", "a"}, REGULAR)) == {"Ქ"}
    assert set(_lacking(_said("ar"), (PLAIN, OTHER)))
    assert set(_lacking(_said("uk"), (PLAIN, ARABIC)))


def _lacking(letters: set[str], families: tuple[str, ...]) -> dict[str, str]:
    """What is in none of these files, by its name."""
    carried: set[int] = set()
    for family in families:
        with TTFont(ASSETS / FONTS[family], lazy=True) as font:
            carried |= set(font.getBestCmap())
    return {c: unicodedata.name(c, "?") for c in letters if ord(c) not in carried and c != "\n"}


def _said(language: str) -> set[str]:
    """Every character in a catalogue, in the languages' names, and in Babel's dates and numbers."""
    words = Wording(language)
    said = {isolated(name, right) for name in LANGUAGES.values() for right in (True, False)}
    for message in read("app", language):
        if message.id:
            said |= {*message.string} if message.pluralizable else {message.string}
    for month in range(1, 13):
        said |= {words.date(date(2026, month, 3)), words.moment(datetime(2026, month, 3, tzinfo=UTC))}
    said |= {words.number(Decimal("-1234567.5")), words.percent(45), words.list(("a", "b", "c"))}
    said |= {words.language_name(tag) for tag in LANGUAGES}
    return {letter for text in said for letter in text}
