"""Before the first question: begin at once; who asks, why and who can see it stand below."""

from __future__ import annotations

import flet as ft
import pytest

from domain.participation import Standing
from tests.support.desk import FakeDesk, card
from tests.support.polls import every_kind, neighbourhood, transport
from tests.views.test_answering import opened

ABOUT = "Over deze peiling"


def order(screen: object, *keys: str) -> list[str]:
    """Of these keys and texts, those that are drawn, from top to bottom."""
    found = []
    for control in screen.all(ft.Control):
        found += [name for name in (str(control.key), getattr(control, "value", None)) if name in keys]
    return found


async def test_a_poll_that_was_begun_goes_on_right_below_its_title():
    desk = FakeDesk([card(transport(), Standing.STARTED)])
    screen = await opened(desk, "/polls/regiovervoer")
    assert order(screen, "Uw reis met het regiovervoer", "begin", ABOUT) == [
        "Uw reis met het regiovervoer",
        "begin",
        ABOUT,
    ]
    assert not [text for text in screen.all(ft.Text) if text.key == "shortest"]


async def test_a_new_poll_begins_after_one_short_paragraph_and_who_asks_is_told_below():
    screen = await opened(FakeDesk([card(transport())]), "/polls/regiovervoer")
    assert order(screen, "shortest", "begin", ABOUT, "Wie vraagt dit?", "Wie kan mijn antwoorden zien?") == [
        "shortest",
        "begin",
        ABOUT,
        "Wie vraagt dit?",
        "Wie kan mijn antwoorden zien?",
    ]
    assert screen.key("shortest").value == (
        "Ongeveer 3 minuten, 6 vragen. Niemand kan zien welke antwoorden van u zijn."
    )


@pytest.mark.parametrize("poll", [transport(), neighbourhood(), every_kind()], ids=lambda poll: poll.id)
async def test_it_announces_as_many_questions_as_the_questions_themselves_count(poll):
    desk = FakeDesk([card(poll)])
    screen = await opened(desk, f"/polls/{poll.id}")
    said = screen.key("shortest").value
    await screen.tap("begin")
    [counted] = [text for text in screen.texts() if text.startswith("Vraag 1 van ")]
    assert f", {counted.removeprefix('Vraag 1 van ')} vragen." in said


async def test_what_can_not_be_answered_offers_no_beginning():
    screen = await opened(FakeDesk([card(transport(), Standing.SENT)]), "/polls/regiovervoer")
    assert order(screen, "shortest", "begin", ABOUT) == [ABOUT]
