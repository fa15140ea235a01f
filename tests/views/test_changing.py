"""Until a poll closes, a resident may change what she sent; the phone shows it only if she kept a copy."""

from __future__ import annotations

from decimal import Decimal

import flet as ft

from domain.answers import Chosen, Figure
from domain.participation import Standing
from tests.support.desk import FakeDesk, card
from tests.support.polls import transport
from tests.views.test_answering import opened

POLL = "regiovervoer"
SENT = {"hoe-vaak": Chosen(("nooit",)), "cijfer": Figure(Decimal(6)), "leeftijd": Chosen(("65-79",))}
CHECK = f"/polls/{POLL}/check"


def sent(standing: Standing = Standing.SENT, copy: bool = False) -> FakeDesk:
    desk = FakeDesk([card(transport(), standing, can_change=True, has_copy=copy)])
    if copy:
        desk.copies[POLL] = SENT
    return desk


def filled_in() -> FakeDesk:
    desk = FakeDesk([card(transport(), Standing.STARTED)])
    desk.drafts[POLL] = SENT
    return desk


async def test_no_copy_is_kept_unless_the_resident_ticks_it():
    desk = filled_in()
    screen = await opened(desk, CHECK)
    assert screen.key("keep-copy").value is False
    assert "Wie deze telefoon kan openen, kan uw antwoorden dan lezen." in screen.texts()
    await screen.tap("send")
    assert desk.sent[POLL] == SENT
    assert desk.copies == {}


async def test_a_copy_that_is_asked_for_can_be_read_and_removed():
    desk = filled_in()
    screen = await opened(desk, CHECK)
    await screen.choose("keep-copy")
    await screen.tap("send")
    await screen.tap("to-copy")
    assert "Nooit" in screen.texts()
    await screen.tap("remove-copy")
    assert desk.copies == {}
    assert desk.sent[POLL] == SENT
    assert "Er staat geen kopie op deze telefoon. Aan wat u verstuurde, verandert niets." in screen.texts()
    assert "Nooit" not in screen.texts()


async def test_a_copy_whose_key_does_not_answer_is_not_called_gone():
    desk = FakeDesk([card(transport(), Standing.SENT, has_copy=True)])
    screen = await opened(desk, f"/polls/{POLL}/copy")
    assert "De kopie is nu niet te lezen. Probeer het later nog eens." in screen.texts()


async def test_after_sending_the_change_is_offered():
    screen = await opened(filled_in(), CHECK)
    await screen.tap("send")
    await screen.tap("to-change")
    assert screen.route == f"/polls/{POLL}/change"


async def test_without_a_copy_it_is_said_that_all_questions_start_empty():
    desk = sent()
    screen = await opened(desk, f"/polls/{POLL}")
    await screen.tap("to-change")
    assert "Alle vragen zijn dus weer leeg." in screen.key("known").value
    assert any("komen in de plaats van de oude" in text for text in screen.texts())
    await screen.tap("begin")
    assert screen.key("answer").value is None


async def test_with_a_copy_the_old_answers_stand_in_their_places():
    screen = await opened(sent(copy=True), f"/polls/{POLL}/change")
    assert screen.key("known").value == "U ziet de antwoorden die u verstuurde. Wijzig wat u wilt."
    await screen.tap("begin")
    assert screen.key("answer").value == "nooit"


async def test_changed_answers_are_sent_in_the_place_of_the_old_ones():
    desk = sent(copy=True)
    screen = await opened(desk, f"/polls/{POLL}/change")
    await screen.tap("begin")
    await screen.choose("answer", "nooit")
    await screen.go(f"/polls/{POLL}/questions/2")
    await screen.choose("answer", "9")
    await screen.go(CHECK)
    assert screen.key("replaces")
    assert screen.key("keep-copy").value is True
    await screen.tap("send")
    assert desk.sent[POLL] == {**SENT, "cijfer": Figure(Decimal(9))}
    assert desk.copies[POLL] == desk.sent[POLL]
    assert desk.drafts == {}


async def test_reading_how_to_change_changes_nothing():
    desk = sent()
    screen = await opened(desk, f"/polls/{POLL}/change")
    await screen.tap("keep-old")
    assert screen.route == f"/polls/{POLL}"
    assert not desk.card(POLL).changing


async def test_a_change_can_be_given_up_halfway():
    desk = sent()
    screen = await opened(desk, f"/polls/{POLL}/change")
    await screen.tap("begin")
    await screen.choose("answer", "soms")
    await screen.go("/polls")
    assert any("U bent uw antwoorden aan het wijzigen." in text for text in screen.texts())
    await screen.tap(f"poll-{POLL}")
    assert (
        "U bent uw antwoorden aan het wijzigen. De oude tellen, tot u de nieuwe verstuurt." in screen.texts()
    )
    await screen.tap("keep-old")
    assert desk.drafts == {}
    assert "Verstuurd." in screen.texts()
    assert screen.key("to-change")


async def test_a_change_goes_on_where_it_was_left():
    screen = await opened(sent(), f"/polls/{POLL}/change")
    await screen.tap("begin")
    await screen.choose("answer", "soms")
    await screen.go(f"/polls/{POLL}")
    await screen.tap("begin")
    assert screen.route == f"/polls/{POLL}/questions/2"


async def test_after_closing_nothing_can_be_changed():
    desk = FakeDesk([card(transport(), Standing.COUNTED, ended=True)])
    screen = await opened(desk, f"/polls/{POLL}/change")
    assert "U kunt uw antwoorden niet meer wijzigen." in screen.texts()
    assert not [b for b in screen.all(ft.FilledButton) if b.key == "begin"]


async def test_a_poll_that_closed_during_a_change_says_that_the_old_answers_count():
    desk = sent(copy=True)
    screen = await opened(desk, f"/polls/{POLL}/change")
    await screen.tap("begin")
    await screen.go(CHECK)
    desk.polls = [card(transport(), Standing.SENT, ended=True)]
    await screen.tap("send")
    assert any("De oude tellen mee." in text for text in screen.texts())


async def test_a_change_that_came_too_late_is_not_called_an_answer_that_is_lost():
    desk = FakeDesk([card(transport(), Standing.TOO_LATE, ended=True, revised=True)])
    screen = await opened(desk)
    assert "Uw laatste wijziging kwam te laat en telt niet mee. Dat spijt ons." in screen.texts()


async def test_going_back_to_the_questions_after_sending_shows_where_the_answers_are():
    desk = filled_in()
    screen = await opened(desk, CHECK)
    await screen.tap("send")
    await screen.go(f"/polls/{POLL}/questions/1")
    assert "Bewaard op uw telefoon, nog niet verstuurd." in screen.texts()
    assert desk.drafts == {}
