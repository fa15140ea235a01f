"""What staff should hear about their own tokens before residents see the result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from theming.contrast import SHAPE, TEXT, black_or_white, ratio
from theming.house_style import Roles, StyleWarning
from theming.letters import replaced
from theming.roles import CANDIDATES, DERIVED, Found
from theming.schemes import RED, like_the_brand, seed_of, usable_surface

#: SHA-256 of the colours, in the order of COLOUR_ROLES, of themes that a house style starts from.
TEMPLATES = {
    "start": "107478b40eeb05f3297b3cbbbf9b23f9f0c913d962b84e1cc6d8527d95f27b5b",
    "voorbeeld": "f28997a609c4f7dd688ddaebb2c513ecae210d6297d669c83e0e88d923149db5",
}
COLOUR_ROLES = (
    "surface",
    "text",
    "brand_fill",
    "on_brand_fill",
    "secondary",
    "link",
    "heading",
    "border",
    "error",
)
PALE = 1.5  # contrast with the background under which a fill is hardly seen as a button


def advise(roles: Roles, found: Mapping[str, Found]) -> Iterator[StyleWarning]:
    """One warning for each thing that the schemes show differently from the tokens, or had to make up."""
    yield from _template(roles)
    yield from _missing(found)
    yield from _unreadable(roles, found)
    yield from _button(roles, found)
    yield from _letters(found)


def fingerprint(roles: Roles) -> str:
    """Equal for two sets of tokens that give the same colours, whatever their other values."""
    return hashlib.sha256("|".join(str(getattr(roles, role)) for role in COLOUR_ROLES).encode()).hexdigest()


def _template(roles: Roles) -> Iterator[StyleWarning]:
    mark = fingerprint(roles)
    for name, template in TEMPLATES.items():
        if mark == template:
            yield StyleWarning(
                "template", name, "every colour is the template's: this is not yet a house style"
            )


def _missing(found: Mapping[str, Found]) -> Iterator[StyleWarning]:
    for role in CANDIDATES:
        if role not in found:
            yield StyleWarning("role_derived", role, f"not in these tokens; instead: {DERIVED[role]}")


def _unreadable(roles: Roles, found: Mapping[str, Found]) -> Iterator[StyleWarning]:
    surface = roles.surface or "#FFFFFF"
    if roles.surface and not usable_surface(roles):
        yield StyleWarning(
            "surface_dark", found["surface"].path, f"{surface}: light schemes are white instead"
        )
        surface = "#FFFFFF"
    needs = dict.fromkeys(("text", "link", "heading", "secondary", "error"), TEXT["AA"])
    needs |= {"border": SHAPE, "focus": SHAPE}
    for role, needed in needs.items():
        colour = getattr(roles, role)
        if colour and (reached := ratio(colour, surface)) < needed:
            code = f"{role}_faint" if needed == SHAPE else f"{role}_unreadable"
            text = f"{colour} on {surface} has {reached:.2f}, needs {needed}; another tone is shown"
            yield StyleWarning(code, found[role].path, text)


def _button(roles: Roles, found: Mapping[str, Found]) -> Iterator[StyleWarning]:
    seed = seed_of(roles)
    if like_the_brand(roles.error or RED, seed):
        text = (
            f"{roles.error or RED} is like the brand {seed}; errors get a neighbouring hue, an icon and words"
        )
        yield StyleWarning("error_like_brand", "error", text)
    if not (fill := roles.brand_fill):
        return
    path = found["brand_fill"].path
    if (reached := ratio(fill, roles.surface or "#FFFFFF")) < SHAPE:
        code = "button_pale" if reached < PALE else "button_faint"
        yield StyleWarning(code, path, f"{fill} has {reached:.2f} with the background; it gets an outline")
    if seed != fill:
        text = f"{fill} has no colour; the rest is tinted by {seed}"
        yield StyleWarning("brand_without_colour", path, text)
    text_on = roles.on_brand_fill
    if text_on and (reached := ratio(text_on, fill)) < TEXT["AA"]:
        text = f"{text_on} on {fill} has {reached:.2f}; {black_or_white(fill)} is shown"
        yield StyleWarning("button_text_unreadable", found["on_brand_fill"].path, text)


def _letters(found: Mapping[str, Found]) -> Iterator[StyleWarning]:
    for role in ("body_font", "heading_font"):
        if role in found and (other := replaced(str(found[role].value))):
            yield StyleWarning(
                other.code, found[role].path, f"{found[role].value} is shown as {other.family}"
            )
