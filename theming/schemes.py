"""From a few roles to four schemes in which every pair of colours can be told apart."""

from __future__ import annotations

import json
from types import MappingProxyType

from theming.contrast import SHAPE, TEXT, black_or_white, ratio, require
from theming.house_style import HouseStyle, Roles, StyleWarning, to_document
from theming.letters import shown_as
from theming.scheme import LEVELS, TEXTS, Scheme
from theming.tones import Material, at_tone, colour_of, fill_for, readable, tone_of

LIGHT_SURFACE = 90  # tone from which a document's background carries dark text at 7:1 with room for cards
COLOURED = 8  # chroma under which a colour is seen as black, grey or white; white itself has 2.9
DEFAULT_RADIUS = 12.0
GREY = "#555555"  # where tokens have no colour at all
RED = "#BA1A1A"

WATERRIJK = Roles(
    surface="#FFFFFF",
    text="#1B2A2F",
    brand_fill="#0B6470",
    on_brand_fill="#FFFFFF",
    secondary="#3D5A63",
    link="#0A5C8C",
    heading="#0C3B47",
    border="#61777E",
    body_font="Atkinson Hyperlegible Next",
    heading_font="Atkinson Hyperlegible Next",
    radius=14.0,
)


def make_style(name: str, roles: Roles, warnings: tuple[StyleWarning, ...] = ()) -> HouseStyle:
    """The four schemes, the letters and the corners. Raises `ContrastBroken` if the recipe is wrong."""
    schemes = {key: make_scheme(roles, dark="dark" in key, high="high" in key) for key in LEVELS}
    for key, scheme in schemes.items():
        require(scheme, LEVELS[key], key)
    return HouseStyle(
        name=name,
        roles=roles,
        schemes=MappingProxyType(schemes),
        body_font=shown_as(roles.body_font),
        heading_font=shown_as(roles.heading_font or roles.body_font),
        radius=DEFAULT_RADIUS if roles.radius is None else roles.radius,
        warnings=warnings,
    )


def make_scheme(roles: Roles, *, dark: bool, high: bool) -> Scheme:
    """One scheme: the house's colours where they can be read, their nearest readable tone where not."""
    needed = TEXT["AAA" if high else "AA"]
    material = Material(seed_of(roles), dark, 1.0 if high else 0.0)
    backgrounds = _dark_backgrounds(roles, material) if dark else _light_backgrounds(roles, material)
    wishes = _dark_texts(roles, material, high) if dark else _light_texts(roles, material, high)
    texts = {name: readable(wishes[name], backgrounds, needed) for name in TEXTS}
    fill = fill_for(roles.brand_fill or seed_of(roles), needed)
    stands_out = all(ratio(fill, background) >= SHAPE for background in backgrounds)
    border = material["outline"] if dark or high else roles.border or material["outline"]
    failure, success = (colour_of(hue, 30, 25 if dark else 93) for hue in (25, 150))
    return Scheme(
        *backgrounds,
        **texts,
        on_primary=backgrounds[0],
        brand_fill=fill,
        on_brand_fill=_on_fill(roles.on_brand_fill, fill, needed),
        brand_outline=fill if stands_out else texts["primary"],
        on_error=backgrounds[0],
        error_container=failure,
        on_error_container=readable(at_tone(failure, 93 if dark else 25), [failure], needed),
        success_container=success,
        on_success_container=readable(at_tone(success, 93 if dark else 25), [success], needed),
        outline=readable(border, backgrounds, SHAPE),
        outline_soft=material["outlineVariant"],
        focus_outer=texts["on_surface"],
        focus_inner=backgrounds[0],
    )


def seed_of(roles: Roles) -> str:
    """The colour that tints the rest: the brand, or what else has colour if that is black, grey or white."""
    given = [c for c in (roles.brand_fill, roles.secondary, roles.link, roles.heading, roles.text) if c]
    return next((colour for colour in given if tone_of(colour).chroma >= COLOURED), (given or [GREY])[0])


def usable_surface(roles: Roles) -> bool:
    """Whether the house's own background can carry the light schemes."""
    return roles.surface is not None and tone_of(roles.surface).tone >= LIGHT_SURFACE


def like_the_brand(error: str, brand: str) -> bool:
    """Whether an error would be taken for decoration, because the brand is as red."""
    one, other = tone_of(error), tone_of(brand)
    return other.chroma >= 30 and _apart(one.hue, other.hue) < 20


def _light_backgrounds(roles: Roles, material: Material) -> tuple[str, str, str, str]:
    surface = roles.surface if roles.surface and usable_surface(roles) else "#FFFFFF"
    own, neutral, brand = tone_of(surface), tone_of(material["surface"]), tone_of(seed_of(roles))
    tint = own if own.chroma >= COLOURED / 2 else neutral
    return (
        surface,
        colour_of(tint.hue, tint.chroma, own.tone - 4),
        colour_of(tint.hue, tint.chroma, own.tone - 7),
        colour_of(brand.hue, min(brand.chroma, 18), own.tone - 8),
    )


def _dark_backgrounds(roles: Roles, material: Material) -> tuple[str, str, str, str]:
    brand = tone_of(seed_of(roles))
    return (
        material["surface"],
        material["surfaceContainer"],
        material["surfaceContainerHigh"],
        colour_of(brand.hue, min(brand.chroma, 24), 24),
    )


def _light_texts(roles: Roles, material: Material, high: bool) -> dict[str, str]:
    text = material["onSurface"] if high else roles.text or material["onSurface"]
    return {
        "on_surface": text,
        "on_surface_variant": material["onSurfaceVariant"],
        "primary": seed_of(roles),
        "secondary": roles.secondary or material["secondary"],
        "link": roles.link or seed_of(roles),
        "heading": roles.heading or text,
        "error": _error(roles),
    }


def _dark_texts(roles: Roles, material: Material, high: bool) -> dict[str, str]:
    tone = 92 if high else 80
    text = material["onSurface"]
    return {
        "on_surface": text,
        "on_surface_variant": material["onSurfaceVariant"],
        "primary": at_tone(seed_of(roles), tone),
        "secondary": at_tone(roles.secondary, tone) if roles.secondary else material["secondary"],
        "link": at_tone(roles.link or seed_of(roles), tone),
        "heading": text,
        "error": at_tone(_error(roles), tone),
    }


def _error(roles: Roles) -> str:
    error, seed = roles.error or RED, seed_of(roles)
    if not like_the_brand(error, seed):
        return error
    one, brand = tone_of(error), tone_of(seed)
    hue = max((one.hue - 45, one.hue + 40), key=lambda hue: _apart(hue, brand.hue))
    return colour_of(hue, max(one.chroma, 50), 40)


def _on_fill(own: str | None, fill: str, needed: float) -> str:
    return own if own and ratio(own, fill) >= needed else black_or_white(fill)


def _apart(one: float, other: float) -> float:
    """Degrees between two hues."""
    return abs((one - other + 180) % 360 - 180)


if __name__ == "__main__":
    print(json.dumps(to_document(make_style("Waterrijk", WATERRIJK)), indent=1))
