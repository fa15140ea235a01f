"""Every text the app shows is in the catalogues, with the plurals and dates of its language."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from i18n.update import FOLDERS, read, untranslated, wanted
from i18n.wording import LANGUAGES, Wording


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOLDERS)
def test_every_text_in_the_code_is_translated_and_none_is_left_over(name, language):
    assert list(untranslated(wanted(name), read(name, language))) == [], "run: make wording"


@pytest.mark.parametrize("name", FOLDERS)
def test_a_translation_that_is_removed_is_noticed(name):
    code, lacking = wanted(name), read(name, "nl")
    gone = next(message for message in code if message.id)
    assert not [problem for problem in untranslated(code, lacking) if "missing" in problem]

    lacking.get(gone.id).string = ""
    assert [problem for problem in untranslated(code, lacking) if "missing" in problem]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_fills_the_same_places(language):
    for name in FOLDERS:
        for message in read(name, language):
            if not message.id:
                continue
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            allowed = set().union(*(_places(text) for text in ids))
            for form in forms:
                assert _places(form) <= allowed, form


def _places(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_dutch_counts_dates_and_numbers_read_as_dutch():
    words = Wording("nl")
    one, many = "About one minute", "About {n} minutes"
    assert words.plural(one, many, 1) == "Ongeveer 1 minuut"
    assert words.plural(one, many, 3) == "Ongeveer 3 minuten"
    assert words.date(date(2026, 12, 3)) == "3 december 2026"
    assert words.number(Decimal("7.5")) == "7,5"
    assert words.percent(45) == "45%"
    assert words.list(("appel", "peer", "kers")) == "appel, peer en kers"


def test_a_moment_is_told_by_the_clock_in_the_netherlands():
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert Wording("nl").day(summer) == "2 juli 2026"
    assert Wording("nl").moment(summer) == "2 juli, 00:30"


def test_a_text_nobody_translated_shows_in_english():
    assert Wording("nl").text("Never written, {name}", name="x") == "Never written, x"
