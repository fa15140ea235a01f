"""One side is the app itself: every screen can be asked for, in any order, and no answer is lost."""

from __future__ import annotations

import pytest

from preview.stage import Stage
from tests.preview.conftest import BLUE, write_style
from tests.support.headless import Screen


@pytest.fixture
async def phone(stage: Stage) -> Screen:
    found = Screen(web=True)
    await found.start(stage.sides["left"].main, "/polls/regiovervoer")
    return found


async def show(stage: Stage, phone: Screen, **asked: object) -> None:
    await stage.change({"left": asked})
    await phone.settle()


async def test_every_screen_comes_when_it_is_asked_for_and_shows_what_it_should(stage, phone):
    seen = {}
    for wanted in stage.sides["left"].screens:
        await show(stage, phone, screen=wanted.id)
        assert phone.route == wanted.route
        seen[wanted.id] = " ".join(phone.texts())

    assert len(set(seen.values())) >= len(seen) - 1, "only `missed` begins as a question does"
    assert "Geen antwoord" not in seen["check"]
    assert "bewaard" in seen["saved"]
    assert "verstuurd" in seen["sent"].lower()
    assert "Wat mensen zeiden" in seen["result"]
    assert "Uw telefoon is vol" in seen["trouble"]


async def test_the_screens_may_come_in_any_order(stage, phone):
    for wanted in (
        "result",
        "welcome",
        "check",
        "trouble",
        "question-2",
        "join",
        "sent",
        "settings",
        "introduction",
    ):
        await show(stage, phone, screen=wanted)
        found = next(one for one in stage.sides["left"].screens if one.id == wanted)
        assert phone.route == found.route, wanted
    assert "Beginnen" in phone.texts()


async def test_an_answer_that_staff_gave_stays_when_style_colours_letters_or_language_change(stage, phone):
    await show(stage, phone, screen="question-1")
    form = stage.sides["left"].visitors[0].app.form("regiovervoer")
    form.choose(form.step(1), "nooit")

    style = list(stage.sources.styles)[1]
    for asked in ({"style": style}, {"dark": True}, {"letters": 320}, {"language": "en"}, {"contrast": True}):
        await show(stage, phone, **asked)

    kept = stage.sides["left"].visitors[0].app.form("regiovervoer")
    assert kept.answer(kept.step(1)).options == ("nooit",)
    assert "Next" in phone.texts()
    assert phone.page.theme.color_scheme.primary


async def test_who_begins_by_pressing_the_buttons_keeps_her_own_answers_too(stage, phone):
    await phone.tap("begin")
    form = stage.sides["left"].visitors[0].app.form("regiovervoer")
    form.choose(form.step(1), "nooit")
    stage.at("left", phone.route)

    await show(stage, phone, dark=True, letters=150)

    kept = stage.sides["left"].visitors[0].app.form("regiovervoer")
    assert {id: answer.options for id, answer in kept.answers.items()} == {"hoe-vaak": ("nooit",)}
    assert phone.route.endswith("/questions/1")


async def test_what_was_sent_by_pressing_the_button_makes_place_for_a_new_phone(stage, phone):
    await show(stage, phone, screen="check")
    await phone.tap("send")
    assert phone.route.endswith("/sent")
    stage.at("left", phone.route)

    await show(stage, phone, screen="question-1")

    assert "Hoe vaak reist u met het regiovervoer?" in phone.texts()
    assert phone.route.endswith("/questions/1")


async def test_where_staff_went_in_the_app_is_the_screen_of_the_picture(stage, phone):
    stage.at("left", "/polls/regiovervoer/questions/3")
    assert stage.sides["left"].wants.screen == "question-3"

    stage.at("left", "/nergens")
    assert stage.sides["left"].wants.screen == "question-3"


async def test_a_style_that_changes_on_the_disk_is_worn_at_once(stage, phone, styles):
    before = phone.page.theme.color_scheme.primary

    write_style(styles[0], "Nieuwland", BLUE)
    stage.sources.refresh()
    await stage.sides["left"].refresh()
    await phone.settle()

    assert phone.page.theme.color_scheme.primary != before
    assert "Nieuwland" in phone.texts()


async def test_each_side_has_its_own_phone(stage, phone):
    await show(stage, phone, screen="check")

    assert stage.sides["right"].wants.screen == "introduction"
    assert stage.sides["right"].visitors == []
