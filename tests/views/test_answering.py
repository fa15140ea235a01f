"""A resident answers: without Flutter, on the real screens."""

from __future__ import annotations

from decimal import Decimal

import flet as ft
import pytest

from domain.answers import Chosen, Declined, Declining, Figure, Rated, Written
from state.app_state import AppState
from tests.support.desk import FakeDesk, card, services
from tests.support.headless import Screen
from tests.support.polls import every_kind, transport
from theming.default_style import DEFAULT
from views.routes import App


async def opened(desk: FakeDesk, route: str = "/polls", screen: Screen | None = None) -> Screen:
    screen = screen or Screen()
    offered = services(desk)
    await screen.show(App, offered, AppState.restored(offered, "nl", False), DEFAULT, route=route)
    return screen


async def test_a_whole_poll_is_answered_checked_and_saved():
    desk = FakeDesk([card(transport())])
    screen = await opened(desk)
    await screen.tap("poll-regiovervoer")
    await screen.tap("begin")
    assert "Vraag 1 van 6" in screen.texts()
    await screen.choose("answer", "wekelijks")
    await screen.tap("next")
    await screen.choose("answer-arts")
    await screen.choose("answer-familie")
    await screen.tap("next")
    await screen.choose("answer", "goed")
    await screen.tap("next")
    await screen.choose("answer", "8")
    await screen.tap("next")
    await screen.choose("answer", "80-plus")
    await screen.tap("next")
    await screen.type("answer", "Bel even als het later wordt.")
    await screen.tap("next")
    assert "Elke week" in screen.texts()
    await screen.tap("send")
    assert screen.route == "/polls/regiovervoer/sent"
    assert "Bewaard op uw telefoon, nog niet verstuurd." in screen.texts()
    assert desk.sent["regiovervoer"] == {
        "hoe-vaak": Chosen(("wekelijks",)),
        "waarheen": Chosen(("arts", "familie")),
        "op-tijd": Chosen(("goed",)),
        "cijfer": Figure(Decimal(8)),
        "leeftijd": Chosen(("80-plus",)),
        "wens": Written("Bel even als het later wordt."),
    }


async def test_every_kind_of_question_can_be_answered():
    desk = FakeDesk([card(every_kind())])
    screen = await opened(desk, "/polls/alle-soorten/questions/1")
    await screen.choose("answer", "rood")
    await screen.tap("next")
    await screen.choose("answer-appel")
    await screen.tap("next")
    await screen.choose("answer", "wel")
    await screen.tap("next")
    await screen.choose("answer", "goed")
    await screen.tap("next")
    await screen.choose("answer", "7")
    await screen.tap("next")
    await screen.type("answer", "12")
    await screen.tap("next")
    await screen.tap("down-groen")
    await screen.tap("next")
    await screen.choose("answer", "ja")
    await screen.tap("next")
    await screen.choose("answer", "dont-know")
    await screen.tap("next")
    await screen.tap("next")
    await screen.tap("send")
    assert desk.sent["alle-soorten"] == {
        "een": Chosen(("rood",)),
        "meer": Chosen(("appel",)),
        "eens": Chosen(("wel",)),
        "gezicht": Chosen(("goed",)),
        "cijfer": Figure(Decimal(7)),
        "getal": Figure(Decimal(12)),
        "volgorde": Chosen(("licht", "groen", "rust")),
        "stellingen": Rated({"schoon": "ja", "veilig": "dont-know"}),
    }


async def test_a_skipped_required_question_is_named_where_it_stands():
    desk = FakeDesk([card(transport())])
    screen = await opened(desk, "/polls/regiovervoer/questions/1")
    await screen.tap("next")
    assert "Geef eerst een antwoord. Daarna kunt u verder." in screen.texts()
    assert screen.route == "/polls/regiovervoer/questions/1"


