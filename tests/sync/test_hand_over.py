"""Handing over: only a genuine receipt is success, and nothing is given up while it may still arrive."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx

from domain.errors import Unreachable
from domain.participation import Standing
from protocol import paths
from protocol.messages import ReceiptMessage
from protocol.problems import Problem
from protocol.receipts import make_receipt
from protocol.signing import new_signing_key
from storage.outbox import OutboxState
from sync.client import BUSY, NETWORK, NOT_OURS, SLOW
from sync.hand_over import LEASE
from tests.support.problems import refusal
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import ISSUER_HOST, SHUFFLER_HOST
from tests.support.town_phone import ANSWERS, OTHERS, TownPhone
from tests.support.wire import captive_portal, cut_off_after, replying, unplugged


def receipt_of_somebody_else() -> httpx.Response:
    return httpx.Response(200, json=make_receipt(b"x", new_signing_key().private).model_dump())


def untrusted() -> httpx.Response:
    raise httpx.ConnectError("certificate verify failed: self-signed certificate")


def hanging() -> httpx.Response:
    raise httpx.ReadTimeout("nothing came")


PASSING = {
    "a captive portal": (captive_portal, NOT_OURS),
    "a redirect": (lambda: httpx.Response(302, headers={"location": "https://elders.test"}), BUSY),
    "a busy server": (lambda: httpx.Response(503), BUSY),
    "a server that waited in vain": (lambda: httpx.Response(408), BUSY),
    "a server that finds it too early": (lambda: httpx.Response(425), BUSY),
    "a certificate that is not to be trusted": (untrusted, NETWORK),
    "a server that hangs": (hanging, SLOW),
    "success without a receipt": (lambda: httpx.Response(204), NOT_OURS),
    "too many requests": (lambda: httpx.Response(429, text="slow down"), BUSY),
    "half a document": (lambda: httpx.Response(200, content=b'{"envelope": "AA'), NOT_OURS),
    "a receipt of somebody else": (receipt_of_somebody_else, NOT_OURS),
    "a proxy that forbids": (lambda: httpx.Response(403, html="<h1>Blocked</h1>"), NOT_OURS),
    "a proxy that knows no path": (lambda: httpx.Response(404, text="no such page"), NOT_OURS),
    "another server behind the name": (lambda: refusal(Problem.NOT_FOUND), Problem.NOT_FOUND),
    "a full shuffler": (lambda: refusal(Problem.QUEUE_FULL), BUSY),
    "a fault in the shuffler": (lambda: refusal(Problem.INTERNAL), BUSY),
    "a code of the future": (
        lambda: httpx.Response(400, json={"type": "urn:samenspraak:problem:x", "title": "", "status": 400}),
        NOT_OURS,
    ),
}


async def test_what_is_no_receipt_leaves_the_answer_waiting_with_words_for_it(resident: TownPhone):
    town = resident.town
    for trouble, (reply, word) in PASSING.items():
        town.wire.trouble = replying(reply, SHUFFLER_HOST)
        resident.desk.send("regiovervoer", ANSWERS)
        found = await resident.sync()
        assert isinstance(found, Unreachable), trouble
        assert found.reason == word == resident.desk.status().problem, trouble
        assert {b.state for b in resident.ballots()} == {OutboxState.WAITING}, trouble
        assert (resident.standing(), resident.desk.status().waiting) == (Standing.WAITING, 1)
        town.wire.trouble = lambda _: None
        assert await resident.sync() is None
        assert {b.state for b in resident.ballots()} == {OutboxState.HANDED_OVER}, trouble
        assert (resident.standing(), resident.desk.status().problem) == (Standing.SENT, None)


async def test_without_a_network_everything_waits_and_one_try_is_enough(resident: TownPhone):
    town = resident.town
    town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    found = await resident.sync()
    assert isinstance(found, Unreachable)
    assert found.reason == NETWORK
    assert [b.attempts for b in resident.ballots()].count(1) == 1, "the second met the same network"


async def test_a_receipt_that_was_lost_on_the_way_makes_no_second_ballot(resident: TownPhone):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.after = cut_off_after(paths.ENVELOPES)
    await resident.sync()
    assert {b.state for b in resident.ballots()} == {OutboxState.WAITING}
    town.wire.after = lambda _, reply: reply
    assert await resident.sync() is None
    assert town.mixing.waiting() == len(resident.ballots()) == 2


async def test_the_shuffler_gets_its_envelopes_while_the_issuer_is_down(resident: TownPhone):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.trouble = replying(lambda: httpx.Response(502), ISSUER_HOST)
    found = await resident.sync()
    assert isinstance(found, Unreachable), "and it is said that something is wrong"
    assert resident.standing() is Standing.SENT


async def test_of_two_drainers_one_works(resident: TownPhone):
    town = resident.town
    """Two tabs of one browser: each envelope goes once."""
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.asked.clear()
    other = resident.another_drainer()
    assert await asyncio.gather(resident.synchroniser.round(), other.round()) == [None, None]
    assert town.wire.paths().count(paths.ENVELOPES) == 2
    assert resident.standing() is Standing.SENT


async def test_a_drainer_that_is_slower_than_its_lease_leaves_the_rest_to_the_other(resident: TownPhone):
    town, other = resident.town, resident.another_drainer()
    resident.desk.send("regiovervoer", ANSWERS)

    def slow(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
        if request.url.path == paths.ENVELOPES:
            town.clock.advance(seconds=LEASE)
            town.wire.after = lambda _, reply: reply
            assert resident.phone.outbox.lease("the other", town.clock().timestamp(), LEASE)
        return reply

    town.wire.after = slow
    town.wire.asked.clear()
    await resident.synchroniser.round()
    assert town.wire.paths().count(paths.ENVELOPES) == 1
    resident.phone.outbox.release("the other")
    assert await other.round() is None
    assert town.wire.paths().count(paths.ENVELOPES) == 2
    assert resident.standing() is Standing.SENT


async def test_sending_twice_makes_a_second_revision_of_the_same_ballot(resident: TownPhone):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    assert {b.revision for b in resident.ballots()} == {1}
    first = {b.kind: b.line for b in resident.ballots()}
    await resident.sync()
    resident.desk.send("regiovervoer", OTHERS)
    assert {b.revision for b in resident.ballots()} == {2}
    assert resident.standing() is Standing.WAITING, "the change is not sent yet"
    await resident.sync()
    await town.mix()
    poll = town.manifest.polls[0]
    town.clock.moment = poll.ends_at() + timedelta(hours=72)
    await resident.sync()
    assert resident.standing() is Standing.COUNTED
    assert {b.kind: b.line for b in resident.ballots()} != first


async def test_one_poll_does_not_wait_for_another(resident: TownPhone):
    town = resident.town
    await town.publish_poll(small_poll())
    await resident.sync()
    town.wire.trouble = replying(captive_portal, SHUFFLER_HOST)
    resident.desk.send("regiovervoer", ANSWERS)
    await resident.sync()
    town.wire.trouble = lambda _: None
    resident.desk.send("kleur", ANSWER)
    assert resident.desk.status().waiting == 2
    await resident.synchroniser.round()  # without asking: the first poll keeps its pause
    assert (resident.standing("kleur"), resident.standing()) == (Standing.SENT, Standing.WAITING)


async def test_a_receipt_is_of_the_very_envelope_and_by_the_very_shuffler(resident: TownPhone):
    town = resident.town
    private = town.keys["shuffler"].signing_private
    good = make_receipt(b"another envelope", private)
    forged = ReceiptMessage(envelope=good.envelope, signature=good.signature)
    town.wire.trouble = replying(lambda: httpx.Response(200, json=forged.model_dump()), SHUFFLER_HOST)
    resident.desk.send("regiovervoer", ANSWERS)
    await resident.sync()
    assert {b.state for b in resident.ballots()} == {OutboxState.WAITING}
