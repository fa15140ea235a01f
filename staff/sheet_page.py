"""Sheets with keys to print (herstelblad): where everything stands on an A4, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import segno
from fpdf import FPDF, Align, YPos
from fpdf.fonts import TTFFont

from staff.keyring import write_privately
from staff.letter_errors import CharactersMissing, TextTooLong


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One A4. `words` and `scan` (the same as a QR code) are empty on a page of explanation."""

    title: str
    above: tuple[str, ...]
    foot: str
    words: tuple[str, ...] = ()
    scan: str = ""
    beside: tuple[str, ...] = ()


_FONTS = Path(__file__).parents[1] / "assets/fonts"
_FONT = "atkinson"
_LEFT, _WIDTH, _TOP = 20, 170, 18
_COLUMNS, _ROW, _PADDING, _NUMBER = 3, 7.6, 3, 10
_WORDS_TOP, _QR_TOP, _QR, _BESIDE = 108, 211, 48, 76
_FOOT, _LAST = 284, 278


def write_sheets(path: Path, pages: Sequence[SheetPage], language: str) -> None:
    """Write a PDF that only its owner can read. Raises `LetterError` for what cannot be printed."""
    with ExitStack() as stack:
        pdf = FPDF(format="A4")
        for weight, name in (("", "400Regular"), ("B", "700Bold")):
            pdf.add_font(_FONT, weight, _FONTS / f"AtkinsonHyperlegibleNext_{name}.ttf")
        fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
        for font in fonts:
            stack.callback(font.close)
        _check_characters(pages, {chr(code) for font in fonts for code in font.cmap})
        pdf.set_auto_page_break(False)
        pdf.c_margin = 0
        pdf.set_lang(language)
        pdf.set_title(pages[0].title)
        pdf.set_producer("")
        for page in pages:
            _print(pdf, page)
        write_privately(path, bytes(pdf.output()))


def _check_characters(pages: Sequence[SheetPage], known: set[str]) -> None:
    said = "".join(line for page in pages for line in (page.title, page.foot, *page.above, *page.beside))
    if missing := set(said) - known - {"\n"}:
        raise CharactersMissing("".join(sorted(missing)))


def _print(pdf: FPDF, page: SheetPage) -> None:
    pdf.add_page()
    _paragraphs(pdf, (_LEFT, _TOP, _WIDTH), (page.title,), "B", 18)
    end = _WORDS_TOP if page.words else _LAST
    _paragraphs(pdf, (_LEFT, pdf.y + 2, _WIDTH), page.above, "", 12, end)
    if page.words:
        _print_words(pdf, page.words)
        _print_qr(pdf, page.scan)
        _paragraphs(pdf, (_BESIDE, _QR_TOP, _LEFT + _WIDTH - _BESIDE), page.beside, "", 11, _LAST)
    _paragraphs(pdf, (_LEFT, _FOOT, _WIDTH), (page.foot,), "", 10)


def _paragraphs(
    pdf: FPDF,
    at: tuple[float, float, float],
    said: Sequence[str],
    weight: str,
    points: float,
    bottom: float = 297,
) -> None:
    """Below each other from left and top, in a width. Raises `TextTooLong`."""
    left, pdf.y, width = at
    pdf.set_font(_FONT, weight, points)
    for text in said:
        pdf.x = left
        pdf.multi_cell(width, points * 0.45, text, align=Align.L, new_y=YPos.NEXT)
        if pdf.y > bottom:
            raise TextTooLong("sheet")
        pdf.y += 2


def _print_words(pdf: FPDF, words: Sequence[str]) -> None:
    """Down each column, with a number before each word."""
    rows = -(-len(words) // _COLUMNS)
    pdf.set_line_width(0.4)
    pdf.rect(_LEFT, _WORDS_TOP, _WIDTH, rows * _ROW + 2 * _PADDING, round_corners=True, corner_radius=3)
    for place, word in enumerate(words):
        column, row = divmod(place, rows)
        pdf.set_xy(_LEFT + _PADDING + column * _WIDTH / _COLUMNS, _WORDS_TOP + _PADDING + row * _ROW)
        pdf.set_font(_FONT, "", 11)
        pdf.cell(_NUMBER, _ROW, str(place + 1), align=Align.R)
        pdf.set_font(_FONT, "B", 15)
        pdf.set_x(pdf.x + 2.5)
        pdf.cell(_NUMBER, _ROW, word)


def _print_qr(pdf: FPDF, content: str) -> None:
    """With error correction M; around it is white paper (ISO/IEC 18004)."""
    matrix = segno.make_qr(content, error="m", boost_error=False).matrix
    module = _QR / len(matrix)
    for row, line in enumerate(matrix):
        column = 0
        for dark, run in groupby(line):
            length = len(list(run))
            if dark:
                pdf.rect(_LEFT + column * module, _QR_TOP + row * module, length * module, module, style="F")
            column += length
