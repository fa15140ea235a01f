"""A letter can be read, scanned and typed by anybody, and tells nobody whom it was for."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import ImageChops, ImageDraw

from protocol.codes import parse, root_key_mark, to_words
from protocol.signing import fingerprint
from staff.invitation import Invitation
from staff.letter import write_letters
from staff.letter_errors import AddressUnfit
from staff.letter_texts import DUTCH, ENGLISH
from tests.support.letter import CODES, LETTER, ROOT_KEY
from tests.support.paper import DOTS_PER_MM, picture, qr_box, qr_code, read


def box_of_words(said: str) -> str:
    return said.partition(DUTCH.code)[2].partition("U mag hoofdletters")[0]


def test_a_camera_reads_the_code_from_the_paper(pages):
    for page, code in zip(pages, CODES, strict=True):
        barcode = qr_code(picture(page))

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
        mark = root_key_mark(qr_code(picture(page)).text)
        assert len(mark) == 16
        assert mark in read(page).replace(" ", "").replace("\n", "")


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

    images = [picture(page) for page in pages]
    assert ImageChops.difference(*images).getbbox() is not None  # the control
    box, mm = qr_box(images[0]), DOTS_PER_MM
    for image in images:
        ImageDraw.Draw(image).rectangle(box, fill="white")
        ImageDraw.Draw(image).rectangle((26 * mm, 171 * mm, 184 * mm, 213 * mm), fill="white")
    assert ImageChops.difference(*images).getbbox() is None


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


def test_in_english_it_is_the_same_letter(tmp_path):
    write_letters(tmp_path / "l.pdf", CODES[:1], **LETTER | {"texts": ENGLISH})

    with pypdfium2.PdfDocument(tmp_path / "l.pdf") as pages:
        said = read(pages[0])
    assert "You can take part until the end of 14 October 2026." in said
    assert "Nobody can see which answer is yours, not even the municipality." in said
    assert b"/Lang (en-GB)" in (tmp_path / "l.pdf").read_bytes()
