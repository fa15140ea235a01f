"""The letters are there, under the names that Flet asks for, with what their licence asks."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from theming.fonts import ARABIC, FONTS, OTHER, PLAIN

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.mark.parametrize("family", FONTS)
def test_each_family_is_a_truetype_file_of_its_weight(family):
    with TTFont(ASSETS / FONTS[family], lazy=True) as font:
        assert font["OS/2"].usWeightClass == (700 if family.endswith("Bold") else 400)
        assert str(font["name"].getDebugName(16) or font["name"].getDebugName(1)) in family


@pytest.mark.parametrize(
    ("family", "letters"),
    [
        (PLAIN, "Vraag één: tevreden? € ë ï İğşł"),
        (OTHER, "Перевірка їжак Ωμέγα Việt"),
        (ARABIC, "هلأنتراضٍ؟"),
    ],
)
def test_each_script_has_its_letters_in_both_weights(family, letters):
    for name in (family, f"{family} Bold"):
        with TTFont(ASSETS / FONTS[name], lazy=True) as font:
            assert {c for c in letters if c != " "} <= set(map(chr, font.getBestCmap()))


def test_every_font_file_is_listed_and_carries_its_licence():
    folder = ASSETS / "fonts"
    origin = (folder / "ORIGIN.md").read_text("utf-8")

    assert {f"fonts/{file.name}" for file in folder.glob("*.ttf")} == set(FONTS.values())
    for file in folder.glob("*.ttf"):
        name = file.name.partition("_")[0]
        assert "SIL OPEN FONT LICENSE" in (folder / f"OFL-{name}.txt").read_text("utf-8")
        assert name in origin


def test_the_letters_are_no_burden_to_download():
    assert sum((ASSETS / path).stat().st_size for path in FONTS.values()) < 2_000_000
