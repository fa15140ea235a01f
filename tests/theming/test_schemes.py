"""A house style cannot break contrast, whatever its brand is."""

import random
from dataclasses import replace

import pytest
from materialyoucolor.dynamiccolor.material_dynamic_colors import MaterialDynamicColors
from materialyoucolor.hct import Hct
from materialyoucolor.scheme.scheme_fidelity import SchemeFidelity

from theming.contrast import ContrastBroken, black_or_white, blend, check, luminance, ratio, require
from theming.default_style import DEFAULT
from theming.house_style import HouseStyle, Roles
from theming.scheme import LEVELS
from theming.schemes import WATERRIJK, make_style
from theming.tones import Material, tone_of

HARD = {"white": "#FFFFFF", "black": "#000000", "pale yellow": "#FFF9C4", "mid-grey": "#777777"}
_RANDOM = random.Random(5)
SEEDS = [*HARD.values(), *(f"#{_RANDOM.randrange(1 << 24):06X}" for _ in range(500))]


@pytest.fixture(scope="module")
def styles() -> dict[str, HouseStyle]:
    return {seed: make_style("Wijk", Roles(brand_fill=seed)) for seed in SEEDS}


def broken(style: HouseStyle) -> list[str]:
    return [
        f"{key}: {pair.foreground} on {pair.background} {pair.ratio}"
        for key, scheme in style.schemes.items()
        for pair in check(scheme, LEVELS[key])
        if not pair.holds
    ]


def test_no_pair_fails_in_any_scheme_of_any_brand(styles):
    assert {seed: found for seed, style in styles.items() if (found := broken(style))} == {}


def test_the_exact_brand_colour_stays_on_buttons_in_the_light_and_dark_schemes(styles):
    for seed, style in styles.items():
        assert style.schemes["light"].brand_fill == style.schemes["dark"].brand_fill == seed


def test_no_pair_fails_where_every_role_is_of_any_colour():
    chance = random.Random(11)
    colours = ("surface", "text", "on_brand_fill", "secondary", "link", "heading", "border", "focus", "error")
    for seed in SEEDS[:150]:
        given = {role: f"#{chance.randrange(1 << 24):06X}" for role in colours}
        style = make_style("Wijk", Roles(brand_fill=seed, **given))
        assert broken(style) == []
        assert style.schemes["light"].brand_fill == seed


def test_the_brands_own_colour_as_text_is_caught_where_it_cannot_be_read():
    """The control: without the recipe, a pale yellow brand is pale yellow text in a pale yellow outline."""
    light = make_style("Wijk", Roles(brand_fill="#FFF9C4")).schemes["light"]
    naive = replace(
        light, primary="#FFF9C4", link="#FFF9C4", brand_outline="#FFF9C4", on_brand_fill="#FFFFFF"
    )

    failing = {pair.foreground for pair in check(naive, "AA") if not pair.holds}

    assert failing == {"primary", "on_primary", "link", "brand_outline", "on_brand_fill"}
    with pytest.raises(ContrastBroken, match="primary on surface"):
        require(naive, "AA", "light")


def test_without_the_recipe_most_brands_would_fail(styles):
    naive = [replace(s.schemes["light"], primary=seed, on_brand_fill="#FFFFFF") for seed, s in styles.items()]

    assert sum(any(not pair.holds for pair in check(scheme, "AA")) for scheme in naive) > len(naive) / 2


def test_a_colour_that_reads_is_left_alone_and_one_that_does_not_keeps_its_hue():
    roles = Roles(brand_fill="#0B6470", link="#8BC34A", text="#1B2A2F", border="#CCCCCC")
    light = make_style("Wijk", roles).schemes["light"]

    assert (light.on_surface, light.primary) == ("#1B2A2F", "#0B6470")
    assert light.link != "#8BC34A"
    assert abs(tone_of(light.link).hue - tone_of("#8BC34A").hue) < 4
    assert 3 <= ratio(light.outline, light.surface_container_high) < 3.2


def test_high_contrast_is_more_than_the_ordinary_schemes_give():
    for plain, high in (("light", "light-high"), ("dark", "dark-high")):
        assert any(not pair.holds for pair in check(DEFAULT.schemes[plain], "AAA"))
        assert all(pair.holds for pair in check(DEFAULT.schemes[high], "AAA"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#777777", "#FFFFFF", 4.47),  # 4.478 is not 4.48, and certainly not 4.5
        ("#959595", "#FFFFFF", 2.99),
        ("#FFFFFF", "#FFFFFF", 1.0),
    ],
)
def test_contrast_is_that_of_wcag_rounded_down(one, other, expected):
    assert ratio(one, other) == ratio(other, one) == expected


def test_black_or_white_reads_on_everything():
    greys = [f"#{n:02X}{n:02X}{n:02X}" for n in range(256)]

    assert min(ratio(black_or_white(grey), grey) for grey in greys) >= 4.5
    assert luminance("#FFFFFF") == pytest.approx(1.0)
    assert blend("#000000", 0.25, "#FFFFFF") == "#BFBFBF"


@pytest.mark.parametrize("seed", ["#0B6470", "#F5B400"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_rest_comes_from_materials_fidelity_scheme(seed, dark):
    material = Material(seed, dark, 1.0)
    theirs = SchemeFidelity(Hct.from_int(0xFF000000 | int(seed[1:], 16)), dark, 1.0)

    for role in ("surface", "onSurface", "onSurfaceVariant", "outline", "outlineVariant", "secondary"):
        assert material[role] + "FF" == getattr(MaterialDynamicColors(), role).get_hex(theirs)


def test_the_default_style_is_what_the_engine_makes():
    assert make_style("Waterrijk", WATERRIJK) == DEFAULT, (
        "run: python -m theming.schemes > theming/default_style.json"
    )
