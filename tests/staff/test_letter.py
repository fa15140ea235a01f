"""A letter can be read, scanned and typed by anybody, and tells nobody whom it was for."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from protocol.codes import Code, parse, root_key_mark, to_words
from protocol.signing import fingerprint, new_signing_key
from staff.invitation import Invitation
from staff.letter import write_letters
from staff.letter_errors import AddressUnfit, CharactersMissing, NoInvitations, TextTooLong
from staff.letter_texts import DUTCH, ENGLISH, LetterTexts

CODES = (
    Code(bytes.fromhex("0123456789abcdef0123456789")),
    Code(bytes.fromhex("0fedcba9876543210fedcba987")),
)
ROOT_KEY = new_signing_key(bytes).public
LETTER: dict[str, Any] = {
    "municipality": "Gemeente Waterrijk",
    "root_key": ROOT_KEY,
    "app_link": "https://peilingen.waterrijk.example/",
    "poll_title": "Hulp bij het huishouden",
    "closes_on": date(2026, 10, 14),
    "texts": DUTCH,
}
DOTS_PER_MM = 4
POINTS_PER_MM = 72 / 25.4
CREASES = (99, 148.5, 198)  # mm from the top: folded in three, in two


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "letters.pdf"
    write_letters(path, CODES, **LETTER)
    return path


@pytest.fixture(scope="module")
def pages(letters: Path) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(letters)
    yield document
    document.close()


def printed(page: pypdfium2.PdfPage) -> Image.Image:
    return page.render(scale=DOTS_PER_MM / POINTS_PER_MM).to_pil().convert("L")


def read(page: pypdfium2.PdfPage) -> str:
    """The page's text, on one line."""
    return " ".join(page.get_textpage().get_text_bounded().split())


def scanned(image: Image.Image) -> zxingcpp.Barcode:
    [barcode] = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return barcode


def qr_box(image: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the QR code in dots, without the quiet zone."""
    corners = scanned(image).position
    return (
        corners.top_left.x - 1,
        corners.top_left.y - 1,
        corners.bottom_right.x + 1,
        corners.bottom_right.y + 1,
    )


def around_qr(image: Image.Image) -> Image.Image:
    """The QR code's quiet zone, with the code itself wiped out."""
    left, top, right, bottom = qr_box(image)
    quiet = (right - left) // 10  # four modules, of which such a code has 41 or more
    wiped = image.copy()
    ImageDraw.Draw(wiped).rectangle((left, top, right, bottom), fill="white")
    return wiped.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))


def box_of_words(said: str) -> str:
    return said.partition(DUTCH.code)[2].partition("U mag hoofdletters")[0]


def test_every_code_has_one_page_of_a4(pages):
    assert len(pages) == len(CODES)
    for page in pages:
        assert page.get_size() == pytest.approx((210 * POINTS_PER_MM, 297 * POINTS_PER_MM), abs=0.1)


def test_a_camera_reads_the_code_from_the_paper(pages):
    for page, code in zip(pages, CODES, strict=True):
        barcode = scanned(printed(page))

        assert barcode.text == Invitation(code, ROOT_KEY).link(LETTER["app_link"])
        assert parse(barcode.text) == code
        assert barcode.ec_level == "M"


def test_what_a_server_sees_of_a_link_is_the_same_for_everybody():
    links = [Invitation(code, ROOT_KEY).link("https://peilingen.waterrijk.example") for code in CODES]

    assert {link.partition("#")[0] for link in links} == {"https://peilingen.waterrijk.example/"}
    mark = fingerprint(ROOT_KEY).replace(" ", "")[:16]
    assert links[0].partition("#")[2] == "/join/" + "-".join(to_words(CODES[0])) + f".{mark}"


def test_the_link_names_the_root_key_that_the_letter_prints(pages):
    for page in pages:
        mark = root_key_mark(scanned(printed(page)).text)
        assert len(mark) == 16
        assert mark in read(page).replace(" ", "").replace("\n", "")


def test_the_qr_code_is_large_lies_free_and_has_no_crease(pages):
    image = printed(pages[0])
    left, top, right, bottom = qr_box(image)

    assert min(right - left, bottom - top) >= 40 * DOTS_PER_MM
    assert not [crease for crease in CREASES if top <= crease * DOTS_PER_MM <= bottom]
    assert around_qr(image).getextrema() == (255, 255)


def test_somebody_can_type_the_words_as_they_stand_with_numbers(pages):
    for page, code in zip(pages, CODES, strict=True):
        words = box_of_words(read(page))

        assert words.split() == [part for n, w in enumerate(to_words(code), 1) for part in (str(n), w)]
        assert parse(words) == code


