"""The page for a decision is one page, whatever there is to say."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from preview.sheet import Column, SheetTexts, make_sheet

SAID = SheetTexts(
    "nl",
    "Zo ziet de app eruit",
    "Peiling",
    "Contrast",
    "Om naar te kijken",
    "Niets.",
    "En nog {n}.",
    "Onderaan",
)


def png(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "#2A5DB0").save(file, "PNG")
    return file.getvalue()


def column(warnings: int, size: tuple[int, int] = (412, 860)) -> Column:
    said = [
        f"Waarschuwing {n}: de tekst is niet voor iedereen te lezen, en dat is jammer."
        for n in range(warnings)
    ]
    return Column("Links: Heuvelland", ("Scherm: Vraag 1",), png(*size), ("Licht: 46 paren.",), said)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("size", [(320, 640), (412, 860), (820, 1180), (1440, 900)])
@pytest.mark.parametrize("warnings", [0, 3, 200])
def test_it_is_one_page_with_both_sides(size, warnings):
    [text] = pages(make_sheet([column(warnings, size), column(0, size)], SAID))

    assert text.count("Links: Heuvelland") == 2
    assert text.count("Contrast") == 2
    assert "Onderaan" in text


def test_what_does_not_fit_is_counted():
    [text] = pages(make_sheet([column(200), column(0)], SAID))

    shown = text.count("Waarschuwing")
    assert 5 < shown < 60
    assert f"En nog {200 - shown}." in text


def test_what_fits_is_all_there():
    [text] = pages(make_sheet([column(3), column(0)], SAID))

    assert text.count("Waarschuwing") == 3
    assert "En nog" not in text
    assert "Niets." in text


def test_both_pictures_are_in_it():
    document = pypdfium2.PdfDocument(make_sheet([column(0), column(0)], SAID))
    try:
        assert sum(found.type == 3 for found in document[0].get_objects()) == 2  # FPDF_PAGEOBJ_IMAGE
    finally:
        document.close()


def test_a_name_in_other_letters_is_printed_as_well():
    strange = Column("Żółw і Їжак", (), png(10, 10), (), ())

    [text] = pages(make_sheet([strange, strange], SAID))

    assert "Żółw і Їжак" in text
