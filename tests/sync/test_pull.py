"""Pulling: a phone takes over nothing that is not its municipality's own, and keeps what it had."""

from __future__ import annotations

import httpx
import pytest

from domain.errors import Unreachable
from domain.participation import Standing
from protocol.manifest import ManifestPoll
from sync.client import NOT_OURS, new_http_client
from tests.support.small_poll import small_poll
from tests.support.small_town import SmallTown, digest_of
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import captive_portal, replying, unplugged
from tests.sync.conftest import NewPhone


async def test_a_poll_appears_only_with_everything_of_it(resident: TownPhone):
    """Cut off between the manifest and its documents: the old manifest stays, the documents are kept."""
    town = resident.town
    await town.publish_poll(small_poll())
    before = resident.phone.shelf.manifest("waterrijk")
    town.wire.trouble = lambda r: unplugged(r) if r.url.path.startswith("/v1/documents") else None
    assert isinstance(await resident.sync(), Unreachable)
    assert resident.phone.shelf.manifest("waterrijk") == before


@pytest.mark.parametrize(
    "reply",
    [
        captive_portal,
        lambda: httpx.Response(200, content=b'{"manifest": {"pol'),
        lambda: httpx.Response(200, content=b'{"manifest": 1}'),
        lambda: httpx.Response(200, content=b"\xff\xfe"),
        lambda: httpx.Response(200, content=b"[" * 100_000),
        lambda: httpx.Response(200, content=b"null", headers={"date": "never"}),
    ],
)
async def test_what_is_no_manifest_at_all_is_a_bad_network_not_an_attack(resident: TownPhone, reply):
    resident.town.wire.trouble = replying(reply)
    found = await resident.sync()
    assert isinstance(found, Unreachable)
    assert found.reason == NOT_OURS


@pytest.mark.parametrize(
    "date", ["never", "Mon, 99 Jan 2026 00:00:00 GMT", "Mon, 01 Jan 99999999999 00:00:00 GMT"]
)
async def test_a_server_without_a_clock_is_still_heard(resident: TownPhone, date: str):
    def without_clock(_: httpx.Request, reply: httpx.Response) -> httpx.Response:
        reply.headers["date"] = date
        return reply

    resident.town.wire.after = without_clock
    resident.desk.send("regiovervoer", ANSWERS)
    assert await resident.sync() is None
    assert resident.standing() is Standing.SENT


async def test_a_poll_made_for_a_newer_app_does_not_take_the_others_along(resident: TownPhone):
    town = resident.town
    future = b'{"schema_version": "2", "id": "kleur", "questions": [{"kind": "drawing"}]}'
    entry = town.entry(small_poll()).model_copy(update={"document": digest_of(future)})
    town.documents[digest_of(future)] = future
    await town.publish(polls=(*town.manifest.polls, ManifestPoll(entry=entry)))
    resident.desk.send("regiovervoer", ANSWERS)
    assert await resident.sync() is None
    assert [card.poll.id for card in resident.desk.cards()] == ["regiovervoer"]
    assert resident.standing() is Standing.SENT


async def test_everybody_asks_for_the_same(waterrijk: SmallTown, new_phone: NewPhone):
    """What a phone downloads says nothing about who holds it."""
    await waterrijk.publish_poll()
    await waterrijk.publish_poll(small_poll())
    asked = []
    for code in (None, await waterrijk.invite("vervoer"), await waterrijk.invite("huishouden")):
        phone = new_phone(waterrijk)
        waterrijk.wire.asked.clear()
        await phone.join(code)
        asked.append([(r.method, r.url.path) for r in waterrijk.wire.asked if r.method == "GET"])
    assert asked[0] == asked[1] == asked[2]


async def test_a_phone_says_nothing_about_itself_and_follows_nobody():
    async with new_http_client() as http:
        request = http.build_request("GET", "http://issuer.test/v1/manifest")
        assert request.headers["user-agent"] == "samenspraak"
        assert {name for name in request.headers if name not in ("host", "user-agent")} == {
            "accept",
            "accept-encoding",
            "connection",
        }
        assert not http.follow_redirects
