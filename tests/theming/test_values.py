"""Colours, lengths and fonts as real tokens write them."""

import pytest

from theming.colour_values import parse_colour
from theming.letters import first_family, replaced, shown_as
from theming.size_values import parse_pixels


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("#fff", "#FFFFFF"),
        (" #0B6470 ", "#0B6470"),
        ("hsl(138 58% 33%)", "#238541"),
        ("hsla(0, 0%, 18%, 1)", "#2E2E2E"),
        ("rgb(34, 34, 34)", "#222222"),
        ("RebeccaPurple", "#663399"),
        ("#00000080", "#7F7F7F"),  # half black over white
        ("rgba(#000000, 0.5)", "#808080"),
        ({"colorSpace": "srgb", "components": [1, 0.5, 0]}, "#FF8000"),
        ({"colorSpace": "hsl", "components": [138, 58, 33], "alpha": 1}, "#238541"),
        ({"colorSpace": "oklch", "components": [0.45, 0.19, 310]}, "#7525A1"),
        ({"colorSpace": "srgb", "components": ["none", 0, 0], "alpha": 0.5}, "#808080"),
        ("transparent", None),
        ("currentColor", None),
        ("#12", None),
        ({"colorSpace": "unheard-of", "components": [1, 1, 1]}, None),
        (12, None),
        (None, None),
    ],
)
def test_a_colour_reads_as_it_looks(value, colour):
    assert parse_colour(value) == colour


@pytest.mark.parametrize(
    ("value", "pixels"),
    [
        ("3px", 3),
        (".5rem", 8),
        ("1.125rem", 18),
        (0, 0),
        ("8", 8),
        ("8px * 1.5", 12),
        ("calc(1rem - 4px)", 12),
        ("clamp(1.125rem, 1.0893rem + 0.1786vw, 1.25rem)", 18),
        ({"value": 8, "unit": "px"}, 8),
        ("50%", None),
        ("auto", None),
        ("9**9**9", None),
        ("1px/0", None),
        (True, None),
        (["8px"], None),
    ],
)
def test_a_length_reads_in_pixels(value, pixels):
    assert parse_pixels(value) == pixels


def test_the_first_named_family_is_the_municipalitys():
    assert first_family('"TheSans", sans-serif') == "TheSans"
    assert first_family(["Heide Sans", "Arial", "sans-serif"]) == "Heide Sans"
    assert first_family("sans-serif") is None


def test_letters_that_the_app_does_not_carry_are_replaced_and_never_fetched():
    assert shown_as("TheSans") == "Noto Sans"
    assert shown_as("noto sans") == "Noto Sans"
    assert shown_as(None) == "Atkinson Hyperlegible Next"
    assert [replaced(name) and replaced(name).code for name in ("Frutiger", "Fira Sans", "Noto Sans")] == [
        "font_commercial",
        "font_not_carried",
        None,
    ]
