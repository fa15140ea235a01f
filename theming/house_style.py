"""A municipality's house style (huisstijl), as the data that a server publishes and a phone keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any

from theming.contrast import ContrastBroken, require
from theming.logo import Logo, logo_document, logo_from
from theming.own_letters import OwnFont, fonts_document, fonts_from
from theming.reading import LARGEST_RADIUS, StyleUnreadable, colour, listed, number, table, text
from theming.scheme import LEVELS, Scheme

__all__ = ["HouseStyle", "Roles", "StyleUnreadable", "StyleWarning", "from_document", "to_document"]

FORMAT = "samenspraak-house-style"
VERSION = 1
MOST_WARNINGS = 200


@dataclass(frozen=True, slots=True)
class Roles:
    """What the municipality's own tokens say: colours `#RRGGBB`, its own fonts' names, radius in pixels.

    None: the tokens do not say. Only a house style's schemes are for the screen.
    """

    surface: str | None = None
    text: str | None = None
    brand_fill: str | None = None
    on_brand_fill: str | None = None
    secondary: str | None = None
    link: str | None = None
    heading: str | None = None
    border: str | None = None
    focus: str | None = None
    error: str | None = None
    body_font: str | None = None
    heading_font: str | None = None
    radius: float | None = None


@dataclass(frozen=True, slots=True)
class StyleWarning:
    """Something staff should know about their tokens: a code, the token or role, and what was found there."""

    code: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Families are those of `fonts` or of the app (`theming.fonts.FONTS`); the radius is in pixels."""

    name: str
    roles: Roles
    schemes: Mapping[str, Scheme]
    body_font: str
    heading_font: str
    radius: float
    warnings: tuple[StyleWarning, ...] = ()
    logo: Logo | None = None
    fonts: tuple[OwnFont, ...] = ()


def to_document(style: HouseStyle) -> dict[str, Any]:
    """The style as JSON; `from_document` gives an equal one back."""
    added: dict[str, Any] = {"logo": logo_document(style.logo)} if style.logo else {}
    if style.fonts:
        added["fonts"] = fonts_document(style.fonts)
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": style.name,
        "body_font": style.body_font,
        "heading_font": style.heading_font,
        "radius": style.radius,
        "roles": {role: value for role, value in asdict(style.roles).items() if value is not None},
        "schemes": {key: asdict(scheme) for key, scheme in style.schemes.items()},
        "warnings": [asdict(warning) for warning in style.warnings],
    } | added


def from_document(document: object) -> HouseStyle:
    """Read a style, or raise `StyleUnreadable` with the reason; contrast that fails is one.

    Keys it does not know are skipped, so that an older app can read a newer style of the same version.
    """
    top = table(document, "document")
    if top.get("format") != FORMAT or top.get("version") != VERSION:
        raise StyleUnreadable(f"not a {FORMAT} of version {VERSION}")
    return HouseStyle(
        name=text(top, "name"),
        roles=_roles(table(top.get("roles"), "roles")),
        schemes=_schemes(table(top.get("schemes"), "schemes")),
        body_font=text(top, "body_font"),
        heading_font=text(top, "heading_font"),
        radius=number(top.get("radius"), "radius", 0, LARGEST_RADIUS, " pixels"),
        warnings=_warnings(top.get("warnings", [])),
        logo=logo_from(top["logo"]) if "logo" in top else None,
        fonts=fonts_from(top.get("fonts", [])),
    )


def _schemes(document: dict[str, Any]) -> Mapping[str, Scheme]:
    schemes = {}
    for key, level in LEVELS.items():
        given = table(document.get(key), f"schemes.{key}")
        colours = {f.name: colour(given.get(f.name), f"schemes.{key}.{f.name}") for f in fields(Scheme)}
        schemes[key] = Scheme(**colours)
        try:
            require(schemes[key], level, key)
        except ContrastBroken as exc:
            raise StyleUnreadable(str(exc)) from exc
    return MappingProxyType(schemes)


def _roles(document: dict[str, Any]) -> Roles:
    values: dict[str, Any] = {}
    for name in (f.name for f in fields(Roles) if f.name in document):
        if name == "radius":
            values[name] = number(document[name], "roles.radius", 0, LARGEST_RADIUS, " pixels")
        elif name.endswith("font"):
            values[name] = text(document, name)
        else:
            values[name] = colour(document[name], f"roles.{name}")
    return Roles(**values)


def _warnings(document: object) -> tuple[StyleWarning, ...]:
    items = [table(item, "warnings") for item in listed(document, "warnings", MOST_WARNINGS)]
    return tuple(StyleWarning(*(text(item, f.name) for f in fields(StyleWarning))) for item in items)
