"""A picture stands beside words that say the same, and nothing in it can run."""

from __future__ import annotations

import flet as ft
import pytest

from protocol.poll_document import read_poll
from tests.support.desk import FakeDesk, card
from tests.support.polls import document, raw, transport
from tests.views.test_answering import opened

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'


def with_own(drawing: str) -> FakeDesk:
    own = {"buurthuis": {"svg": drawing, "alternative": {"nl": "Een huis met een vlag", "en": "A house"}}}
    data = document(pictures=own)
    data["questions"][0]["options"][0]["picture"] = "buurthuis"
    return FakeDesk([card(read_poll(raw(data)))])


async def test_the_apps_own_pictures_take_the_colour_of_the_text_and_are_silent():
    screen = await opened(FakeDesk([card(transport())]), "/polls/regiovervoer/questions/2")
    images = screen.all(ft.Image)
    named = ("doctor", "family", "shop", "talk")
    assert [image.src for image in images] == [f"pictures/{name}.svg" for name in named]
    assert all(image.color == ft.Colors.ON_SURFACE and image.exclude_from_semantics for image in images)


async def test_faces_stand_beside_their_words():
    screen = await opened(FakeDesk([card(transport())]), "/polls/regiovervoer/questions/3")
    assert [image.src for image in screen.all(ft.Image)] == [f"pictures/face-{n}.svg" for n in (2, 3, 4)]
    assert {"Bijna nooit", "Soms", "Bijna altijd"} <= set(screen.texts())


async def test_a_municipalitys_own_picture_is_said_in_the_residents_language():
    screen = await opened(with_own(f'{HEAD}<path d="M0 0h9"/></svg>'), "/polls/regiovervoer/questions/1")
    [image] = screen.all(ft.Image)
    assert image.semantics_label == "Een huis met een vlag"


@pytest.mark.parametrize(
    "drawing",
    [
        f"{HEAD}<script>alert(1)</script></svg>",
        f'{HEAD}<path onclick="x()"/></svg>',
        f"{HEAD}<image href='https://a.example'/></svg>",
    ],
)
async def test_a_drawing_in_which_something_could_run_is_left_out_and_the_words_stay(drawing):
    screen = await opened(with_own(drawing), "/polls/regiovervoer/questions/1")
    assert screen.all(ft.Image) == []
    assert "Elke week" in screen.texts()
