"""Whatever goes wrong, the resident reads a clear sentence, and what she gave is still there."""

from __future__ import annotations

import pytest

from domain.participation import Joined, Membership, Standing, SyncStatus
from protocol.problems import Distrust
from state.app_state import AppState
from sync.client import BUSY, NETWORK, NOT_OURS
from tests.support.desk import NOW, FakeDesk, card, services
from tests.support.headless import Screen
from tests.support.polls import transport
from tests.views.test_answering import opened
from theming.default_style import DEFAULT
from views.fault_numbers import NUMBERS
from views.routes import App
from views.trouble import TroubleApp

REFUSED = {
    "code-unknown": "We kennen deze code niet. Kijk nog eens in uw brief.",
    "code-used": "Deze code is al gebruikt op een andere telefoon. Vraag de gemeente om een nieuwe code.",
    "code-expired": "Deze code is te oud. Vraag de gemeente om een nieuwe code.",
}
NETWORKS = {
    NETWORK: "Er is nu geen verbinding met de gemeente. We blijven het proberen.",
    NOT_OURS: "Er is internet, maar we krijgen niet wat we vragen. "
    "Moet u misschien eerst inloggen op de wifi?",
    BUSY: "De gemeente is nu niet bereikbaar. We blijven het proberen.",
}
STANDINGS = {
    Standing.WAITING: "Bewaard op uw telefoon, nog niet verstuurd.",
    Standing.SENT: "Verstuurd.",
    Standing.COUNTED: "Uw antwoord is meegeteld.",
    Standing.NOT_COUNTED: "Uw antwoord is verstuurd, maar is niet meegeteld. Vertel dit aan de gemeente.",
    Standing.TOO_LATE: "Uw antwoord kwam te laat en telt niet mee. Dat spijt ons.",
    Standing.OVER: "Deze peiling is voorbij.",
    Standing.WITHDRAWN: "De gemeente is met deze peiling gestopt. De antwoorden tellen niet mee.",
}
TROUBLES = {
    "full": "Uw telefoon is vol.",
    "newer": "Op uw telefoon stond een nieuwere versie van deze app.",
    "busy": "Uw telefoon is druk bezig.",
    "damaged": "Er was iets stuk op uw telefoon.",
    "key-lost": "Wat u had ingevuld en nog niet had verstuurd, is weg van deze telefoon. "
    "Vul dat opnieuw in. Wat u al had verstuurd, is er nog en telt mee.",
}


@pytest.mark.parametrize("code", REFUSED)
async def test_a_refused_code_is_explained_and_another_can_be_entered(code):
    desk = FakeDesk(membership=Joined(Membership.REFUSED, code))
    screen = await opened(desk)
    assert REFUSED[code] in screen.texts()
    await screen.tap("to-join")
    assert REFUSED[code] in screen.texts()
    await screen.type("code", "fiets boom")
    await screen.tap("join")
    assert desk.joined_with == ["fiets boom"]


async def test_a_word_that_does_not_exist_is_named_with_one_that_does():
    screen = await opened(FakeDesk(membership=Joined(Membership.NONE)), "/join")
    await screen.type("code", "een twee fits")
    await screen.tap("join")
    assert "Woord 3 kennen we niet: “fits”. Bedoelt u fiets?" in screen.texts()
    assert screen.key("code").value == "een twee fits"


async def test_a_link_fills_in_the_code():
    desk = FakeDesk(membership=Joined(Membership.NONE))
    screen = await opened(desk, "/join/fiets-boom-maan")
    assert screen.key("code").value == "fiets boom maan"
    await screen.tap("join")
    assert desk.joined_with == ["fiets boom maan"]


@pytest.mark.parametrize("problem", NETWORKS)
async def test_a_bad_network_is_explained_and_says_what_waits(problem):
    waiting = SyncStatus(NOW, problem, waiting=1)
    screen = await opened(FakeDesk([card(transport(), Standing.WAITING)], sync=waiting))
    assert NETWORKS[problem] in screen.texts()
    assert "1 peiling is bewaard op uw telefoon en nog niet verstuurd." in screen.texts()


