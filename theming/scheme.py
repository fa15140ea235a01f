"""One set of literal colours for the screen: light or dark, ordinary or high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["AA", "AAA"]

#: What each scheme in a house style must reach: WCAG 2.2, 1.4.3 (AA) or 1.4.6 (AAA), and 1.4.11 for both.
LEVELS: dict[str, Level] = {"light": "AA", "dark": "AA", "light-high": "AAA", "dark-high": "AAA"}


@dataclass(frozen=True, slots=True)
class Scheme:
    """Literal `#RRGGBB` colours. Text colours are readable on every background of the same scheme.

    `selected` is the background of a chosen answer; `surface_container` that of a card.
    `primary` is the brand as text or icon; `brand_fill` is the exact brand colour as a button's fill.
    `brand_outline` goes around that fill: equal to it, or another tone where the fill would not stand out.
    `outline` bounds what can be pressed or filled in; `outline_soft` only decorates and may be faint.
    `focus_outer` and `focus_inner` are two rings, so that one of them shows on whatever lies beneath.
    """

    surface: str
    surface_container: str
    surface_container_high: str
    selected: str

    on_surface: str
    on_surface_variant: str
    primary: str
    secondary: str
    link: str
    heading: str
    error: str

    on_primary: str
    brand_fill: str
    on_brand_fill: str
    brand_outline: str
    on_error: str
    error_container: str
    on_error_container: str
    success_container: str
    on_success_container: str

    outline: str
    outline_soft: str
    focus_outer: str
    focus_inner: str


BACKGROUNDS = ("surface", "surface_container", "surface_container_high", "selected")
TEXTS = ("on_surface", "on_surface_variant", "primary", "secondary", "link", "heading", "error")
