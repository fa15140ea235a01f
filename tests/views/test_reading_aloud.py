"""Hearing a screen: only who asked for it, and only what is there to be heard."""

from __future__ import annotations

import asyncio

import pytest
from flet_audio import Audio, AudioState

from domain.participation import Voice
from tests.support.desk import FakeDesk, card
from tests.support.headless import Screen
from tests.support.polls import transport
from tests.views.test_answering import opened

SOUND = b"\xff\xfb" + bytes(100)
HEARD = "regiovervoer/nl/hoe-vaak"
QUESTION = "/polls/regiovervoer/questions/1"


def desk(voice: Voice | None = None, **kept: str) -> FakeDesk:
    return FakeDesk(
        [card(transport())],
        kept={"welcomed": "yes", "read-aloud": "yes", **kept},
        voices={HEARD: voice} if voice else {},
    )


def player(screen: Screen) -> Audio:
    [found] = [s for s in screen.page._services._services if isinstance(s, Audio)]
    return found


async def press(screen: Screen) -> tuple[asyncio.Task[None], Audio]:
    """The press, which lasts until the sound is loaded, and what loads it."""
    pressed = asyncio.create_task(screen.tap("read-aloud"))
    await screen.until(lambda: any(isinstance(s, Audio) for s in screen.page._services._services))
    return pressed, player(screen)


async def begin(screen: Screen) -> None:
    pressed, loading = await press(screen)
    await screen.happen(loading, "loaded")
    await pressed


async def test_who_did_not_ask_for_it_sees_nothing_of_it():
    screen = await opened(desk(Voice(SOUND), **{"read-aloud": "no"}), QUESTION)
    assert "Lees voor" not in screen.texts()


async def test_a_question_is_heard_stopped_and_heard_again_from_the_beginning():
    calls: list[str] = []
    replies = {name: lambda _args, name=name: calls.append(name) for name in ("play", "pause", "release")}
    screen = await opened(desk(Voice(SOUND)), QUESTION, Screen(replies=replies))
    await begin(screen)
    assert player(screen).src == SOUND
    await screen.happen(player(screen), "state_change", {"state": AudioState.PLAYING.value})
    assert {"Stop met voorlezen", "Vanaf het begin"} <= set(screen.texts())
    await screen.tap("read-again")
    await screen.tap("read-aloud")
    assert "Lees voor" in screen.texts()
    assert calls == ["play", "play", "pause"]


async def test_what_plays_stops_when_the_screen_is_left():
    calls: list[str] = []
    replies = {name: lambda _args, name=name: calls.append(name) for name in ("play", "pause", "release")}
    screen = await opened(desk(Voice(SOUND)), QUESTION, Screen(replies=replies))
    await begin(screen)
    await screen.go("/polls")
    assert calls == ["play", "release"]


async def test_what_was_still_loading_when_she_left_does_not_begin():
    calls: list[str] = []
    replies = {"play": lambda _args: calls.append("play")}
    screen = await opened(desk(Voice(SOUND)), QUESTION, Screen(replies=replies))
    pressed, loading = await press(screen)
    await screen.go("/polls")
    await screen.happen(loading, "loaded")
    await pressed
    assert calls == []


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (Voice(coming=True), "Voorlezen kan nog niet. Dat komt vanzelf als er internet is."),
        (Voice(), "Voorlezen kan hier niet in deze taal."),
    ],
)
async def test_where_there_is_no_sound_she_reads_why(voice, said):
    screen = await opened(desk(voice), QUESTION)
    assert said in screen.texts()


async def test_asking_for_it_on_the_first_screen_fetches_the_voices_at_once_and_is_remembered():
    fresh = FakeDesk([card(transport())], kept={"welcomed": "no"})
    screen = await opened(fresh, "/")
    await screen.choose("read-aloud", "yes")
    assert fresh.kept["read-aloud"] == "yes"
