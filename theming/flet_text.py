"""Letters in Flet: families, sizes, heights. A style in a theme replaces Flutter's, so each says it all."""

from __future__ import annotations

from typing import NamedTuple

import flet as ft

from theming.fonts import ARABIC, FONTS, OTHER, PLAIN
from theming.scheme import Scheme

BODY = 18  # pixels at 100 %
HEADINGS_SHRINK = 0.4  # of what they are larger by, for each 100 % that letters grow


class Step(NamedTuple):
    """Size in pixels at 100 %, line height as a share of it, bold or not, and the scheme's colour."""

    size: float
    height: float
    bold: bool = False
    colour: str = "on_surface"

    def at(self, scale: int) -> float:
        """Pixels at a scale in per cent.

        What is larger than running text grows less, so that a long word still fits on a narrow phone;
        it stays larger than running text at every scale.
        """
        if self.size <= BODY:
            return self.size * scale / 100
        return BODY * scale / 100 + (self.size - BODY) * (1 - HEADINGS_SHRINK * (scale - 100) / 100)


STEPS: dict[str, Step] = {
    "display_large": Step(36, 1.2, True, "heading"),
    "display_medium": Step(32, 1.2, True, "heading"),
    "display_small": Step(30, 1.2, True, "heading"),
    "headline_large": Step(28, 1.25, True, "heading"),
    "headline_medium": Step(25, 1.25, True, "heading"),  # a question
    "headline_small": Step(22, 1.3, True, "heading"),
    "title_large": Step(21, 1.3, True, "heading"),
    "title_medium": Step(19, 1.35, True),
    "title_small": Step(18, 1.35, True),
    "body_large": Step(BODY, 1.5),
    "body_medium": Step(BODY, 1.5),
    "body_small": Step(16, 1.5, False, "on_surface_variant"),
    "label_large": Step(BODY, 1.35, True),  # buttons
    "label_medium": Step(16, 1.35, True),
    "label_small": Step(15, 1.35, True, "on_surface_variant"),
}


def icon_size(scale: int) -> float:
    """Pixels of a pictogram: it grows half as fast as the words, which need the room more."""
    return 24 * (1 + (scale - 100) / 200)


class Letters(NamedTuple):
    """The families for running text and for headings, both carried by the app, and the size in per cent."""

    body: str
    heading: str
    scale: int
    own: frozenset[str] = frozenset()  # files that came with the house style

    @property
    def icon(self) -> float:
        return icon_size(self.scale)

    def style(self, step: str, scheme: Scheme, colour: str | None = None) -> ft.TextStyle:
        """The style of a step in literal colours; `colour` is a field of the scheme."""
        _, height, bold, usual = STEPS[step]
        family = self.heading if usual == "heading" else self.body
        return ft.TextStyle(
            size=STEPS[step].at(self.scale),
            height=height,
            weight=ft.FontWeight.BOLD if bold else ft.FontWeight.NORMAL,
            color=getattr(scheme, colour or usual),
            font_family=_file(family, bold, self.own),
            font_family_fallback=[_file(other, bold) for other in (PLAIN, OTHER, ARABIC) if other != family],
        )

    def theme(self, scheme: Scheme) -> ft.TextTheme:
        return ft.TextTheme(**{step: self.style(step, scheme) for step in STEPS})


def carried(family: str, own: frozenset[str] = frozenset()) -> str:
    """The family if the app or the house style has its file, or else the plain letters."""
    return family if {family, f"{family} Bold"} & (FONTS.keys() | own) else PLAIN


def _file(family: str, bold: bool, own: frozenset[str] = frozenset()) -> str:
    """The name under which Flet knows the file of this family and weight."""
    return f"{family} Bold" if bold and f"{family} Bold" in FONTS.keys() | own else family
