"""Large letters: the phone's and the app's multiply, and no word of a heading may break."""

from __future__ import annotations

import flet as ft
import pytest

from domain.participation import Joined, Membership
from tests.support.desk import FakeDesk, card
from tests.support.headless import Screen
from tests.support.polls import transport
from tests.views.test_answering import opened

LARGE_ALREADY = "De letters van uw telefoon zijn al groot."


async def new_phone(scale: str = "100") -> Screen:
    kept = {"welcomed": "no", "scale": scale}
    return await opened(FakeDesk(membership=Joined(Membership.NONE), kept=kept), "/")


def said(screen: Screen) -> bool:
    return any(text.startswith(LARGE_ALREADY) for text in screen.texts())


async def test_the_first_screen_says_when_the_phones_own_letters_are_large_already():
    screen = await new_phone()
    assert not said(screen)
    await screen.letters(2.0)
    assert said(screen)
    await screen.letters(1.0)
    assert not said(screen)


async def test_letters_a_little_larger_are_not_called_large():
    screen = await new_phone()
    await screen.letters(1.15)
    assert not said(screen)


def heading_size(screen: Screen) -> float | None:
    [semantics] = [found for found in screen.all(ft.Semantics) if found.heading_level == 1]
    return screen.all(ft.Text, within=semantics)[0].size


@pytest.mark.parametrize(("scale", "phone"), [("100", 1.0), ("200", 1.0)])
async def test_a_heading_whose_words_fit_keeps_its_size(scale, phone):
    screen = await new_phone(scale)
    await screen.letters(phone)
    assert heading_size(screen) is None


async def test_a_heading_shrinks_to_its_longest_word_when_the_phone_and_the_app_both_enlarge():
    screen = await new_phone("200")
    await screen.letters(2.0)
    size = heading_size(screen)
    assert size is not None
    width = 412 - 32
    assert 2 * size * 6.31 <= width, "“Samenspraak” is 6.31 times as wide as its letters are high, in bold"
    assert 2 * size > 36, "and larger than the largest letters of the app alone"


async def test_the_header_is_as_large_on_every_screen_and_grows_no_further_than_one_row():
    sizes = set()
    for route in ("/polls", "/polls/regiovervoer", "/help", "/settings"):
        kept = {"welcomed": "yes", "scale": "200"}
        screen = await opened(FakeDesk([card(transport())], kept=kept), route)
        sizes |= {
            text.size
            for key in ("back", "to-settings", "to-help")
            for button in screen.all(ft.TextButton)
            if button.key == key
            for text in screen.all(ft.Text, within=button)
        }
    [size] = sizes
    assert 18 <= size <= 36
