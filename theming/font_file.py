"""A font file that a municipality may embed: whether it is one, what it is called, what its maker allows."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from fontTools.ttLib import TTFont, TTLibError

from theming.own_letters import LARGEST_FONT, STARTS, OwnFont
from theming.remarks import shown

NEEDED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;?!()%€'\"-éèëêïîöôüûáàâäúç"
TABLES = {"cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2"}
BOLD = 600  # OpenType, OS/2 usWeightClass: semi-bold and up

# OpenType, OS/2 fsType; bits 1 to 3 exclude each other.
RESTRICTED, PREVIEW, EDITABLE, BITMAP_ONLY = 0x2, 0x4, 0x8, 0x200


_MET_IN_TORN_FILES = (
    *(TTLibError, struct.error, AssertionError, LookupError, ValueError, ArithmeticError),
    *(TypeError, AttributeError, EOFError, MemoryError, RuntimeError),
)
"""What fontTools raises for what is no whole font; the last one for a table format that it does not read."""


class FontUnfit(Exception):
    """Not to be embedded; the reason is `damaged`, `kind`, `large` or `forbidden`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class FontFound:
    """The font; the needed letters it lacks; whether its maker limits embedding to documents."""

    font: OwnFont
    lacks: str
    limited: bool


def read_font(raw: bytes) -> FontFound:
    """Raises `FontUnfit`. The file itself is kept as it is: a licence seldom allows changing it."""
    if not raw.startswith(STARTS):
        raise FontUnfit("kind")
    if len(raw) > LARGEST_FONT:
        raise FontUnfit("large")
    try:
        with TTFont(io.BytesIO(raw), lazy=True) as font:
            return _read(font, raw)
    except _MET_IN_TORN_FILES as exc:
        raise FontUnfit("damaged") from exc


def _read(font: TTFont, raw: bytes) -> FontFound:
    if not set(font.keys()) >= TABLES or not {"glyf", "CFF ", "CFF2"} & set(font.keys()):
        raise FontUnfit("damaged")
    about = font["OS/2"]
    rights = int(about.fsType)
    if rights & 0xF == RESTRICTED or rights & BITMAP_ONLY:
        raise FontUnfit("forbidden")
    names = font["name"]
    family = names.getDebugName(16) or names.getDebugName(1)
    if not family or not family.strip():
        raise FontUnfit("damaged")
    there = font.getBestCmap() or {}
    lacks = "".join(letter for letter in NEEDED if ord(letter) not in there)
    bold = int(about.usWeightClass) >= BOLD
    found = OwnFont(shown(family.strip()), bold, raw)
    return FontFound(found, lacks, bool(rights & (PREVIEW | EDITABLE)))
