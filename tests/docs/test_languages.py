"""docs/languages.md says of each language what its catalogue says."""

from __future__ import annotations

import re
import tomllib

import pytest
from babel import Locale

from i18n.update import read
from i18n.wording import LANGUAGES, Wording
from tests.docs.reading import text_of

ROWS = {
    cells[0].strip("`"): cells[1:]
    for line in text_of("docs/languages.md").splitlines()
    if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5 and cells[0].startswith("`")
}


def test_the_table_has_the_languages_of_the_app():
    assert {tag: row[0] for tag, row in ROWS.items()} == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_tells_direction_forms_and_who_read_it(language):
    _, direction, forms, read_by = ROWS[language]
    rtl = Locale.parse(language).text_direction == "rtl"

    assert direction == ("right to left" if rtl else "left to right")
    assert int(forms) == read("app", language).num_plurals
    assert (read_by != "not yet") == Wording(language).read_by_native
    if read_by != "not yet":
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", read_by)


def test_the_shops_are_told_the_same_languages():
    flet = tomllib.loads(text_of("pyproject.toml"))["tool"]["flet"]
    assert flet["ios"]["info"]["CFBundleLocalizations"] == list(LANGUAGES)
