"""One A4 for whoever decides: both sides as a picture, what they are, their contrast, what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fpdf import FPDF, Align, XPos, YPos
from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont
from PIL import Image

_FONTS = Path(__file__).parents[1] / "assets/fonts"
_FONT, _OTHER = "atkinson", "noto"
_LEFT, _WIDTH, _GAP = 15.0, 180.0, 8.0  # mm, as all below
_COLUMN = (_WIDTH - _GAP) / 2
_BOTTOM = 285.0
_PICTURES = 118.0
"""Height of the pictures at most."""
_TITLE, _HEADING, _BODY, _FINE = (18.0, 8.0), (12.5, 6.0), (10.0, 4.7), (9.0, 4.2)
"""Size in points, height of a line."""


@dataclass(frozen=True, slots=True)
class Column:
    """One side: what it is called, lines that say how it is read, its PNG, and what is found."""

    title: str
    about: Sequence[str]
    picture: bytes
    contrast: Sequence[str]
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """`more` is told where warnings do not fit; `{n}` is how many."""

    language: str
    title: str
    about: str
    contrast: str
    warnings: str
    none: str
    more: str
    foot: str


def make_sheet(columns: Sequence[Column], said: SheetTexts) -> bytes:
    """The PDF: always one page. What does not fit is counted, not squeezed in."""
    pdf = FPDF(format="A4")
    for weight, name in (("", "400Regular"), ("B", "700Bold")):
        pdf.add_font(_FONT, weight, _FONTS / f"AtkinsonHyperlegibleNext_{name}.ttf")
        pdf.add_font(_OTHER, weight, _FONTS / f"NotoSans_{name}.ttf")
    pdf.set_fallback_fonts([_OTHER])
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0
    pdf.set_lang(said.language)
    pdf.set_title(said.title)
    pdf.set_producer("")
    try:
        _draw(pdf, columns, said)
        return bytes(pdf.output())
    finally:
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.close()


def _draw(pdf: FPDF, columns: Sequence[Column], said: SheetTexts) -> None:
    pdf.add_page()
    pdf.set_xy(_LEFT, 13)
    _say(pdf, _LEFT, _WIDTH, said.title, _TITLE, "B")
    _say(pdf, _LEFT, _WIDTH, said.about, _BODY)
    top = pdf.y + 4
    places = [_LEFT + number * (_COLUMN + _GAP) for number in range(len(columns))]
    ends = []
    for left, column in zip(places, columns, strict=True):
        pdf.y = top
        _say(pdf, left, _COLUMN, column.title, _HEADING, "B")
        for line in column.about:
            _say(pdf, left, _COLUMN, line, _FINE)
        ends.append(pdf.y + 2)
    top = max(ends)
    ends = [_picture(pdf, left, top, column) for left, column in zip(places, columns, strict=True)]
    top = max(ends) + 4
    for left, column in zip(places, columns, strict=True):
        pdf.y = top
        _findings(pdf, left, column, said)
    pdf.y = _BOTTOM
    _say(pdf, _LEFT, _WIDTH, said.foot, _FINE)


def _picture(pdf: FPDF, left: float, top: float, column: Column) -> float:
    """Where it ends. It is as wide as the column, or as high as there is room for."""
    with Image.open(BytesIO(column.picture)) as image:
        wide, high = image.size
    width = min(_COLUMN, _PICTURES * wide / high)
    height = width * high / wide
    place = left + (_COLUMN - width) / 2
    pdf.image(BytesIO(column.picture), place, top, width, height, alt_text=column.title)
    pdf.set_draw_color(120)
    pdf.set_line_width(0.3)
    pdf.rect(place, top, width, height)
    return top + height


def _findings(pdf: FPDF, left: float, column: Column, said: SheetTexts) -> None:
    _say(pdf, left, _COLUMN, said.contrast, _HEADING, "B")
    for line in column.contrast:
        _say(pdf, left, _COLUMN, line, _FINE)
    pdf.y += 1.5
    _say(pdf, left, _COLUMN, said.warnings, _HEADING, "B")
    if not column.warnings:
        _say(pdf, left, _COLUMN, said.none, _FINE)
    for number, line in enumerate(column.warnings):
        left_over = len(column.warnings) - number
        room = _BOTTOM - 2 - pdf.y - (_FINE[1] if left_over > 1 else 0)
        if _height(pdf, line) > room:
            _say(pdf, left, _COLUMN, said.more.format(n=left_over), _FINE, "B")
            return
        _say(pdf, left, _COLUMN, f"• {line}", _FINE)


def _height(pdf: FPDF, line: str) -> float:
    pdf.set_font(_FONT, "", _FINE[0])
    height = pdf.multi_cell(_COLUMN, _FINE[1], f"• {line}", dry_run=True, output=MethodReturnValue.HEIGHT)
    return float(str(height))


def _say(
    pdf: FPDF, left: float, width: float, text: str, letters: tuple[float, float], weight: str = ""
) -> None:
    """A paragraph below the last one."""
    pdf.x = left
    pdf.set_font(_FONT, weight, letters[0])
    pdf.multi_cell(width, letters[1], text, align=Align.L, new_x=XPos.LEFT, new_y=YPos.NEXT)
