"""What is measured in a picture is what is drawn in it."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.access.ink import Picture, boxed_signs, changed, edge, signs
from tests.access.nodes import Node
from tests.shots.stage import ASSETS
from theming.contrast import ratio

FONT = ASSETS / "fonts" / "AtkinsonHyperlegibleNext_400Regular.ttf"
GAP = 6.4  # pixels: two dots for each of the 3.2 that part two words at 100 %


def drawn(text: str, colour: str, background: str = "#FFFFFF") -> np.ndarray:
    image = Image.new("RGB", (400, 60 + 50 * text.count("\n")), background)
    ImageDraw.Draw(image).text((10, 8), text, fill=colour, font=ImageFont.truetype(FONT, 36))
    return np.asarray(image)


def node(**place: float) -> Node:
    places = {"left": 40, "top": 40, "width": 200, "height": 60, **place}
    return Node(-1, "radio", 0, "Ja", **places, pressed=True, scrolls=0, sideways=0, states=())


@pytest.mark.parametrize(
    ("colour", "background"),
    [("#000000", "#FFFFFF"), ("#CCCCCC", "#FFFFFF"), ("#767676", "#FFFFFF"), ("#8AD2DF", "#101415")],
)
def test_a_text_has_the_contrast_of_its_colour_though_its_edges_are_blurred(colour, background):
    found = signs(drawn("Waar gaat u heen?", colour, background), GAP)

    assert {sign.contrast for sign in found} == {ratio(colour, background)}


@pytest.mark.parametrize(
    "text", ["Waar gaat u dan naartoe?", "Club, koor of\ndagbesteding", "80 jaar of ouder"]
)
def test_each_word_is_one_sign(text):
    assert len(signs(drawn(text, "#000000"), GAP)) == len(text.split())


def test_a_broken_word_is_two_and_nothing_drawn_is_none():
    assert len(signs(drawn("zieken\nhuis", "#000000"), GAP)) == 2
    assert signs(drawn("", "#000000"), GAP) == []


def test_one_pale_word_among_black_ones_is_seen():
    picture = drawn("Waar", "#000000").copy()
    picture[:, 200:] = drawn("heen", "#CCCCCC")[:, :200]

    assert min(sign.contrast for sign in signs(picture, GAP)) == ratio("#CCCCCC", "#FFFFFF")


@pytest.mark.parametrize(("top", "left"), [(12, 45), (60, 10)])
def test_the_box_of_an_answer_is_no_part_of_a_word_that_stands_near_it_or_above_it(top, left):
    image = Image.new("RGB", (400, 120), "#FFFFFF")
    pen = ImageDraw.Draw(image)
    pen.rectangle((10, top, 41, top + 31), outline="#000000", width=3)
    pen.text((left, 8), "Nee hoor", fill="#000000", font=ImageFont.truetype(FONT, 36))

    box, *words = boxed_signs(np.asarray(image), GAP, from_the_right=False, least=28)

    assert (box.left, box.top, box.width) == (10, top, 32)
    assert len(words) == 2


def test_an_edge_and_a_change_are_measured():
    image = Image.new("RGB", (300, 140), "#FFFFFF")
    plain = picture_of(image)
    ImageDraw.Draw(image).rectangle((40, 40, 240, 100), outline="#61777E", width=2)
    framed = picture_of(image)

    assert edge(framed, node()) == ratio("#61777E", "#FFFFFF")
    assert edge(plain, node()) == 1.0
    assert changed(plain, framed, 3.0) == pytest.approx(2 * 2 * (200 + 60), rel=0.02)
    assert changed(plain, framed, 6.0) == 0


def picture_of(image: Image.Image) -> Picture:
    kept = BytesIO()
    image.save(kept, "PNG")
    return Picture.of(kept.getvalue(), 1)
