"""Pieces of a house style's document, each read or refused with the place where it went wrong."""

from __future__ import annotations

import base64
import math
import re
from typing import Any

LARGEST_RADIUS = 28.0
LONGEST_TEXT = 500

_HEX = re.compile(r"#[0-9A-F]{6}", re.ASCII)


class StyleUnreadable(Exception):
    """A document that is no house style, or one that residents could not read."""


def table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise StyleUnreadable(f"{where}: not an object")
    return value


def listed(value: object, where: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise StyleUnreadable(f"{where}: not a list of at most {most}")
    return value


def text(table: dict[str, Any], key: str, longest: int = LONGEST_TEXT) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise StyleUnreadable(f"{key}: not a text of 1 to {longest} characters")
    return value


def colour(value: object, where: str) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise StyleUnreadable(f"{where}: not a colour as #RRGGBB")
    return value


def number(value: object, where: str, least: float, most: float, unit: str = "") -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise StyleUnreadable(f"{where}: not a number")
    if not least <= value <= most:
        raise StyleUnreadable(f"{where}: not from {least} to {most}{unit}")
    return float(value)


def octets(table: dict[str, Any], key: str, most: int) -> bytes:
    """Bytes in base64, at most `most` of them."""
    value = table.get(key)
    if not isinstance(value, str) or len(value) > (most + 2) // 3 * 4:
        raise StyleUnreadable(f"{key}: not base64 of at most {most} bytes")
    try:
        return base64.b64decode(value, validate=True)
    except ValueError as exc:
        raise StyleUnreadable(f"{key}: not base64") from exc
