"""Fonts that a municipality has a licence to embed, as they travel in its house style."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from theming.reading import StyleUnreadable, listed, octets, table, text

LARGEST_FONT = 400_000  # bytes of a file
LARGEST_FONTS = 1_000_000  # bytes together; every phone fetches and keeps them
MOST_FONTS = 4  # regular and bold, for text and for headings
STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")  # TrueType and OpenType; Flutter reads no WOFF


@dataclass(frozen=True, slots=True)
class OwnFont:
    """One file: the regular or the bold of a family."""

    family: str
    bold: bool
    data: bytes

    @property
    def name(self) -> str:
        """As Flet knows it: one family name is one file."""
        return f"{self.family} Bold" if self.bold else self.family


def fonts_document(fonts: tuple[OwnFont, ...]) -> list[dict[str, Any]]:
    return [
        {"family": font.family, "bold": font.bold, "data": base64.b64encode(font.data).decode()}
        for font in fonts
    ]


def fonts_from(document: object) -> tuple[OwnFont, ...]:
    """Raises `StyleUnreadable`."""
    found = []
    for item in listed(document, "fonts", MOST_FONTS):
        top = table(item, "fonts")
        data = octets(top, "data", LARGEST_FONT)
        if not isinstance(top.get("bold"), bool) or not data.startswith(STARTS):
            raise StyleUnreadable("fonts: not a font file")
        found.append(OwnFont(text(top, "family", 100), top["bold"], data))
    if sum(len(font.data) for font in found) > LARGEST_FONTS:
        raise StyleUnreadable(f"fonts: more than {LARGEST_FONTS} bytes")
    return tuple(found)