@pytest.mark.parametrize("number", [1, 6])  # chosen, typed
async def test_what_is_wrong_is_brought_into_view_by_what_was_drawn_before(number: int):
    """Flutter does not scroll to what it is about to draw for the first time."""
    shown: list[str] = []
    screen = Screen(replies={"scroll_to": lambda asked: shown.append(asked["scroll_key"])})
    await opened(FakeDesk([card(every_kind())]), f"/polls/alle-soorten/questions/{number}", screen)
    assert screen.key("field-place")
    await screen.tap("next")
    assert shown == ["field-place"]


async def test_one_tick_too_many_is_said_at_once_and_stays_off():
    desk = FakeDesk([card(transport())])
    screen = await opened(desk, "/polls/regiovervoer/questions/2")
    ticks = [box.key for box in screen.all(ft.Checkbox)][:4]
    for tick in ticks:
        await screen.choose(tick)
    said = "U kunt 3 antwoorden kiezen. Haal eerst een vinkje weg als u een ander antwoord wilt."
    assert screen.key("problem").value == said
    assert [screen.key(tick).value for tick in ticks] == [True, True, True, False]
    assert len(desk.drafts["regiovervoer"]["waarheen"].options) == 3
    await screen.choose(ticks[0], False)
    assert said not in screen.texts()
    await screen.choose(ticks[3])
    assert screen.key(ticks[3]).value is True


async def ranking(desk: FakeDesk) -> Screen:
    return await opened(desk, "/polls/alle-soorten/questions/7")


async def test_an_order_that_nobody_touched_is_no_answer():
    desk = FakeDesk([card(every_kind())])
    screen = await ranking(desk)
    await screen.tap("next")
    assert "volgorde" not in desk.drafts.get("alle-soorten", {})
    assert screen.route == "/polls/alle-soorten/questions/7"
    assert screen.key("problem").value.startswith("Is dit de volgorde die u wilt?")


async def test_the_printed_order_counts_once_she_says_that_it_is_right_and_can_be_taken_back():
    desk = FakeDesk([card(every_kind())])
    screen = await ranking(desk)
    await screen.choose("order-agree")
    assert desk.drafts["alle-soorten"] == {"volgorde": Chosen(("groen", "licht", "rust"))}
    await screen.choose("order-agree", False)
    assert desk.drafts["alle-soorten"] == {}


async def test_an_order_that_she_changed_is_an_answer_and_stays_on_the_screen_when_taken_back():
    desk = FakeDesk([card(every_kind())])
    screen = await ranking(desk)
    await screen.tap("down-groen")
    assert screen.key("order-agree").value is True
    await screen.choose("order-agree", False)
    assert desk.drafts["alle-soorten"] == {}
    assert "Uw volgorde: Licht, Groen en Rust." in screen.texts()


async def test_what_was_answered_is_there_again_after_the_app_was_killed():
    desk = FakeDesk([card(transport())])
    screen = await opened(desk, "/polls/regiovervoer/questions/1")
    await screen.choose("answer", "nooit")
    again = await opened(desk, "/polls/regiovervoer")
    await again.tap("begin")
    assert again.route == "/polls/regiovervoer/questions/2"
    await again.tap("previous")
    assert again.key("answer").value == "nooit"


async def test_dont_know_is_an_answer_of_its_own():
    desk = FakeDesk([card(transport())])
    screen = await opened(desk, "/polls/regiovervoer/questions/4")
    await screen.choose("decline", "dont-know")
    assert desk.drafts["regiovervoer"] == {"cijfer": Declined(Declining.DONT_KNOW)}


async def test_an_answer_is_changed_from_the_overview_and_leads_back_to_it():
    desk = FakeDesk([card(transport())])
    desk.drafts["regiovervoer"] = {
        "hoe-vaak": Chosen(("nooit",)),
        "cijfer": Figure(Decimal(6)),
        "leeftijd": Chosen(("65-79",)),
    }
    screen = await opened(desk, "/polls/regiovervoer/check")
    await screen.tap("change-2")
    await screen.choose("answer", "9")
    await screen.tap("next")
    assert screen.route == "/polls/regiovervoer/check"
    assert "9" in screen.texts()


