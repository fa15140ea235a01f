"""Plurals, dates, numbers and lists read as the language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from i18n.update import read
from i18n.wording import LANGUAGES, Wording

ONE, MANY = "About one minute", "About {n} minutes"
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


def test_dutch_counts_dates_and_numbers_read_as_dutch():
    words = Wording("nl")
    assert words.plural(ONE, MANY, 1) == "Ongeveer 1 minuut"
    assert words.plural(ONE, MANY, 3) == "Ongeveer 3 minuten"
    assert words.date(date(2026, 12, 3)) == "3 december 2026"
    assert words.number(Decimal("7.5")) == "7,5"
    assert words.percent(45) == "45%"
    assert words.list(("appel", "peer", "kers")) == "appel, peer en kers"


def test_ukrainian_counts_take_the_form_of_their_last_digits():
    words = Wording("uk")
    said = {n: words.plural("one question", "{n} questions", n) for n in (1, 2, 5, 11, 21, 22, 25, 112)}
    assert said == {
        1: "1 запитання",
        2: "2 запитання",
        5: "5 запитань",
        11: "11 запитань",
        21: "21 запитання",
        22: "22 запитання",
        25: "25 запитань",
        112: "112 запитань",
    }
    assert words.date(date(2026, 12, 3)) == "3 грудня 2026\N{NARROW NO-BREAK SPACE}року"
    assert words.number(Decimal("1234.5")) == "1\N{NO-BREAK SPACE}234,5"
    assert words.percent(45) == "45%"
    assert words.list(("хліб", "сир", "сіль")) == "хліб, сир і сіль"


def test_arabic_has_a_form_for_none_one_two_few_many_and_hundreds():
    words = Wording("ar")
    said = [words.plural("one question", "{n} questions", n) for n in (1, 2, 3, 10, 11, 99, 100, 103, 111)]
    assert said == [
        "سؤال واحد",
        "سؤالان",
        "3 أسئلة",
        "10 أسئلة",
        "11 سؤالًا",
        "99 سؤالًا",
        "100 سؤال",
        "103 أسئلة",
        "111 سؤالًا",
    ]


def test_arabic_dates_numbers_and_lists_read_as_arabic_with_the_digits_of_the_netherlands():
    words = Wording("ar")
    assert words.date(date(2026, 12, 3)) == "3 ديسمبر 2026"
    assert words.moment(SUMMER) == "2 يوليو، 00:30"
    assert words.number(Decimal("1234.5")) == "1,234.5"
    assert words.percent(45).strip("\u200e") == "45%"
    assert words.list(("خبز", "جبن")) == "خبز وجبن"


@pytest.mark.parametrize(
    ("language", "day", "percent"),
    [
        ("nl", "3 december 2026", "45%"),
        ("en", "3 December 2026", "45%"),
        ("fy", "3 desimber 2026", "45%"),
        ("de", "3. Dezember 2026", "45\N{NO-BREAK SPACE}%"),
        ("pl", "3 grudnia 2026", "45%"),
        ("tr", "3 Aralık 2026", "%45"),
    ],
)
def test_days_and_shares_read_as_in_the_language(language, day, percent):
    assert Wording(language).date(date(2026, 12, 3)) == day
    assert Wording(language).percent(45) == percent


def test_a_moment_is_told_by_the_clock_in_the_netherlands():
    assert Wording("nl").day(SUMMER) == "2 juli 2026"
    assert Wording("nl").moment(SUMMER) == "2 juli, 00:30"
    assert Wording("de").moment(SUMMER) == "2. Juli, 00:30"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_can_be_said_in_every_language(language):
    words = Wording(language)
    for message in read("app", language):
        if message.pluralizable:
            for count in range(130):
                assert words.plural(*message.id, count, invited="x")


def test_a_text_nobody_translated_shows_in_english():
    assert Wording("nl").text("Never written, {name}", name="x") == "Never written, x"


def test_each_language_has_a_name_in_every_other():
    assert Wording("de").language_name("nl") == "Niederländisch"
    for language in LANGUAGES:
        assert all(Wording(language).language_name(tag) != tag for tag in LANGUAGES)
