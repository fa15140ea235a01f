"""What was not accepted stays, says why, and can be taken to the municipality as a file."""

from __future__ import annotations

from typing import Any

import pytest

from domain.participation import Standing, SyncStatus
from protocol.problems import Problem
from state.app_state import AppState
from tests.support.desk import NOW, FakeDesk, card, services
from tests.support.headless import Screen
from tests.support.polls import transport
from tests.views.test_answering import opened
from theming.default_style import DEFAULT
from views.routes import App

WHY = {
    Problem.POLL_NOT_FOR_YOU: "Deze peiling is voor andere mensen bedoeld.",
    Problem.TOKEN_DRAWN: "Met uw code doet al iemand mee aan deze peiling.",
    Problem.CREDENTIAL_UNKNOWN: "Uw code werkt niet meer.",
    Problem.ENVELOPE_SIZE: "Bel de gemeente en zeg: storing 48.",
    Problem.MALFORMED: "Bel de gemeente en zeg: storing 31.",
}


def refused(reason: Problem = Problem.ENVELOPE_SIZE) -> FakeDesk:
    status = SyncStatus(NOW, set_aside=1)
    return FakeDesk([card(transport(), Standing.SET_ASIDE, reason=reason.value)], sync=status)


@pytest.mark.parametrize("reason", WHY)
async def test_why_an_answer_was_set_aside_is_said_in_words(reason):
    screen = await opened(refused(reason))
    [said] = [text for text in screen.texts() if WHY[reason] in text]
    assert "Uw antwoord is niet aangenomen." in said
    assert said.endswith("Het staat nog op uw telefoon.")


async def test_the_overview_never_calls_a_refused_answer_up_to_date():
    screen = await opened(refused())
    assert "Alles is bijgewerkt." not in "".join(screen.texts())
    assert (
        screen.key("set-aside").value
        == "1 peiling is niet aangenomen. Druk op die peiling om te zien waarom."
    )


async def exporting(save: Any) -> Screen:
    screen = Screen(replies={"save_file": save})
    offered = services(refused())
    app = AppState.restored(offered, "nl", False)
    await screen.show(App, offered, app, DEFAULT, route="/polls/regiovervoer")
    return screen


async def test_it_can_be_saved_as_a_file_with_what_that_could_reveal():
    saved: list[dict[str, Any]] = []
    screen = await exporting(lambda asked: saved.append(asked) or "/phone/samenspraak.json")
    assert any(
        "met dit bestand kan de gemeente zien welke antwoorden van u zijn" in t for t in screen.texts()
    )
    await screen.tap("export")
    assert saved[0]["src_bytes"] == FakeDesk().export_set_aside()
    assert saved[0]["file_name"] == "samenspraak.json"
    assert screen.key("exported").value == "Het bestand is bewaard. Het heet samenspraak.json."


async def test_a_file_that_was_not_saved_is_not_called_saved():
    screen = await exporting(None)
    await screen.tap("export")
    assert not any("Het bestand is bewaard" in text for text in screen.texts())


async def test_a_phone_that_cannot_save_files_says_what_to_do():
    def broken(_: Any) -> None:
        raise OSError("no place for files")

    screen = await exporting(broken)
    await screen.tap("export")
    assert screen.key("export-problem").value == "Het bestand kon niet bewaard worden. Bel de gemeente."


async def test_what_was_accepted_offers_no_file():
    screen = await opened(FakeDesk([card(transport(), Standing.SENT)]), "/polls/regiovervoer")
    assert "Als bestand bewaren" not in screen.texts()
