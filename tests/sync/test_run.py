"""Rounds of synchronising: when what was postponed is tried at once, and when not."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import httpx
import pytest

from demonstration.town import now
from domain.participation import Municipality
from storage.database import open_phone
from storage.outbox import OutboxState, SealedBallot
from sync.client import Client
from sync.phone import Phone
from sync.run import Synchroniser
from tests.support.small_town import SHUFFLER_HOST
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import replying, unplugged

HOME = Municipality("waterrijk", "Gemeente Waterrijk", bytes(32), "http://issuer.test")


def postponed(folder: Path) -> Phone:
    """A phone with one ballot that would wait for another hour."""
    phone = Phone.on(open_phone(folder), HOME, now, secrets.token_bytes)
    ballot = SealedBallot(HOME.id, "poll", "choices", 1, b"sealed", "line")
    phone.outbox.put([ballot])
    phone.outbox.postpone(ballot, now().timestamp() + 3600)
    return phone


def due(phone: Phone) -> int:
    return len(phone.outbox.due(HOME.id, now().timestamp()))


async def test_asking_for_a_round_tries_everything_at_once(tmp_path: Path):
    phone = postponed(tmp_path)
    assert due(phone) == 0
    async with httpx.AsyncClient() as http:
        Synchroniser(phone, Client(http), lambda: None).nudge()
    assert due(phone) == 1


async def test_a_round_without_a_network_is_noted_and_leaves_the_pause_alone(tmp_path: Path):
    phone = postponed(tmp_path)
    async with httpx.AsyncClient(transport=httpx.MockTransport(unplugged)) as http:
        problem = await Synchroniser(phone, Client(http), lambda: None).round()
    assert str(problem) == phone.settings.all()["sync.problem"] == "network"
    assert due(phone) == 0


async def test_when_the_network_returns_nothing_waits_for_its_pause(resident: TownPhone):
    resident.town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    for _ in range(3):
        await resident.sync()
    resident.town.wire.trouble = lambda _: None
    assert await resident.synchroniser.round() is None
    assert {ballot.state for ballot in resident.ballots()} == {OutboxState.HANDED_OVER}


async def test_while_the_network_was_there_a_pause_is_kept(resident: TownPhone):
    busy = httpx.Response(503, headers={"retry-after": "600"})
    resident.town.wire.trouble = replying(lambda: busy, SHUFFLER_HOST)
    assert await resident.synchroniser.round() is None
    resident.desk.send("regiovervoer", ANSWERS)
    await resident.synchroniser.round()
    resident.town.wire.trouble = lambda _: None
    await resident.synchroniser.round()
    assert {ballot.state for ballot in resident.ballots()} == {OutboxState.WAITING}


@pytest.mark.parametrize("waits", [False, True])
async def test_a_phone_that_nobody_sees_keeps_its_pace_only_while_it_has_something_to_send(
    tmp_path: Path, waits
):
    phone = postponed(tmp_path)
    if not waits:
        [ballot] = phone.outbox.all(HOME.id)
        phone.outbox.mark(ballot, OutboxState.HANDED_OVER)
    rounds: asyncio.Queue[None] = asyncio.Queue()
    async with httpx.AsyncClient(transport=httpx.MockTransport(unplugged)) as http:
        unseen = Synchroniser(phone, Client(http), lambda: rounds.put_nowait(None), (0.0, 0.0), present=False)
        loop = asyncio.create_task(unseen.run())
        await rounds.get()
        went_on = await _comes(rounds, 10 if waits else 0.4)
        unseen.present = True
        unseen.nudge()
        again = [await _comes(rounds, 10), await _comes(rounds, 10)]
        loop.cancel()
    assert went_on == waits
    assert again == [True, True]


async def _comes(rounds: asyncio.Queue[None], seconds: float) -> bool:
    """Whether there is another round; the pause of one that nobody needs is a hundred times as long."""
    try:
        await asyncio.wait_for(rounds.get(), seconds)
    except TimeoutError:
        return False
    return True
