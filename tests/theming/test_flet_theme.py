"""What the guarantee on colours is worth in Flet: literal values, sizes that grow, focus that shows."""

import dataclasses
import enum
from collections.abc import Iterator

import flet as ft
import pytest

from theming import flet_buttons
from theming.contrast import blend, ratio
from theming.default_style import DEFAULT
from theming.flet_fields import field_border
from theming.flet_text import STEPS
from theming.flet_theme import SCALES, Legibility, letters_for, scheme_for, theme_mode, to_theme
from theming.fonts import FONTS
from theming.house_style import Roles
from theming.schemes import make_style

BUTTONS = ("filled_button_theme", "outlined_button_theme", "text_button_theme")
FOCUSED, DEFAULT_STATE = ft.ControlState.FOCUSED, ft.ControlState.DEFAULT


def values(thing: object) -> Iterator[object]:
    """Everything inside a theme, however deep."""
    if isinstance(thing, dict):
        for value in thing.values():
            yield from values(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from values(value)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from values(getattr(thing, field.name, None))
    else:
        yield thing


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_a_theme_names_no_colour_that_flet_would_look_up_elsewhere(high, dark):
    theme = to_theme(DEFAULT, Legibility(high_contrast=high), dark)

    named = {v for v in values(theme) if isinstance(v, ft.Colors | ft.CupertinoColors)}
    assert named <= {ft.Colors.TRANSPARENT}
    assert "#0B6470" in set(values(to_theme(DEFAULT, Legibility(), False)))  # the search finds colours


def test_every_text_style_says_its_colour_height_and_weight_because_it_replaces_flutters():
    scheme, theme = DEFAULT.schemes["dark"], to_theme(DEFAULT, Legibility(), dark=True).text_theme

    for step in STEPS:
        style = getattr(theme, step)
        assert style.color in {scheme.on_surface, scheme.on_surface_variant, scheme.heading}
        assert style.height >= 1.2
        assert style.weight
        assert {style.font_family, *style.font_family_fallback} <= set(FONTS)
    assert {f.name for f in dataclasses.fields(ft.TextTheme)} == set(STEPS)


@pytest.mark.parametrize("scale", SCALES)
def test_running_text_grows_exactly_as_chosen_and_headings_stay_above_it(scale):
    small = to_theme(DEFAULT, Legibility(), dark=False)
    large = to_theme(DEFAULT, Legibility(scale=scale), dark=False)

    assert small.text_theme.body_medium.size == 18
    assert large.text_theme.body_medium.size == 18 * scale / 100
    for step in STEPS:
        grown, before = getattr(large.text_theme, step).size, getattr(small.text_theme, step).size
        assert scale == 100 or grown > before
        assert before <= 18 or grown > large.text_theme.body_medium.size


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_is_56_pixels_high_by_padding(button, scale):
    style = getattr(to_theme(DEFAULT, Legibility(scale=scale), dark=False), button).style

    text = style.text_style
    assert text.size * text.height + style.padding.top + style.padding.bottom >= 56
    assert style.visual_density == ft.VisualDensity.STANDARD


@pytest.mark.parametrize("key", DEFAULT.schemes)
def test_focus_shows_on_everything_a_keyboard_reaches(key):
    legibility = Legibility(high_contrast="high" in key, brightness="dark" if "dark" in key else "light")
    theme, scheme = to_theme(DEFAULT, legibility, dark=False), DEFAULT.schemes[key]

    for button in (*BUTTONS, "icon_button_theme"):
        ring = getattr(theme, button).style.side[FOCUSED]
        assert (ring.width, ring.color) == (3, scheme.focus_outer)
    for disc in (theme.radio_theme, theme.checkbox_theme):
        assert ratio(disc.overlay_color[FOCUSED], scheme.surface) >= 3
        assert ratio(disc.overlay_color[FOCUSED], disc.fill_color[FOCUSED]) >= 3
    borders = field_border(8)
    assert borders[FOCUSED].side.width > borders[DEFAULT_STATE].side.width


@pytest.mark.parametrize("seed", ["#0B6470", "#F5B400", "#FFFFFF", "#777777", "#E5007D", "#8BC34A"])
def test_a_touched_button_still_reads(seed):
    style = make_style("Wijk", Roles(brand_fill=seed))

    for key, scheme in style.schemes.items():
        button = flet_buttons.primary(scheme, letters_for(style, Legibility()), 8)
        over = button.overlay_color[ft.ControlState.PRESSED]  # #AARRGGBB
        touched = blend(f"#{over[3:]}", int(over[1:3], 16) / 255, scheme.brand_fill)
        assert ratio(scheme.on_brand_fill, touched) >= (7 if "high" in key else 4.5)


def test_a_residents_choice_wins_over_the_phones():
    assert scheme_for(DEFAULT, Legibility(), dark=True) is DEFAULT.schemes["dark"]
    assert scheme_for(DEFAULT, Legibility(brightness="light"), dark=True) is DEFAULT.schemes["light"]
    assert (
        scheme_for(DEFAULT, Legibility(brightness="dark", high_contrast=True), False)
        is DEFAULT.schemes["dark-high"]
    )
    assert theme_mode(Legibility(brightness="dark")) == ft.ThemeMode.DARK
    assert theme_mode(Legibility()) == ft.ThemeMode.SYSTEM


def test_letters_are_plain_until_a_resident_asks_for_the_municipalitys():
    style = dataclasses.replace(DEFAULT, body_font="Noto Sans", heading_font="Not Carried")

    assert (
        to_theme(style, Legibility(), False).text_theme.body_large.font_family == "Atkinson Hyperlegible Next"
    )
    theme = to_theme(style, Legibility(plain_letters=False), False).text_theme
    assert theme.body_large.font_family == "Noto Sans"
    assert theme.headline_medium.font_family == "Atkinson Hyperlegible Next Bold"


def test_a_size_outside_the_steps_is_refused():
    with pytest.raises(ValueError, match="scale 300"):
        Legibility(scale=300)


def test_every_name_of_a_colour_is_set_or_unused():
    """A name left empty would be Flutter's purple."""
    scheme = to_theme(DEFAULT, Legibility(), False).color_scheme
    empty = {f.name for f in dataclasses.fields(ft.ColorScheme) if getattr(scheme, f.name) is None}

    assert all("fixed" in name or name in {"shadow", "scrim"} for name in empty)
    assert not any(isinstance(getattr(scheme, f.name), enum.Enum) for f in dataclasses.fields(scheme))
