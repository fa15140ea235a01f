"""Every screen in every language; a poll that is in another language says so, and keeps its direction."""

from __future__ import annotations

from dataclasses import replace

import flet as ft
import pytest

from domain.texts import LANGUAGES, Texts
from i18n.wording import LANGUAGES as NAMES
from i18n.wording import Wording
from state.app_state import AppState
from tests.shots.__main__ import SCREENS
from tests.shots.stage import Scene, Stage
from tests.support.desk import FakeDesk, card, services
from tests.support.headless import Screen
from tests.support.polls import transport
from theming.default_style import DEFAULT
from views.routes import App


async def opened(desk: FakeDesk, route: str = "/polls", phone: str = "nl") -> Screen:
    screen = Screen()
    offered = services(desk)
    await screen.show(App, offered, AppState.restored(offered, phone, False), DEFAULT, route=route)
    return screen


async def shown(scene: Scene, language: str) -> Screen:
    stage, screen = Stage(), Screen()
    stage.set(scene, {"language": language})
    await screen.start(stage.main, scene.route)
    return screen


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["ar", "uk", "tr"])
async def test_every_screen_can_be_drawn_and_runs_as_its_language_does(language, name):
    screen = await shown(SCREENS[name], language)
    assert screen.texts()
    assert screen.page.rtl == (language == "ar")
    assert screen.page.locale_configuration.current_locale.language_code == language


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_screen_is_in_the_phones_own_language(language):
    screen = await opened(FakeDesk(kept={}), "/", phone=language)
    assert Wording(language).text("Continue") in screen.texts()


async def test_a_phone_in_a_language_that_the_app_does_not_speak_starts_in_dutch():
    screen = await opened(FakeDesk(kept={"language": "xx"}), "/", phone="fr")
    assert "Verder" in screen.texts()


async def test_dutch_and_english_are_one_tap_away_and_the_others_two_each_by_its_own_name():
    desk = FakeDesk(kept={})
    screen = await opened(desk, "/")
    assert [radio.value for radio in _radios(screen, "language")] == ["nl", "en"]
    await screen.choose("language", "en")
    assert "Continue" in screen.texts()

    names = next(text for text in screen.texts() if "Frysk" in text)
    assert all(NAMES[tag] in names for tag in LANGUAGES if tag not in ("nl", "en"))
    await screen.tap("more-languages")
    await screen.choose("other-language", "ar")
    assert Wording("ar").text("Continue") in screen.texts()
    assert desk.kept["language"] == "ar"
    assert screen.page.rtl


async def test_a_chosen_language_stays_among_the_first():
    screen = await opened(FakeDesk(kept={"welcomed": "yes", "language": "pl"}), "/settings")
    assert [radio.value for radio in _radios(screen, "language")] == ["nl", "en", "pl"]


async def test_settings_say_that_no_native_speaker_has_read_the_texts():
    for language in LANGUAGES:
        screen = await opened(FakeDesk(kept={"welcomed": "yes", "language": language}), "/settings")
        said = "No native speaker has read these texts yet. Is something wrong? Tell the municipality."
        assert Wording(language).text(said) in screen.texts()


async def test_a_poll_in_the_language_of_the_app_says_nothing_of_languages():
    desk = FakeDesk([card(transport())])
    for route in ("/polls", "/polls/regiovervoer", "/polls/regiovervoer/questions/1"):
        screen = await opened(desk, route)
        assert not any("in uw taal" in text for text in screen.texts())


@pytest.mark.parametrize(
    "route", ["/polls/regiovervoer", "/polls/regiovervoer/questions/1", "/polls/regiovervoer/check"]
)
async def test_a_poll_that_is_not_in_her_language_says_once_on_a_screen_in_which_it_is(route):
    desk = FakeDesk([card(transport())], kept={"welcomed": "yes", "language": "de"})
    screen = await opened(desk, route)
    said = "Diese Umfrage ist nicht in Ihrer Sprache. Sprache des Textes: Niederländisch."
    assert screen.texts().count(said) == 1


async def test_the_list_says_that_there_are_polls_in_another_language():
    only_english = replace(transport(), title=Texts({"en": "Travelling"}))
    screen = await opened(FakeDesk([card(only_english)]))
    assert "Niet elke peiling is er in uw taal." in screen.texts()


async def test_a_dutch_question_in_the_arabic_app_keeps_its_question_mark_at_its_end():
    desk = FakeDesk([card(transport())], kept={"welcomed": "yes", "language": "ar"})
    screen = await opened(desk, "/polls/regiovervoer/questions/1")
    title = next(s for s in screen.all(ft.Semantics) if s.heading_level == 1).content
    assert title.value.startswith("\u2068")
    assert title.value.endswith("?\u2069")


async def test_dutch_in_plain_words_falls_back_on_ordinary_words():
    plain = replace(transport(), title=Texts({"nl": "Reizen"}))
    screen = await opened(
        FakeDesk([card(plain)], kept={"welcomed": "yes", "plain": "yes"}), "/polls/regiovervoer"
    )
    assert "Reizen" in screen.texts()
    assert transport().introduction.get("nl", plain=True) in screen.texts()


def _radios(screen: Screen, key: str) -> list[ft.Radio]:
    return screen.all(ft.Radio, within=screen.key(key))
