"""What staff should hear about their own tokens before residents see the result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from theming.contrast import SHAPE, TEXT, black_or_white, ratio
from theming.house_style import Roles
from theming.letters import replaced
from theming.remarks import Remark
from theming.roles import CANDIDATES, Found
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


def advise(roles: Roles, found: Mapping[str, Found]) -> Iterator[Remark]:
    """One remark for each thing that the schemes show differently from the tokens, or had to make up."""
    yield from _template(roles)
    yield from _button(roles, found)
    yield from _unreadable(roles, found)
    yield from _letters(found)
    yield from (Remark("role-derived", role, {"role": role}) for role in CANDIDATES if role not in found)


def fingerprint(roles: Roles) -> str:
    """Equal for two sets of tokens that give the same colours, whatever their other values."""
    return hashlib.sha256("|".join(str(getattr(roles, role)) for role in COLOUR_ROLES).encode()).hexdigest()


def _template(roles: Roles) -> Iterator[Remark]:
    mark = fingerprint(roles)
    return (Remark("template", name, {"name": name}) for name, known in TEMPLATES.items() if mark == known)


def _unreadable(roles: Roles, found: Mapping[str, Found]) -> Iterator[Remark]:
    surface = roles.surface or "#FFFFFF"
    if roles.surface and not usable_surface(roles):
        yield Remark("dark-surface", found["surface"].path, {"colour": surface})
        surface = "#FFFFFF"
    needs = dict.fromkeys(("text", "link", "heading", "secondary", "error"), TEXT["AA"])
    needs |= {"border": SHAPE, "focus": SHAPE}
    for role, needed in needs.items():
        colour = getattr(roles, role)
        if colour and (reached := ratio(colour, surface)) < needed:
            code = f"faint-{role}" if needed == SHAPE else f"unreadable-{role}"
            yield Remark(code, found[role].path, _pair(colour, surface, reached, needed) | {"role": role})


def _pair(colour: str, behind: str, reached: float, needed: float) -> dict[str, str]:
    return {"colour": colour, "behind": behind, "ratio": f"{reached:.2f}", "needed": f"{needed:.1f}"}


def _button(roles: Roles, found: Mapping[str, Found]) -> Iterator[Remark]:
    seed = seed_of(roles)
    if fill := roles.brand_fill:
        path, surface = found["brand_fill"].path, roles.surface or "#FFFFFF"
        if (reached := ratio(fill, surface)) < SHAPE:
            code = "white-button" if reached < PALE else "faint-button"
            yield Remark(code, path, _pair(fill, surface, reached, SHAPE))
        if seed != fill:
            yield Remark("brand-without-colour", path, {"colour": fill, "seed": seed})
        text = roles.on_brand_fill
        if text and (reached := ratio(text, fill)) < TEXT["AA"]:
            values = _pair(text, fill, reached, TEXT["AA"]) | {"instead": black_or_white(fill)}
            yield Remark("unreadable-button-text", found["on_brand_fill"].path, values)
    if like_the_brand(error := roles.error or RED, seed):
        path = found["error"].path if "error" in found else "error"
        yield Remark("error-like-brand", path, {"colour": error, "seed": seed})


def _letters(found: Mapping[str, Found]) -> Iterator[Remark]:
    for role in ("body_font", "heading_font"):
        if role in found and (other := replaced(str(found[role].value))):
            values = {"family": str(found[role].value), "instead": other.family}
            yield Remark(other.code.replace("_", "-"), found[role].path, values)
