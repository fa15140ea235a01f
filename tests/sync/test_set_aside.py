"""What is refused for itself is set aside: kept, said, and given out in a file; the rest goes on."""

from __future__ import annotations

import json

import httpx
import pytest

from domain.answers import Written
from domain.participation import Standing
from domain.response import BallotKind
from protocol import paths, tokens
from protocol.ballots import open_answers
from protocol.canonical import unb64
from protocol.codes import to_link_part
from protocol.problems import STATUS, Problem
from storage.outbox import OutboxState
from sync.hand_over import SET_ASIDE
from tests.support.problems import refusal
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import SHUFFLER_HOST
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import replying

ASIDE = [
    Problem.MALFORMED,
    Problem.RIGHT_MISSING,
    Problem.TOO_LARGE,
    Problem.MEDIA_TYPE,
    Problem.ENVELOPE_SIZE,
]


def test_every_status_that_sets_aside_is_tried_below():
    assert {STATUS[code] for code in ASIDE} == SET_ASIDE == {400, 403, 413, 415, 422}


@pytest.mark.parametrize("code", ASIDE)
async def test_a_ballot_that_is_refused_is_set_aside_and_the_others_still_go(
    resident: TownPhone, code: Problem
):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    refused: list[bytes] = []

    def first_only(request: httpx.Request) -> httpx.Response | None:
        if request.url.host != SHUFFLER_HOST or refused:
            return None
        refused.append(request.content)
        return refusal(code)

    town.wire.trouble = first_only
    assert await resident.sync() is None
    by_state = {b.state: b for b in resident.ballots()}
    assert set(by_state) == {OutboxState.SET_ASIDE, OutboxState.HANDED_OVER}
    assert by_state[OutboxState.SET_ASIDE].reason == code
    assert by_state[OutboxState.SET_ASIDE].envelope == refused[0], "kept, so that it can be looked into"
    card = resident.desk.card("regiovervoer")
    assert (card.standing, card.reason) == (Standing.SET_ASIDE, code)
    assert (resident.desk.status().waiting, resident.desk.status().set_aside) == (0, 1)
    assert exported(resident) == [(by_state[OutboxState.SET_ASIDE].kind, code, refused[0], b"")]


def exported(phone: TownPhone) -> list[tuple[str, str, bytes, bytes]]:
    """Kind, reason, envelope and content of each ballot in the exported file."""
    document = json.loads(phone.desk.export_set_aside())
    assert (document["version"], document["municipality"]) == (1, "waterrijk")
    return [(b["kind"], b["reason"], unb64(b["envelope"]), unb64(b["content"])) for b in document["ballots"]]


async def test_what_is_exported_holds_no_answer_and_can_be_empty(resident: TownPhone):
    assert exported(resident) == []
    resident.desk.send("regiovervoer", {**ANSWERS, "wens": Written("onvindbaar")}, keep_copy=True)
    resident.town.wire.trouble = replying(lambda: refusal(Problem.MALFORMED), SHUFFLER_HOST)
    await resident.sync()
    assert len(exported(resident)) == 2
    assert b"onvindbaar" not in resident.desk.export_set_aside()


async def answered_without_token(resident: TownPhone) -> None:
    """The poll `kleur`, whose token was drawn before, as the issuer says."""
    await resident.town.publish_poll(small_poll())
    drawn = refusal(Problem.TOKEN_DRAWN)
    resident.town.wire.trouble = lambda request: drawn if request.url.path == paths.TOKENS else None
    await resident.sync()
    resident.desk.send("kleur", ANSWER)
    await resident.sync()


async def test_an_answer_that_got_no_token_is_exported_as_it_was_sealed(resident: TownPhone):
    town = resident.town
    await answered_without_token(resident)
    [(kind, reason, envelope, content)] = exported(resident)
    assert (kind, reason, envelope) == ("choices", Problem.TOKEN_DRAWN, b"")
    entry, token = town.manifest.polls[1].entry, resident.token(poll="kleur")
    nullifier = tokens.nullifier("kleur", BallotKind.CHOICES, token.message)
    assert open_answers(content, town.counting.private, entry, nullifier, 1) == ANSWER


async def test_an_answer_that_got_no_token_goes_with_the_token_of_another_letter(resident: TownPhone):
    town = resident.town
    await answered_without_token(resident)
    assert resident.standing("kleur") is Standing.SET_ASIDE
    town.wire.trouble = lambda _: None
    resident.desk.join(to_link_part(await town.invite("vervoer")))
    assert await resident.sync() is None
    assert resident.standing("kleur") is Standing.SENT
