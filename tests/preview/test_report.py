"""A warning leads to the screen where staff see what it is about."""

from __future__ import annotations

import pytest

from preview.reading import Dressed
from preview.report import BY_ROLE, closest, report, role_of, screen_of
from preview.screens import screens
from staff.style_sentences import REMARKS, ROLES
from tests.preview.conftest import DUTCH, RED
from tests.support.polls import transport
from theming.house_style import Roles, StyleWarning
from theming.schemes import make_style

THERE = screens(transport(), {}, DUTCH)
STYLE = make_style("Heuvelland", Roles(brand_fill=RED))


@pytest.mark.parametrize(
    ("code", "path", "screen"),
    [
        ("white-button", "utrecht.button.background-color", "introduction"),
        ("unreadable-button-text", "nl.button.primary.color", "introduction"),
        ("unreadable-heading", "utrecht.heading-1.color", "question-1"),
        ("faint-border", "utrecht.textbox.border-color", "question-1"),
        ("error-like-brand", "error", "missed"),
        ("role-derived", "error", "missed"),
        ("template", "start", "introduction"),
        ("dark-surface", "utrecht.document.background-color", "introduction"),
        ("conflict", "utrecht.heading-1.color", "question-1"),
        ("dangling", "wijk.heading-1.color", "question-1"),
        ("logo-cleaned", "logo", "welcome"),
        ("file-unreadable", "oud.json", None),
        ("archive-damaged", "wijk.tgz", None),
    ],
)
def test_each_warning_leads_where_it_shows_and_one_about_files_leads_nowhere(code, path, screen):
    found = screen_of(StyleWarning(code, path, "…"), THERE)

    assert (found.id if found else None) == screen


def test_every_role_has_a_screen():
    assert set(BY_ROLE) == {*ROLES, "logo"}
    assert all(screen_of(StyleWarning("role-derived", role, "…"), THERE) for role in ROLES)


def test_where_the_tokens_were_read_their_own_sources_say_which_role_it_is():
    odd = StyleWarning("conflict", "kleuren.vier", "…")

    assert role_of(odd) is None
    assert role_of(odd, [("link", "kleuren.vier")]) == "link"


def test_no_code_of_the_importer_is_taken_for_a_role_that_does_not_exist():
    for code in REMARKS:
        assert role_of(StyleWarning(code, "x", "…")) in (None, "logo", *ROLES)


def test_what_was_derived_stands_apart_from_what_is_to_be_looked_at():
    warnings = StyleWarning("role-derived", "link", "a"), StyleWarning("white-button", "x", "b")

    found = report(Dressed(STYLE, warnings), "light", THERE, DUTCH)

    assert [one["text"] for one in found["warnings"]] == ["b"]
    assert [(one["text"], one["path"]) for one in found["derived"]] == [("a", "Links")]


@pytest.mark.parametrize("scheme", STYLE.schemes)
def test_the_closest_pairs_are_of_the_scheme_on_screen_and_come_first(scheme):
    found = closest(STYLE, scheme, DUTCH)
    margins = [number(pair["ratio"]) / number(pair["needs"]) for pair in found]

    assert margins == sorted(margins)
    assert margins[0] >= 1
    colours = {getattr(STYLE.schemes[scheme], name) for name in STYLE.schemes[scheme].__slots__}
    assert {pair["foreground"] for pair in found} <= colours


def number(said: str) -> float:
    return float(said.replace(",", "."))
