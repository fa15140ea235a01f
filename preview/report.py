"""What stands beside a side of the preview: the contrast of its colours, and warnings with their screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from fnmatch import fnmatch
from typing import Any

from i18n.wording import Wording
from preview.reading import Dressed
from preview.screens import Screen
from staff.style_data import pairs
from staff.style_report import contrast
from staff.style_sentences import ROLES
from theming.contrast import SHAPE
from theming.house_style import HouseStyle, StyleWarning
from theming.roles import CANDIDATES

CLOSEST = 6
"""Pairs of colours that are shown: those nearest to failing."""

BY_ROLE = {
    "surface": ("introduction",),
    "text": ("introduction",),
    "brand_fill": ("introduction", "welcome"),
    "on_brand_fill": ("introduction", "welcome"),
    "secondary": ("question-1",),
    "link": ("polls", "introduction"),
    "heading": ("question-1",),
    "border": ("question-1",),
    "focus": ("question-1",),
    "error": ("missed", "trouble"),
    "body_font": ("introduction",),
    "heading_font": ("question-1",),
    "radius": ("question-1",),
    "logo": ("welcome", "polls"),
}
"""Where a role, or the logo, is seen best; the first of these screens that the poll has."""

BY_CODE = {
    "template": "brand_fill",
    "white-button": "brand_fill",
    "faint-button": "brand_fill",
    "brand-without-colour": "brand_fill",
    "unreadable-button-text": "on_brand_fill",
    "error-like-brand": "error",
    "dark-surface": "surface",
    "font-commercial": "body_font",
    "font-not-carried": "body_font",
    "font-unasked": "body_font",
    "font-incomplete": "body_font",
    "font-rights": "body_font",
    "logo-cleaned": "logo",
}
"""What a warning is about, where its code says so."""


def role_of(warning: StyleWarning, sources: Sequence[tuple[str, str]] = ()) -> str | None:
    """The role that a warning is about; None where it is about no colour or letter on a screen."""
    if warning.code == "role-derived":
        return warning.path if warning.path in BY_ROLE else None
    for start in ("unreadable-", "faint-"):
        if (role := warning.code.removeprefix(start)) in BY_ROLE:
            return role
    behind = next((role for role, path in sources if path == warning.path), None)
    return behind or BY_CODE.get(warning.code) or _named(warning.path)


def screen_of(
    warning: StyleWarning, there: Sequence[Screen], sources: Sequence[tuple[str, str]] = ()
) -> Screen | None:
    """The screen on which staff see what a warning is about."""
    by_id = {screen.id: screen for screen in there}
    wanted = BY_ROLE.get(role_of(warning, sources) or "", ())
    return next((by_id[id] for id in wanted if id in by_id), None)


def report(dressed: Dressed, scheme: str, there: Sequence[Screen], say: Wording) -> dict[str, Any]:
    """As data for the page. What was derived stands apart: it is no fault."""
    said = [_warning(warning, there, dressed, say) for warning in dressed.warnings]
    return {
        "contrast": list(contrast(dressed.style, say)),
        "pairs": closest(dressed.style, scheme, say),
        "warnings": [one for one in said if one["code"] != "role-derived"],
        "derived": [one for one in said if one["code"] == "role-derived"],
    }


def closest(style: HouseStyle, scheme: str, say: Wording) -> list[dict[str, Any]]:
    """The pairs of one scheme that come nearest to failing, each combination of colours once.

    `is_text`: it is for letters; else for borders, fills and focus.
    """
    colours = asdict(style.schemes[scheme])
    found: dict[tuple[str, str], tuple[float, float]] = {}
    every = [pair for pair in pairs(style) if pair["scheme"] == scheme]
    for pair in sorted(every, key=lambda pair: float(pair["ratio"]) / float(pair["needs"])):
        both = colours[pair["foreground"]], colours[pair["background"]]
        found.setdefault(both, (pair["ratio"], pair["needs"]))
    return [
        {
            "foreground": front,
            "background": behind,
            "ratio": say.number(Decimal(f"{ratio:.2f}")),
            "needs": say.number(Decimal(str(needs))),
            "is_text": needs > SHAPE,
        }
        for (front, behind), (ratio, needs) in list(found.items())[:CLOSEST]
    ]


def _warning(
    warning: StyleWarning, there: Sequence[Screen], dressed: Dressed, say: Wording
) -> dict[str, Any]:
    screen = screen_of(warning, there, dressed.sources)
    path = say.text(ROLES[warning.path]) if warning.path in ROLES else warning.path
    return {
        "code": warning.code,
        "path": path,
        "text": warning.text,
        "shows": _shows(warning, screen) if screen else None,
        "title": screen.title if screen else None,
    }


def _shows(warning: StyleWarning, screen: Screen) -> dict[str, str | bool]:
    """What to change to see it: letters show only where the house style's own are chosen."""
    return {"screen": screen.id} | ({"own_letters": True} if warning.code.startswith("font-") else {})


def _named(path: str) -> str | None:
    """The role whose known names a token's path ends with; a prefix of its own may stand before them."""
    for role, candidates in CANDIDATES.items():
        for candidate in candidates:
            bare = candidate.partition(".")[2]
            if fnmatch(path, candidate) or (bare.count(".") > 0 and fnmatch(path, f"*.{bare}")):
                return role
    return None