@pytest.mark.parametrize("reason", list(Distrust))
async def test_what_is_not_from_the_municipality_is_refused_with_a_number_to_report(reason):
    screen = await opened(FakeDesk([card(transport())], sync=SyncStatus(NOW, reason.value)))
    said = screen.texts()
    number = screen.key("refused").value
    assert number == f"storing {NUMBERS[reason.value]}"
    assert "Er klopt iets niet" in said
    assert "We doen er niets mee en sturen er niets naartoe. Uw antwoorden zijn veilig." in said
    assert "Laat deze app op uw telefoon staan." in said
    assert said.index("Bel de gemeente. Zeg dit:") == said.index(number) - 1
    assert not any(reason.value in text for text in said), "nobody can say that on the telephone"


@pytest.mark.parametrize("standing", STANDINGS)
async def test_where_an_answer_stands_is_said_in_words(standing):
    screen = await opened(FakeDesk([card(transport(), standing)]))
    assert STANDINGS[standing] in screen.texts()


async def test_while_there_is_trust_no_code_is_shown():
    screen = await opened(FakeDesk([card(transport())], sync=SyncStatus(NOW, NETWORK)))
    assert "Er klopt iets niet" not in screen.texts()


@pytest.mark.parametrize("route", ["/polls/regiovervoer/sent", "/polls"])
async def test_a_refusal_is_shown_also_where_an_answer_waits(route):
    waiting = SyncStatus(NOW, Distrust.FORKED.value, waiting=1)
    screen = await opened(FakeDesk([card(transport(), Standing.WAITING)], sync=waiting), route)
    assert "Niet iedereen krijgt hetzelfde bericht van de gemeente." in screen.texts()


@pytest.mark.parametrize("trouble", ["full", "busy", "damaged", "newer"])
async def test_an_app_that_cannot_start_speaks_of_no_last_change_and_says_where_help_is(trouble):
    screen = Screen()
    await screen.show(TroubleApp, trouble, DEFAULT, "nl", lambda: None)
    assert not any("laatste wijziging" in text for text in screen.texts())
    assert "Vraag iemand om samen naar uw telefoon te kijken, of bel de gemeente." in screen.texts()
    assert screen.key("retry")


@pytest.mark.parametrize(
    ("standing", "title"),
    [
        (Standing.WAITING, "Dank u wel. Uw antwoorden zijn bewaard."),
        (Standing.SENT, "Dank u wel. Uw antwoorden zijn verstuurd."),
    ],
)
async def test_after_sending_the_title_says_what_is_true_by_then(standing, title):
    desk = FakeDesk([card(transport(), standing)])
    screen = await opened(desk, "/polls/regiovervoer/sent")
    assert title in screen.texts()
    assert len([text for text in screen.texts() if text.startswith("Daarna")]) == 0


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_what_the_phone_cannot_do_is_said_in_words(trouble):
    screen = Screen()
    offered = services(FakeDesk([card(transport())]))
    app = AppState.restored(offered, "nl", False)
    app.trouble = trouble
    await screen.show(App, offered, app, DEFAULT, route="/polls")
    assert any(TROUBLES[trouble] in text for text in screen.texts())


async def test_a_second_code_that_is_refused_takes_nothing_away():
    desk = FakeDesk([card(transport())], Joined(Membership.INVITED, "code-used"))
    screen = await opened(desk)
    assert REFUSED["code-used"] in screen.texts()
    assert screen.key("poll-regiovervoer")


async def test_a_second_code_that_waits_is_mentioned():
    desk = FakeDesk([card(transport())], Joined(Membership.INVITED, asking=True))
    screen = await opened(desk)
    assert any("We kijken uw code na" in text for text in screen.texts())


async def test_help_begins_with_the_number_to_call_where_there_is_one():
    screen = await opened(FakeDesk(number="010 000 00 00"), "/help")
    call = screen.key("call")
    assert call.url == "tel:0100000000"
    [said] = [text for text in screen.texts() if text.startswith("Bel Gemeente Waterrijk: ")]
    assert "010 000 00 00" in said.replace("\u00a0", " ")
    assert not any("Bel Gemeente" in text for text in (await opened(FakeDesk(), "/help")).texts())
