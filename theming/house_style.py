"""A municipality's house style (huisstijl), as the data that a server publishes and a phone keeps."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any

from theming.contrast import ContrastBroken, require
from theming.scheme import LEVELS, Scheme

FORMAT = "samenspraak-house-style"
VERSION = 1
LARGEST_RADIUS = 28.0
LONGEST_TEXT = 500
MOST_WARNINGS = 200

_HEX = re.compile(r"#[0-9A-F]{6}", re.ASCII)


class StyleUnreadable(Exception):
    """A document that is no house style, or one that residents could not read."""


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
    """Fonts are families that the app carries (`theming.fonts.FONTS`); the radius of corners is in pixels."""

    name: str
    roles: Roles
    schemes: Mapping[str, Scheme]
    body_font: str
    heading_font: str
    radius: float
    warnings: tuple[StyleWarning, ...] = ()


def to_document(style: HouseStyle) -> dict[str, Any]:
    """The style as JSON; `from_document` gives an equal one back."""
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
    }


def from_document(document: object) -> HouseStyle:
    """Read a style, or raise `StyleUnreadable` with the reason; contrast that fails is one.

    Keys it does not know are skipped, so that an older app can read a newer style of the same version.
    """
    top = _table(document, "document")
    if top.get("format") != FORMAT or top.get("version") != VERSION:
        raise StyleUnreadable(f"not a {FORMAT} of version {VERSION}")
    return HouseStyle(
        name=_text(top, "name"),
        roles=_roles(_table(top.get("roles"), "roles")),
        schemes=_schemes(_table(top.get("schemes"), "schemes")),
        body_font=_text(top, "body_font"),
        heading_font=_text(top, "heading_font"),
        radius=_radius(top.get("radius"), "radius"),
        warnings=_warnings(top.get("warnings", [])),
    )


def _schemes(document: dict[str, Any]) -> Mapping[str, Scheme]:
    schemes = {}
    for key, level in LEVELS.items():
        table = _table(document.get(key), f"schemes.{key}")
        colours = {f.name: _colour(table.get(f.name), f"schemes.{key}.{f.name}") for f in fields(Scheme)}
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
            values[name] = _radius(document[name], "roles.radius")
        elif name.endswith("font"):
            values[name] = _text(document, name)
        else:
            values[name] = _colour(document[name], f"roles.{name}")
    return Roles(**values)


def _warnings(document: object) -> tuple[StyleWarning, ...]:
    if not isinstance(document, list) or len(document) > MOST_WARNINGS:
        raise StyleUnreadable(f"warnings: not a list of at most {MOST_WARNINGS}")
    tables = [_table(item, "warnings") for item in document]
    return tuple(StyleWarning(*(_text(table, f.name) for f in fields(StyleWarning))) for table in tables)


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise StyleUnreadable(f"{where}: not an object")
    return value


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise StyleUnreadable(f"{key}: not a text of 1 to {LONGEST_TEXT} characters")
    return value


def _colour(value: object, where: str) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise StyleUnreadable(f"{where}: not a colour as #RRGGBB")
    return value


def _radius(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise StyleUnreadable(f"{where}: not a number")
    if not 0 <= value <= LARGEST_RADIUS:
        raise StyleUnreadable(f"{where}: not from 0 to {LARGEST_RADIUS} pixels")
    return float(value)
