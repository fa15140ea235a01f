"""Joining with a letter: its link fills in the code, and says whether the letter belongs to this app."""

from __future__ import annotations

import flet as ft
import pytest

from domain.participation import Joined, Membership
from tests.support.desk import FakeDesk
from tests.support.headless import Screen
from tests.views.test_answering import opened

FOREIGN = "Gebruik deze brief niet: hij hoort niet bij deze app."


async def test_the_link_of_a_letter_shows_its_words_only_and_is_checked_whole():
    desk = FakeDesk(membership=Joined(Membership.NONE))
    screen = await opened(desk, "/join/fiets-boom-maan.9F3A61C20000ABCD")
    assert screen.key("code").value == "fiets boom maan"
    await screen.tap("join")
    assert desk.joined_with == ["fiets boom maan.9F3A61C20000ABCD"]


async def test_a_letter_that_belongs_to_another_app_is_refused_with_what_to_do():
    desk = FakeDesk(membership=Joined(Membership.NONE))
    screen = await opened(desk, "/join/fiets-boom-maan.FFFFFFFFFFFFFFFF")
    await screen.tap("join")
    [said] = [text for text in screen.texts() if text.startswith(FOREIGN)]
    assert said.endswith("Zeg: storing 19.")
    assert "nummer dat u al kent" in said
    assert desk.joined_with == []


async def test_a_code_that_was_refused_beside_a_good_one_is_told_here_too():
    desk = FakeDesk(membership=Joined(Membership.INVITED, "code-used"))
    screen = await opened(desk, "/join")
    assert any(text.startswith("Deze code is al gebruikt") for text in screen.texts())


async def typing(text: str) -> tuple[FakeDesk, Screen]:
    desk = FakeDesk(membership=Joined(Membership.NONE))
    screen = await opened(desk, "/join")
    await screen.type("code", text)
    await screen.tap("join")
    return desk, screen


async def test_every_word_that_does_not_exist_is_named_at_once():
    _, screen = await typing("een fits drie bom qqq")
    assert screen.key("problem").value == (
        "Woord 2 kennen we niet: “fits”. Bedoelt u fiets?\n"
        "Woord 4 kennen we niet: “bom”. Bedoelt u boom / bomen?\n"
        "Woord 5 kennen we niet: “qqq”. Kijk nog eens in uw brief."
    )


async def test_a_suggestion_is_a_button_that_puts_the_word_in_the_code():
    desk, screen = await typing("een fits drie bom")
    await screen.tap("put-4-bomen")
    assert screen.key("code").value == "een fits drie bomen"
    assert screen.key("problem").value == "Woord 2 kennen we niet: “fits”. Bedoelt u fiets?"
    await screen.tap("put-2-fiets")
    assert screen.key("code").value == "een fiets drie bomen"
    assert not [text for text in screen.all(ft.Text) if text.key == "problem"]
    await screen.tap("join")
    assert desk.joined_with == ["een fiets drie bomen"]


async def test_what_is_wrong_stands_between_the_name_of_the_field_and_the_field():
    _, screen = await typing("een twee fits")
    drawn = [str(getattr(control, "value", "")) for control in screen.all((ft.Text, ft.TextField))]
    [said] = [text for text in drawn if text.startswith("Woord 3")]
    assert drawn.index("Uw code") < drawn.index(said) < drawn.index("een twee fits")


async def test_the_same_mistake_twice_is_told_and_brought_into_view_twice():
    shown = []
    screen = Screen(replies={"scroll_to": lambda asked: shown.append(asked["scroll_key"])})
    await opened(FakeDesk(membership=Joined(Membership.NONE)), "/join", screen)
    await screen.type("code", "een twee fits")
    await screen.tap("join")
    await screen.tap("join")
    assert shown == ["code-place", "code-place"]


async def test_a_code_is_used_as_it_stands_when_the_button_is_pressed_however_slow_the_phone():
    desk, screen = await typing("een twee fits")
    await screen.type_and_tap("code", "fiets-boom-maan", "join")
    assert desk.joined_with == ["fiets-boom-maan"]
    assert screen.route == "/polls"


@pytest.mark.parametrize("refused", [False, True])
async def test_a_refused_code_is_not_followed_by_everything_is_up_to_date(refused):
    joined = Joined(Membership.REFUSED, "code-used") if refused else Joined(Membership.OPEN)
    screen = await opened(FakeDesk(membership=joined))
    assert any(text.startswith("Alles is bijgewerkt") for text in screen.texts()) is not refused


@pytest.mark.parametrize(("route", "then"), [("/", "/"), ("/polls", "/polls"), ("/join", "/polls")])
async def test_the_polls_take_the_place_of_this_screen_where_they_can(route, then):
    """Drawn at one address and at once at another, they would lose what is pressed in between."""
    screen = await opened(FakeDesk(membership=Joined(Membership.NONE)), route)
    await screen.tap("join-open")
    assert "Peilingen van Gemeente Waterrijk" in screen.texts()
    assert screen.route == then
