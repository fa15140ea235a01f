"""Every picture a poll may name is there, is drawn like the others, and is in the document."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from domain.errors import PollInvalid
from domain.pictures import FACES, PICTURES
from protocol.poll_document import read_poll
from tests.support.polls import document, raw
from theming.logo import is_plain_svg

ROOT = Path(__file__).parents[2]
FILES = {path.stem: path for path in (ROOT / "assets" / "pictures").glob("*.svg")}


def test_the_drawings_are_exactly_those_that_have_a_name():
    assert set(FILES) == PICTURES | {face for faces in FACES.values() for face in faces}


@pytest.mark.parametrize("name", FILES)
def test_a_drawing_has_one_line_weight_one_colour_and_nothing_that_runs(name):
    assert is_plain_svg(FILES[name].read_bytes().strip())
    drawing = ElementTree.fromstring(FILES[name].read_text("utf-8"))
    assert drawing.attrib.items() >= {"viewBox": "0 0 24 24", "stroke-width": "1.75", "fill": "none"}.items()
    inside = [part.attrib for part in drawing.iter() if part is not drawing]
    assert not any({"stroke-width", "stroke", "fill", "style"} & set(attributes) for attributes in inside)


def test_the_document_shows_every_name():
    page = (ROOT / "docs" / "pictures.md").read_text("utf-8")
    assert {name for name in PICTURES if f"pictures/{name}.svg) | `{name}` |" in page} == PICTURES


def test_a_picture_that_does_not_exist_is_named_with_its_place():
    data = document(picture="spaceship")
    data["questions"][0]["options"][1]["picture"] = "unicorn"
    with pytest.raises(PollInvalid) as refused:
        read_poll(raw(data))
    assert {(f.place, f.rule) for f in refused.value.faults} == {
        ("picture", "picture-unknown"),
        ("questions[hoe-vaak].options[maandelijks].picture", "picture-unknown"),
    }


def test_a_picture_of_the_municipality_needs_its_words_in_every_language():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'
    own = {"buurthuis": {"svg": svg, "alternative": {"nl": "Het buurthuis"}}}
    data = document(pictures=own)
    data["questions"][0]["options"][0]["picture"] = "buurthuis"
    with pytest.raises(PollInvalid) as refused:
        read_poll(raw(data))
    [fault] = refused.value.faults
    assert (fault.place, fault.rule) == ("pictures.buurthuis.alternative", "text-missing")
    own["buurthuis"]["alternative"]["en"] = "The community centre"
    picture = read_poll(raw(data)).questions[0].options[0].picture
    assert picture is not None
    assert picture.drawing == svg
