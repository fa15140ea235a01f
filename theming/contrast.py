"""Contrast as WCAG 2.2 defines it, and the pairs of colours that every scheme must keep apart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from theming.scheme import BACKGROUNDS, TEXTS, Level, Scheme

TEXT = {"AA": 4.5, "AAA": 7.0}
SHAPE = 3.0  # 1.4.11: borders, fills, focus; the same at both levels


class ContrastBroken(Exception):
    """A scheme has pairs that people with low vision cannot tell apart."""

    def __init__(self, scheme: str, pairs: list[Pair]) -> None:
        self.scheme = scheme
        self.pairs = pairs
        listed = ", ".join(f"{p.foreground} on {p.background} {p.ratio:.2f} < {p.needed}" for p in pairs)
        super().__init__(f"{scheme}: {listed}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours by their names in the scheme, what they reach, and what they need."""

    foreground: str
    background: str
    ratio: float
    needed: float

    @property
    def holds(self) -> bool:
        return self.ratio >= self.needed


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of `#RRGGBB`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@cache
def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definitions), from 0 for black to 1 for white, of 8-bit sRGB."""
    red, green, blue = channels(colour)
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def ratio(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, rounded down to hundredths: 4.499 is not 4.5."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return math.floor((high + 0.05) / (low + 0.05) * 100) / 100


def black_or_white(background: str) -> str:
    """The one that reads best on `background`; never less than 4.58, the square root of 21."""
    return max("#000000", "#FFFFFF", key=lambda colour: ratio(colour, background))


def blend(colour: str, opacity: float, background: str) -> str:
    """What the eye gets from a translucent colour, `opacity` 0 to 1, in 8-bit sRGB."""
    mixed = (
        round(top * opacity + bottom * (1 - opacity))
        for top, bottom in zip(channels(colour), channels(background), strict=True)
    )
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def check(scheme: Scheme, level: Level) -> list[Pair]:
    """Every pair that meets on screen, with what it reaches and needs at this level."""
    return [
        Pair(foreground, background, ratio(getattr(scheme, foreground), getattr(scheme, background)), needed)
        for foreground, background, needed in _pairs(TEXT[level])
    ]


def require(scheme: Scheme, level: Level, name: str) -> None:
    """Raise `ContrastBroken` for a scheme with a pair below what it needs."""
    if broken := [pair for pair in check(scheme, level) if not pair.holds]:
        raise ContrastBroken(name, broken)


def _pairs(text: float) -> Iterator[tuple[str, str, float]]:
    for background in BACKGROUNDS:
        yield from ((foreground, background, text) for foreground in TEXTS)
        yield from ((shape, background, SHAPE) for shape in ("outline", "brand_outline", "focus_outer"))
    yield "on_primary", "primary", text
    yield "on_brand_fill", "brand_fill", text
    yield "on_error", "error", text
    yield "on_error_container", "error_container", text
    yield "on_success_container", "success_container", text
    yield "focus_outer", "focus_inner", SHAPE
