"""Too late is said only when it is certain, and never for a wrong clock; until then it is tried."""

from __future__ import annotations

from datetime import timedelta

import httpx

from domain.participation import Standing
from protocol import paths
from protocol.problems import Problem
from storage.outbox import OutboxState
from tests.support.clock import FakeClock
from tests.support.problems import refusal
from tests.support.small_town import ISSUER_HOST, SHUFFLER_HOST, SmallTown
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import replying, unplugged


async def test_gone_means_too_late(resident: TownPhone):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.trouble = replying(lambda: refusal(Problem.POLL_CLOSED), SHUFFLER_HOST)
    assert await resident.sync() is None
    assert {(b.state, b.reason) for b in resident.ballots()} == {(OutboxState.TOO_LATE, "poll-closed")}
    assert resident.standing() is Standing.TOO_LATE


async def test_after_the_end_of_grace_an_answer_is_called_too_late(resident: TownPhone):
    town = resident.town
    town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    poll = town.manifest.polls[0]
    town.clock.moment = poll.ends_at() - timedelta(seconds=1)
    await resident.sync()
    assert resident.standing() is Standing.WAITING
    town.clock.advance(seconds=1)
    town.wire.trouble = lambda _: None
    await resident.sync()
    assert resident.standing() is Standing.TOO_LATE


async def test_the_answers_to_a_poll_that_was_withdrawn_are_not_sent(resident: TownPhone):
    town = resident.town
    town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    await withdraw(town)
    await resident.sync()
    assert {(b.state, b.reason) for b in resident.ballots()} == {(OutboxState.TOO_LATE, "poll-unknown")}
    assert paths.ENVELOPES not in town.wire.paths()


async def withdraw(town: SmallTown) -> None:
    town.wire.trouble = lambda _: None
    await town.change_poll("regiovervoer", cancelled=True)


async def test_a_phone_whose_clock_is_a_year_ahead_calls_no_answer_late(resident: TownPhone):
    town = resident.town
    town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    ahead = FakeClock(town.manifest.polls[0].ends_at() + timedelta(days=365))
    confused = TownPhone(town, resident.folder, now=ahead)
    await confused.sync()
    assert {b.state for b in confused.ballots()} == {OutboxState.WAITING}, "nobody told it the time"
    town.wire.trouble = replying(lambda: httpx.Response(502), ISSUER_HOST)
    await confused.sync()
    assert {b.state for b in confused.ballots()} == {OutboxState.HANDED_OVER}, (
        "nor when only the shuffler answers"
    )
    confused.close()


async def test_with_the_time_of_the_server_a_wrong_clock_does_no_harm(resident: TownPhone):
    town = resident.town
    town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.trouble = lambda _: None
    ahead = FakeClock(town.manifest.polls[0].ends_at() + timedelta(days=365))
    confused = TownPhone(town, resident.folder, now=ahead)
    assert await confused.sync() is None
    assert {b.state for b in confused.ballots()} == {OutboxState.HANDED_OVER}
    confused.close()


async def test_a_ballot_is_tried_until_the_very_end_however_often_it_failed(resident: TownPhone):
    town, poll = resident.town, resident.town.manifest.polls[0]
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.trouble = replying(lambda: httpx.Response(500), SHUFFLER_HOST)
    for _ in range(60):
        await resident.sync()
    assert {ballot.attempts for ballot in resident.ballots()} == {60}
    town.clock.moment = poll.ends_at() - timedelta(seconds=1)
    town.wire.trouble = lambda _: None
    assert await resident.sync() is None
    assert resident.standing() is Standing.SENT
