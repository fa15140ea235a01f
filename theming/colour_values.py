"""Colours as tokens write them: CSS in all its forms, or an object of the 2025 format."""

from __future__ import annotations

import math
import re
from typing import Any

from coloraide import Color

from theming.contrast import blend

_OVER_HEX = re.compile(r"rgba?\(\s*(#[0-9a-f]{3,8})\s*,\s*([\d.]+)(%?)\s*\)", re.IGNORECASE)
_PERCENTAGES = {
    "hsl": (1, 2),
    "hwb": (1, 2),
}  # components that DTCG gives from 0 to 100, coloraide from 0 to 1


def parse_colour(value: object, behind: str = "#FFFFFF") -> str | None:
    """`#RRGGBB` as it looks on `behind`; None for what is no colour, or one that cannot be seen."""
    try:
        found = _from_object(value) if isinstance(value, dict) else _from_css(value)
        if found is None or found.alpha(nans=False) <= 0:
            return None
        shown = found.convert("srgb").fit("srgb")
        opaque = "#" + "".join(f"{round(part * 255):02X}" for part in shown.coords(nans=False))
    except (ValueError, TypeError, OverflowError):
        return None
    return blend(opaque, min(1.0, shown.alpha(nans=False)), behind)


def _from_css(value: object) -> Color | None:
    if not isinstance(value, str) or len(value) > 200:
        return None
    if over := _OVER_HEX.fullmatch(value.strip()):  # what Tokens Studio writes for a colour with opacity
        colour = Color(over[1].lower())
        return colour.set("alpha", float(over[2]) / (100 if over[3] else 1))
    return Color(value.strip().lower())


def _from_object(value: dict[str, Any]) -> Color | None:
    """Design Tokens Format Module 2025.10, color: `colorSpace`, `components`, `alpha`."""
    space, components = value.get("colorSpace"), value.get("components")
    if not isinstance(space, str) or not isinstance(components, list) or len(components) != 3:
        return None
    parts = [0.0 if part == "none" else float(part) for part in components]
    alpha = float(value.get("alpha", 1))
    if not all(math.isfinite(part) and abs(part) <= 1000 for part in (*parts, alpha)):
        return None
    for index in _PERCENTAGES.get(space, ()):
        parts[index] /= 100
    return Color(space, parts, alpha)
