"""Every text the app shows is in each catalogue, in as many forms as the language has, with nothing lost."""

from __future__ import annotations

import string
import unicodedata
from collections import defaultdict
from gettext import c2py

import pytest
from babel import Locale

from domain.texts import LANGUAGES as POLL_LANGUAGES
from i18n.update import FOLDERS, SPOKEN, read, untranslated, wanted
from i18n.wording import LANGUAGES, Wording

EVERY_CATALOGUE = [(name, language) for name in FOLDERS for language in SPOKEN[name]]
COUNTS = range(1001)

SAME_AS_ENGLISH = {
    "nl": {"Contrast", "Letters"},
    "fy": {"Help", "Letters"},
}
"""Words that are right although they are the English ones."""


@pytest.mark.parametrize(("name", "language"), EVERY_CATALOGUE)
def test_every_text_in_the_code_is_translated_and_none_is_left_over(name, language):
    assert list(untranslated(wanted(name), read(name, language))) == [], "run: make wording"


@pytest.mark.parametrize("name", FOLDERS)
def test_a_translation_that_is_removed_is_noticed(name):
    code, lacking = wanted(name), read(name, "nl")
    gone = next(message for message in code if message.id)
    assert not [problem for problem in untranslated(code, lacking) if "missing" in problem]

    lacking.get(gone.id).string = ""
    assert [problem for problem in untranslated(code, lacking) if "missing" in problem]


def test_a_plural_form_too_few_is_noticed():
    code, lacking = wanted("app"), read("app", "uk")
    counted = next(message for message in lacking if message.pluralizable)

    counted.string = counted.string[:2]
    assert [problem for problem in untranslated(code, lacking) if "missing" in problem]


@pytest.mark.parametrize(("name", "language"), EVERY_CATALOGUE)
def test_every_translation_has_the_places_of_the_text_it_translates(name, language):
    for message in read(name, language):
        if not message.id:
            continue
        if not message.pluralizable:
            assert _places(message.string) == _places(message.id), message.id
            continue
        allowed = _places(message.id[1])
        for form in message.string:
            assert allowed - {"n"} <= _places(form) <= allowed, form


@pytest.mark.parametrize(("name", "language"), EVERY_CATALOGUE)
def test_only_a_form_for_a_single_number_may_do_without_the_number(name, language):
    catalogue = read(name, language)
    numbers = defaultdict(set)
    for count in COUNTS:
        numbers[c2py(catalogue.plural_expr)(count)].add(count)
    for message in catalogue:
        if message.pluralizable and "n" in _places(message.id[1]):
            for index, form in enumerate(message.string):
                assert len(numbers[index]) == 1 or "n" in _places(form), form


@pytest.mark.parametrize(("name", "language"), EVERY_CATALOGUE)
def test_the_plural_rule_in_the_header_is_that_of_the_language(name, language):
    catalogue, rule = read(name, language), Locale.parse(language).plural_form
    form, met = c2py(catalogue.plural_expr), {}
    for count in COUNTS:
        assert met.setdefault(rule(count), form(count)) == form(count), count
    assert sorted(met.values()) == list(range(catalogue.num_plurals))


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_text_was_left_in_english(language):
    same = {m.id for m in read("app", language) if m.id and m.string == m.id and any(map(str.isalpha, m.id))}
    letters = {id for id in same if _letters_outside_places(id)}

    assert letters <= SAME_AS_ENGLISH.get(language, set())


@pytest.mark.parametrize(("language", "script"), [("uk", "CYRILLIC"), ("ar", "ARABIC")])
def test_another_script_is_written_in_full(language, script):
    for message in read("app", language):
        if not message.id:
            continue
        forms = message.string if message.pluralizable else (message.string,)
        for form in forms:
            others = {c for c in _letters_outside_places(form) if script not in unicodedata.name(c, "")}
            assert not others - set("Samenspraak"), form


@pytest.mark.parametrize(("name", "language"), EVERY_CATALOGUE)
def test_every_header_says_whether_a_native_speaker_read_it(name, language):
    assert "Read by a native speaker:" in read(name, language).header_comment


def test_nobody_who_grew_up_with_it_has_read_any_catalogue_yet():
    """Goes, with the first that somebody read: then docs/languages.md changes too."""
    assert not [language for language in LANGUAGES if Wording(language).read_by_native]


def test_the_app_speaks_every_language_a_poll_may_be_in():
    assert tuple(LANGUAGES) == POLL_LANGUAGES


def _places(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def _letters_outside_places(text: str) -> set[str]:
    return {c for said, *_ in string.Formatter().parse(text) for c in said if c.isalpha()}