@pytest.mark.parametrize(("question", "kind"), [(1, ft.Radio), (2, ft.Checkbox)])
async def test_boxes_are_drawn_as_pictograms_which_grow_with_the_letters(question, kind):
    sizes = []
    for scale in ("100", "200"):
        desk = FakeDesk([card(transport())], kept={"welcomed": "yes", "scale": scale})
        screen = await opened(desk, f"/polls/regiovervoer/questions/{question}")
        boxes = screen.all(kind)
        drawn = [icon for stack in screen.all(ft.Stack) for icon in screen.all(ft.Icon, within=stack)]
        assert len(drawn) == len(boxes) > 0
        assert {icon.size for icon in drawn} == {None}, "the theme says how large"
        assert {box.fill_color for box in boxes} == {ft.Colors.TRANSPARENT}
        sizes.append(screen.page.theme.icon_theme.size)
    assert sizes[1] >= 1.5 * sizes[0]


async def test_the_number_to_compare_with_the_letter_is_on_the_help_screen_in_groups():
    screen = await opened(FakeDesk([card(transport())]), "/help")
    assert screen.key("fingerprint").value == "\u20660000  1111\u2069"  # from left to right, in Arabic too


@pytest.mark.parametrize(
    "route",
    [
        "/polls/weg",
        "/polls/weg/questions/1",
        "/polls/weg/check",
        "/polls/weg/sent",
        "/polls/weg/change",
        "/polls/weg/copy",
    ],
)
async def test_a_poll_that_is_not_on_the_phone_is_called_so_wherever_it_is_asked_for(route):
    screen = await opened(FakeDesk([card(transport())]), route)
    assert "Deze peiling staat niet op uw telefoon." in screen.texts()


async def test_a_full_phone_is_told_in_words_and_keeps_what_was_saved():
    desk = FakeDesk([card(transport())], full=True)
    screen = await opened(desk, "/polls/regiovervoer/questions/1")
    await screen.choose("answer", "soms")
    assert any("Uw telefoon is vol." in text for text in screen.texts())
    desk.full = False
    await screen.choose("answer", "nooit")
    assert not any("Uw telefoon is vol." in text for text in screen.texts())
    assert desk.drafts["regiovervoer"] == {"hoe-vaak": Chosen(("nooit",))}


async def test_a_poll_that_closed_while_answering_says_so():
    desk = FakeDesk([card(transport(), ended=True)])
    desk.drafts["regiovervoer"] = {
        "hoe-vaak": Chosen(("nooit",)),
        "cijfer": Figure(Decimal(6)),
        "leeftijd": Chosen(("65-79",)),
    }
    screen = await opened(desk, "/polls/regiovervoer/check")
    await screen.tap("send")
    assert "Deze peiling is net gesloten. U kunt uw antwoorden niet meer versturen." in screen.texts()
    assert desk.drafts["regiovervoer"]


@pytest.mark.parametrize(
    ("number", "id", "first", "second", "kept"),
    [
        (1, "een", "rood", "blauw", Chosen(("blauw",))),
        (6, "getal", "1", "12", Figure(Decimal(12))),
    ],
)
async def test_the_last_answer_counts_although_the_screen_was_drawn_with_the_one_before(
    number, id, first, second, kept
):
    """On a slow phone, between a choice and the word of it, the control holds what the app last drew."""
    desk = FakeDesk([card(every_kind())])
    screen = await opened(desk, f"/polls/alle-soorten/questions/{number}")
    await screen.happen(screen.key("answer"), "change", first)
    await screen.happen(screen.key("answer"), "change", second)
    await screen.tap("next")
    assert desk.drafts["alle-soorten"][id] == kept
