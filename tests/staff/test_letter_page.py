"""The letter's page: what is read is large, what is scanned lies free, what does not fit is refused."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from protocol.codes import parse, to_words
from staff.letter import write_letters
from staff.letter_errors import CharactersMissing, TextTooLong
from staff.letter_texts import DUTCH, ENGLISH, LetterTexts
from tests.support.letter import CODES, LETTER
from tests.support.paper import DOTS_PER_MM, POINTS_PER_MM, picture, qr_box, qr_code, read

CREASES = (99, 148.5, 198)  # mm from the top: folded in three, in two


def around_qr(image: Image.Image) -> Image.Image:
    """The QR code's quiet zone, with the code itself wiped out."""
    left, top, right, bottom = qr_box(image)
    quiet = (right - left) // 10  # four modules, of which such a code has 41 or more
    wiped = image.copy()
    ImageDraw.Draw(wiped).rectangle((left, top, right, bottom), fill="white")
    return wiped.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))


def test_every_code_has_one_page_of_a4(pages):
    assert len(pages) == len(CODES)
    for page in pages:
        assert page.get_size() == pytest.approx((210 * POINTS_PER_MM, 297 * POINTS_PER_MM), abs=0.1)


def test_the_qr_code_is_large_lies_free_and_has_no_crease(pages):
    image = picture(pages[0])
    left, top, right, bottom = qr_box(image)

    assert min(right - left, bottom - top) >= 40 * DOTS_PER_MM
    assert not [crease for crease in CREASES if top <= crease * DOTS_PER_MM <= bottom]
    assert around_qr(image).getextrema() == (255, 255)


def test_large_letters_for_what_is_read_and_larger_ones_for_what_is_typed(pages):
    text = pages[0].get_textpage()

    def points(sentence: str) -> float:
        place, _ = text.search(sentence).get_next()
        size: float = pypdfium2.raw.FPDFText_GetFontSize(text, place)
        return size

    assert points("Hulp bij het huishouden") >= 20
    assert points("Niemand kan zien") >= 12
    assert points("Lukt het niet") >= 12
    assert min(points(word) for word in to_words(CODES[0])) >= 14


@pytest.mark.parametrize("texts", [DUTCH, ENGLISH])
def test_a_long_title_and_a_long_name_still_fit_on_the_page(texts: LetterTexts, tmp_path):
    long = {"municipality": "Gemeente Oud-Waterrijk aan den Dijk", "poll_title": "Wat vindt u " * 7}

    write_letters(tmp_path / "l.pdf", CODES[:1], **LETTER | long | {"texts": texts})

    with pypdfium2.PdfDocument(tmp_path / "l.pdf") as pages:
        assert len(pages) == 1
        image = picture(pages[0])
    assert parse(qr_code(image).text) == CODES[0]
    assert around_qr(image).getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"poll_title": "Wat vindt u " * 20}, "introduction"),
        ({"app_link": f"https://waterrijk.example/{'peiling' * 20}"}, "steps"),
    ],
)
def test_what_does_not_fit_is_refused_rather_than_cut(change: dict[str, str], part: str, tmp_path):
    with pytest.raises(TextTooLong) as refused:
        write_letters(tmp_path / "l.pdf", CODES, **LETTER | change)

    assert refused.value.part == part
    assert list(tmp_path.iterdir()) == []


def test_a_character_that_would_be_left_blank_is_named(tmp_path):
    with pytest.raises(CharactersMissing) as refused:
        write_letters(tmp_path / "l.pdf", CODES, **LETTER | {"poll_title": "Huis → bus 🚌"})

    assert refused.value.characters == "→🚌"


@pytest.mark.parametrize("name", ["Súdwest-Waterrijk", "Su\u0301dwest-Waterrijk"])
def test_an_accent_is_one_letter_however_it_was_typed(name: str, tmp_path):
    write_letters(tmp_path / "l.pdf", CODES[:1], **LETTER | {"municipality": name})

    with pypdfium2.PdfDocument(tmp_path / "l.pdf") as pages:
        assert read(pages[0]).startswith("Súdwest-Waterrijk")
