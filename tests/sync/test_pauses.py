"""Pauses between tries: longer each time, different for all, within reason, and never past the end."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import httpx
import pytest

from domain.participation import Standing
from storage.outbox import OutboxState
from sync.hand_over import BASE, LAST, LONGEST, wait_after
from tests.support.small_town import SHUFFLER_HOST
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import replying


def test_the_pause_grows_to_an_hour_and_is_never_the_same_for_all():
    assert [wait_after(n, b"\xff\xff") for n in (0, 1, 2, 3)] == [BASE, 2 * BASE, 4 * BASE, 8 * BASE]
    assert wait_after(7, b"\xff\xff") == wait_after(10_000, b"\xff\xff") == LONGEST
    assert wait_after(7, b"\x80\x00") == pytest.approx(LONGEST / 2, rel=0.01)
    assert wait_after(0, b"\x00\x00") == 1.0, "never at once"


PAUSES = {"7200": 7200, "999999": 6 * 3600, "9" * 5000: 0, "soon": 0, "-5": 0, "²": 0}


async def test_a_server_that_asks_for_a_pause_gets_it_within_reason(resident: TownPhone):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    for said, seconds in PAUSES.items():
        headers = {"retry-after": said.encode("utf-8")}
        town.wire.trouble = replying(partial(httpx.Response, 503, headers=headers), SHUFFLER_HOST)
        attempts = max(b.attempts for b in resident.ballots())
        town.clock.advance(hours=7)
        await resident.sync()
        now = town.clock().timestamp()
        for ballot in resident.ballots():
            bound = max(seconds, BASE * 2**attempts)
            assert seconds <= ballot.not_before - now <= bound, said[:20]


async def test_the_pause_that_a_server_asked_for_is_kept_also_when_the_resident_asks(resident: TownPhone):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.trouble = replying(partial(httpx.Response, 503, headers={"retry-after": "7200"}), SHUFFLER_HOST)
    await resident.sync()
    town.wire.trouble = lambda _: None
    town.clock.advance(seconds=7199)
    assert await resident.sync() is None
    assert {b.state for b in resident.ballots()} == {OutboxState.WAITING}, "not before its time"
    town.clock.advance(seconds=1)
    assert await resident.synchroniser.round() is None
    assert resident.standing() is Standing.SENT


async def test_no_pause_reaches_past_the_end_of_the_poll(resident: TownPhone):
    town, poll = resident.town, resident.town.manifest.polls[0]
    resident.desk.send("regiovervoer", ANSWERS)
    town.clock.moment = poll.ends_at() - timedelta(hours=1)
    town.wire.trouble = replying(
        partial(httpx.Response, 503, headers={"retry-after": "21600"}), SHUFFLER_HOST
    )
    await resident.sync()
    for ballot in resident.ballots():
        assert LAST <= poll.ends_at().timestamp() - ballot.not_before <= 2 * LAST
    town.wire.trouble = lambda _: None
    town.clock.moment = poll.ends_at() - timedelta(seconds=LAST)
    assert await resident.synchroniser.round() is None
    assert resident.standing() is Standing.SENT