def test_the_letter_says_who_asks_until_when_and_that_nobody_sees_who_answered(pages):
    said = read(pages[0])

    assert said.startswith("Gemeente Waterrijk Uitnodiging voor een peiling Hulp bij het huishouden")
    assert "U kunt meedoen tot en met 14 oktober 2026." in said
    assert "Meedoen is vrijwillig en anoniem." in said
    assert "Niemand kan zien welk antwoord van u is, ook de gemeente niet." in said
    assert "peilingen.waterrijk.example" in said
    assert "https" not in said
    assert "{" not in said


def test_the_municipality_s_key_can_be_compared_on_paper(pages):
    assert read(pages[0]).endswith(fingerprint(ROOT_KEY))


def test_two_letters_differ_in_nothing_but_the_code(pages):
    first, second = (read(page) for page in pages)
    assert first.replace(box_of_words(first), "") == second.replace(box_of_words(second), "")

    images = [printed(page) for page in pages]
    assert ImageChops.difference(*images).getbbox() is not None  # the control
    box, mm = qr_box(images[0]), DOTS_PER_MM
    for image in images:
        ImageDraw.Draw(image).rectangle(box, fill="white")
        ImageDraw.Draw(image).rectangle((26 * mm, 171 * mm, 184 * mm, 213 * mm), fill="white")
    assert ImageChops.difference(*images).getbbox() is None


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


def test_the_file_tells_its_title_and_language_and_no_place_or_time(letters, pages):
    raw, facts = letters.read_bytes(), pages.get_metadata_dict(skip_empty=True)

    assert b"/Lang (nl-NL)" in raw
    assert set(facts) == {"Title", "CreationDate"}
    assert facts["Title"] == "Uitnodiging: Hulp bij het huishouden"
    assert facts["CreationDate"].endswith("000000Z")
    assert str(Path(__file__).parents[2]).encode() not in raw


def test_the_fonts_travel_along_but_only_the_letters_that_are_used(letters):
    assert letters.read_bytes().count(b"/FontFile2") == 2
    assert len(letters.read_bytes()) < 60_000


def test_whoever_makes_the_letters_sees_how_far_it_is(tmp_path):
    seen: list[tuple[int, int]] = []

    write_letters(tmp_path / "l.pdf", CODES, **LETTER, on_progress=lambda *done: seen.append(done))

    assert seen == [(1, 2), (2, 2)]


def test_letters_are_for_their_owner_s_eyes(letters):
    assert stat.S_IMODE(letters.stat().st_mode) == 0o600


def test_when_printing_breaks_off_the_earlier_letters_are_still_there(tmp_path):
    path = tmp_path / "letters.pdf"
    path.write_bytes(b"earlier")

    def break_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_letters(path, CODES, **LETTER, on_progress=break_off)
    assert path.read_bytes() == b"earlier"

    write_letters(path, CODES, **LETTER)
    assert path.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("texts", [DUTCH, ENGLISH])
def test_a_long_title_and_a_long_name_still_fit_on_the_page(texts: LetterTexts, tmp_path):
    long = {"municipality": "Gemeente Oud-Waterrijk aan den Dijk", "poll_title": "Wat vindt u " * 7}

    write_letters(tmp_path / "l.pdf", CODES[:1], **LETTER | long | {"texts": texts})

    with pypdfium2.PdfDocument(tmp_path / "l.pdf") as pages:
        assert len(pages) == 1
        image = printed(pages[0])
    assert parse(scanned(image).text) == CODES[0]
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


@pytest.mark.parametrize(
    "address",
    [
        "",
        "waterrijk.example",
        "javascript:alert(1)",
        "https://",
        "https://[",
        "https://waterrijk.example/?from=letter",
        "https://waterrijk.example/#start",
        "https://waterrijk.example/een peiling",
        "=HYPERLINK(A1)",
    ],
)
def test_an_address_that_a_code_cannot_stand_behind_is_refused(address: str, tmp_path):
    with pytest.raises(AddressUnfit):
        write_letters(tmp_path / "l.pdf", CODES, **LETTER | {"app_link": address})

    assert list(tmp_path.iterdir()) == []


def test_without_codes_there_is_no_empty_page(tmp_path):
    with pytest.raises(NoInvitations):
        write_letters(tmp_path / "l.pdf", (), **LETTER)

    assert list(tmp_path.iterdir()) == []


def test_in_english_it_is_the_same_letter(tmp_path):
    write_letters(tmp_path / "l.pdf", CODES[:1], **LETTER | {"texts": ENGLISH})

    with pypdfium2.PdfDocument(tmp_path / "l.pdf") as pages:
        said = read(pages[0])
    assert "You can take part until the end of 14 October 2026." in said
    assert "Nobody can see which answer is yours, not even the municipality." in said
    assert b"/Lang (en-GB)" in (tmp_path / "l.pdf").read_bytes()
