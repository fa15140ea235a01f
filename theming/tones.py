"""Hue, chroma and tone (HCT), and Material's colour schemes, for importing styles: not for phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from materialyoucolor.dynamiccolor.dynamic_scheme import DynamicScheme  # type: ignore[import-untyped]
from materialyoucolor.dynamiccolor.material_dynamic_colors import (  # type: ignore[import-untyped]
    MaterialDynamicColors,
)
from materialyoucolor.dynamiccolor.variant import Variant  # type: ignore[import-untyped]
from materialyoucolor.hct import Hct  # type: ignore[import-untyped]
from materialyoucolor.palettes.tonal_palette import TonalPalette  # type: ignore[import-untyped]

from theming.contrast import luminance, ratio

_STEP = 0.5  # of a tone; smaller than the eye tells apart


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour by how people see it: hue 0 to 360, chroma from 0 for grey, tone (CIE L*) 0 to 100."""

    hue: float
    chroma: float
    tone: float


@cache
def tone_of(colour: str) -> Tone:
    hct = Hct.from_int(_argb(colour))
    return Tone(hct.hue, hct.chroma, hct.tone)


@lru_cache(maxsize=4096)
def colour_of(hue: float, chroma: float, tone: float) -> str:
    """`#RRGGBB` of this hue and tone, as colourful as `chroma` or as far as sRGB goes."""
    return _hex(Hct.from_hct(hue % 360, chroma, min(100.0, max(0.0, tone))).to_int())


def at_tone(colour: str, tone: float) -> str:
    seen = tone_of(colour)
    return colour_of(seen.hue, seen.chroma, tone)


def readable(preferred: str, backgrounds: Sequence[str], needed: float) -> str:
    """`preferred`, or its nearest tone that reads on every background; at worst black or white."""

    def reads(colour: str) -> bool:
        return all(ratio(colour, background) >= needed for background in backgrounds)

    if reads(preferred):
        return preferred
    lights = [luminance(background) for background in backgrounds]
    on_light = sum(lights) / len(lights) > 0.18  # black reads better than white from here
    if on_light:
        step, tone = -_STEP, _tone_at((min(lights) + 0.05) / needed - 0.05)
    else:
        step, tone = _STEP, _tone_at((max(lights) + 0.05) * needed - 0.05)
    while 0 < tone < 100:
        if reads(moved := at_tone(preferred, tone)):
            return moved
        tone += step
    return "#000000" if on_light else "#FFFFFF"


def fill_for(colour: str, needed: float) -> str:
    """`colour`, or the nearest tone on which black or white text has the needed contrast."""
    if max(ratio(colour, "#000000"), ratio(colour, "#FFFFFF")) >= needed:
        return colour
    tone = tone_of(colour).tone
    ways = (readable(colour, ["#000000"], needed), readable(colour, ["#FFFFFF"], needed))
    return min(ways, key=lambda way: abs(tone_of(way).tone - tone))


class Material:
    """Material's fidelity scheme for a seed; contrast 0.0 for AA, 1.0 for AAA (0.5 does not reach 7).

    The palettes are those of `SchemeFidelity`, which also seeks a tertiary colour: 40 ms that nobody sees.
    """

    def __init__(self, seed: str, dark: bool, contrast: float) -> None:
        hct = Hct.from_int(_argb(seed))
        hue, chroma = hct.hue, hct.chroma
        primary = TonalPalette(hue, chroma, hct)
        self._scheme = DynamicScheme(
            hct,
            Variant.FIDELITY,
            contrast,
            dark,
            primary_palette=primary,
            secondary_palette=TonalPalette(hue, max(chroma - 32.0, chroma * 0.5), hct),
            tertiary_palette=primary,
            neutral_palette=TonalPalette(hue, chroma / 8.0, hct),
            neutral_variant_palette=TonalPalette(hue, chroma / 8.0 + 4.0, hct),
            error_palette=_ERROR,
        )

    def __getitem__(self, role: str) -> str:
        """`#RRGGBB` of one of Material's roles, by its camel-case name."""
        return _hex(getattr(_ROLES, role).get_argb(self._scheme))


_ROLES = MaterialDynamicColors()
_ERROR = TonalPalette(25.0, 84.0, Hct.from_hct(25.0, 84.0, 40.0))


def _tone_at(light: float) -> float:
    """CIE L* of a relative luminance."""
    if light <= 0:
        return 0.0
    root = light ** (1 / 3) if light > (6 / 29) ** 3 else light * (29 / 6) ** 2 / 3 + 4 / 29
    return min(100.0, 116 * root - 16)


def _argb(colour: str) -> int:
    return 0xFF000000 | int(colour[1:], 16)


def _hex(argb: int) -> str:
    return f"#{argb & 0xFFFFFF:06X}"
