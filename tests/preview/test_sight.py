"""The filters show what people who do not see all colours cannot tell apart."""

import re

import pytest

from preview.sight import SIGHTS, filters, seen
from theming.contrast import channels

RED, GREEN, BLUE, YELLOW = "#D03020", "#5A8A10", "#1060D0", "#D8C000"


def apart(one: str, other: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(channels(one), channels(other), strict=True)) ** 0.5


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("grey", ["#000000", "#777777", "#FFFFFF"])
def test_grey_stays_grey(sight, grey):
    assert all(abs(a - b) <= 1 for a, b in zip(channels(seen(grey, sight)), channels(grey), strict=True))


@pytest.mark.parametrize("colour", [RED, GREEN, BLUE, YELLOW])
def test_with_all_colours_nothing_changes(colour):
    assert seen(colour, "all") == colour


@pytest.mark.parametrize(
    ("sight", "pair"),
    [("protanopia", (RED, GREEN)), ("deuteranopia", (RED, GREEN)), ("tritanopia", ("#F0E000", "#F0E0D0"))],
)
def test_the_colours_that_are_hard_to_tell_apart_come_closer(sight, pair):
    assert apart(*(seen(colour, sight) for colour in pair)) < apart(*pair) * 0.6


@pytest.mark.parametrize("sight", ["protanopia", "deuteranopia"])
def test_blue_and_yellow_stay_apart_without_red_or_green(sight):
    """The control: a filter that made everything alike would pass the test above."""
    assert apart(seen(BLUE, sight), seen(YELLOW, sight)) > apart(BLUE, YELLOW) * 0.6


@pytest.mark.parametrize("colour", [RED, GREEN, BLUE, YELLOW])
def test_without_colours_everything_is_grey(colour):
    assert len(set(channels(seen(colour, "achromatopsia")))) == 1


def test_the_page_has_a_filter_for_each_in_linear_light():
    svg = filters()

    assert re.findall(r'<filter id="(\w+)" color-interpolation-filters="linearRGB">', svg) == list(SIGHTS)
    assert all(len(values.split()) == 20 for values in re.findall(r'values="([^"]+)"', svg))
