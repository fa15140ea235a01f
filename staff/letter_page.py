"""The letter's page: where everything stands on an A4, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import segno
from fpdf import FPDF, Align, YPos
from fpdf.fonts import TTFFont

from staff.letter_errors import CharactersMissing, TextTooLong
from staff.letter_texts import LetterTexts


class _Letters(NamedTuple):
    weight: str
    points: float
    line: float  # mm, as is the next
    after: float = 0


class _Area(NamedTuple):
    """Part of the page, in mm. An A4 that is folded in two or in three has no crease in the QR code."""

    name: str
    top: float
    bottom: float
    left: float = 25
    width: float = 160


_FONTS = Path(__file__).parents[1] / "assets/fonts"
_FONT = "atkinson"
_BODY = _Letters("", 13, 6.2)
_BOLD = _BODY._replace(weight="B")
_HEADING = _Letters("B", 16, 8)
_TITLE = _Letters("B", 20, 8.6, after=2)
_FINE = _Letters("", 11, 5.2)
_WORD = _Letters("B", 18, 10)
_NUMBER, _PADDING, _GROUP = 7, 2, 16  # mm: a step's number, inside the box, four digits of the fingerprint
_COLUMNS, _ROWS = 3, 4

_INTRODUCTION = _Area("introduction", 15, 99.5)
_STEPS = _Area("steps", 103, 157, width=104)
_QR = _Area("qr", 103.5, 147.5, left=141, width=44)
_CODE = _Area("code", 160, 168)
_WORDS = _Area("words", 170, 214)
_ENDING = _Area("ending", 220, 254)
_CHECK = _Area("check", 262, 273)
_FINGERPRINT = _Area("fingerprint", 274, 280)


@contextmanager
def open_document(said: LetterTexts) -> Iterator[FPDF]:
    """An empty document with the fonts in it. Raises `CharactersMissing`."""
    pdf = FPDF(format="A4")
    for weight, name in (("", "400Regular"), ("B", "700Bold")):
        pdf.add_font(_FONT, weight, _FONTS / f"AtkinsonHyperlegibleNext_{name}.ttf")
    fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0
    pdf.set_lang(said.language)
    pdf.set_title(said.document)
    pdf.set_producer("")
    # To the day: a clock time would tell which letters were made together.
    pdf.set_creation_date(pdf.creation_date.replace(hour=0, minute=0, second=0, microsecond=0))
    try:
        _check_characters(said, {chr(code) for font in fonts for code in font.cmap} | {"\n"})
        yield pdf
    finally:
        for font in fonts:
            font.close()


def print_page(pdf: FPDF, said: LetterTexts, link: str, words: Sequence[str], check: str) -> None:
    """Add one letter. `check`: the root key's fingerprint. Raises `TextTooLong`."""
    pdf.add_page()
    _print_introduction(pdf, said)
    _print_steps(pdf, said)
    _print_qr(pdf, link)
    _print_words(pdf, said, words)
    _print_ending(pdf, said, check.split())


def _check_characters(said: LetterTexts, known: set[str]) -> None:
    if missing := set("".join(asdict(said).values())) - known:
        raise CharactersMissing("".join(sorted(missing)))


def _print_introduction(pdf: FPDF, said: LetterTexts) -> None:
    _flow(
        pdf,
        _INTRODUCTION,
        (_Letters("B", 14, 7, after=5), said.sender),
        (_BODY._replace(after=0.5), said.occasion),
        (_TITLE, said.title),
        (_BOLD._replace(after=4), said.until),
        (_BODY._replace(after=1.5), said.greeting),
        (_BODY._replace(after=2.5), said.request),
        (_BODY, said.promise),
    )


def _print_steps(pdf: FPDF, said: LetterTexts) -> None:
    top = _flow(pdf, _STEPS, (_HEADING._replace(after=1), said.how))
    steps = ((_BODY, said.scan), (_BOLD, said.address)), ((_BODY, said.type_code),), ((_BODY, said.answer),)
    for number, step in enumerate(steps, start=1):
        area = _STEPS._replace(top=top)
        _flow(pdf, area, (_BOLD, f"{number}."))
        top = _flow(pdf, area._replace(left=area.left + _NUMBER, width=area.width - _NUMBER), *step) + 1.6


def _print_qr(pdf: FPDF, link: str) -> None:
    """With error correction M; the quiet zone is white paper of at least four modules (ISO/IEC 18004)."""
    matrix = segno.make_qr(link, error="m", boost_error=False).matrix
    module = _QR.width / len(matrix)
    for row, line in enumerate(matrix):
        column = 0
        for dark, run in groupby(line):
            length = len(list(run))
            if dark:
                pdf.rect(
                    _QR.left + column * module, _QR.top + row * module, length * module, module, style="F"
                )
            column += length


def _print_words(pdf: FPDF, said: LetterTexts, words: Sequence[str]) -> None:
    _flow(pdf, _CODE, (_HEADING, said.code))
    height = _WORDS.bottom - _WORDS.top
    pdf.set_line_width(0.4)
    pdf.rect(_WORDS.left, _WORDS.top, _WORDS.width, height, round_corners=True, corner_radius=3)
    column, row = _WORDS.width / _COLUMNS, (height - 2 * _PADDING) / _ROWS
    for place, word in enumerate(words):
        down, across = divmod(place, _COLUMNS)
        pdf.set_xy(_WORDS.left + across * column, _WORDS.top + _PADDING + down * row)
        pdf.set_font(_FONT, _BODY.weight, _BODY.points)
        pdf.cell(_NUMBER + 4, row, str(place + 1), align=Align.R)
        pdf.set_font(_FONT, _WORD.weight, _WORD.points)
        pdf.set_x(pdf.x + 2.5)
        pdf.cell(column, row, word)


def _print_ending(pdf: FPDF, said: LetterTexts, groups: Sequence[str]) -> None:
    _flow(pdf, _ENDING, (_BODY._replace(after=3), said.spelling), (_BOLD, said.stuck), (_BODY, said.help))
    pdf.set_line_width(0.2)
    pdf.line(_CHECK.left, _CHECK.top - 3, _CHECK.left + _CHECK.width, _CHECK.top - 3)
    _flow(pdf, _CHECK, (_FINE, said.check))
    pdf.set_char_spacing(0.5)
    for place, group in enumerate(groups):
        pdf.set_xy(_FINGERPRINT.left + place * _GROUP, _FINGERPRINT.top)
        pdf.cell(_GROUP, _FINE.line, group)
    pdf.set_char_spacing(0)


def _flow(pdf: FPDF, area: _Area, *said: tuple[_Letters, str]) -> float:
    """Print paragraphs below each other; returns where they end."""
    end = pdf.y = area.top
    for letters, text in said:
        pdf.x = area.left
        pdf.set_font(_FONT, letters.weight, letters.points)
        pdf.multi_cell(area.width, letters.line, text, align=Align.L, new_y=YPos.NEXT)
        end = pdf.y
        pdf.y += letters.after
    if end > area.bottom:
        raise TextTooLong(area.name)
    return pdf.y
