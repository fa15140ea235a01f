"""Handing over: only a genuine receipt is success, and nothing is given up while it may still arrive."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from functools import partial

import httpx
import pytest

from domain.answers import Written
from domain.errors import Unreachable
from domain.participation import Standing
from domain.response import BallotKind
from protocol import paths, tokens
from protocol.ballots import open_answers
from protocol.canonical import unb64
from protocol.codes import to_link_part
from protocol.messages import ReceiptMessage
from protocol.problems import STATUS, Problem
from protocol.receipts import make_receipt
from protocol.signing import new_signing_key
from storage.outbox import OutboxState
from sync.client import BUSY, NETWORK, NOT_OURS, SLOW
from sync.hand_over import BASE, LAST, LEASE, LONGEST, SET_ASIDE, wait_after
from tests.support.clock import FakeClock
from tests.support.problems import refusal
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import SmallTown
from tests.support.town_phone import ANSWERS, OTHERS, TownPhone
from tests.support.wire import captive_portal, cut_off_after, replying, unplugged

SHUFFLER_HOST, ISSUER_HOST = "shuffler.test", "issuer.test"
WAITING, HANDED_OVER = OutboxState.WAITING, OutboxState.HANDED_OVER


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
        assert {b.state for b in resident.ballots()} == {WAITING}, trouble
        assert (resident.standing(), resident.desk.status().waiting) == (Standing.WAITING, 1)
        town.wire.trouble = lambda _: None
        assert await resident.sync() is None
        assert {b.state for b in resident.ballots()} == {HANDED_OVER}, trouble
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
    assert {b.state for b in resident.ballots()} == {WAITING}
    town.wire.after = lambda _, reply: reply
    assert await resident.sync() is None
    assert town.mixing.waiting() == len(resident.ballots()) == 2


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
    assert set(by_state) == {OutboxState.SET_ASIDE, HANDED_OVER}
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


async def test_an_answer_that_got_no_token_is_exported_as_it_was_sealed(resident: TownPhone):
    town = resident.town
    await town.publish_poll(small_poll())
    town.wire.trouble = lambda r: refusal(Problem.TOKEN_DRAWN) if r.url.path == paths.TOKENS else None
    await resident.sync()
    resident.desk.send("kleur", ANSWER)
    await resident.sync()
    [(kind, reason, envelope, content)] = exported(resident)
    assert (kind, reason, envelope) == ("choices", Problem.TOKEN_DRAWN, b"")
    entry, token = town.manifest.polls[1].entry, resident.token(poll="kleur")
    nullifier = tokens.nullifier("kleur", BallotKind.CHOICES, token.message)
    assert open_answers(content, town.counting.private, entry, nullifier, 1) == ANSWER


async def test_an_answer_that_got_no_token_goes_with_the_token_of_another_letter(resident: TownPhone):
    town = resident.town
    await town.publish_poll(small_poll())
    town.wire.trouble = lambda r: refusal(Problem.TOKEN_DRAWN) if r.url.path == paths.TOKENS else None
    await resident.sync()
    resident.desk.send("kleur", ANSWER)
    await resident.sync()
    assert resident.standing("kleur") is Standing.SET_ASIDE
    town.wire.trouble = lambda _: None
    resident.desk.join(to_link_part(await town.invite("vervoer")))
    assert await resident.sync() is None
    assert resident.standing("kleur") is Standing.SENT


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


async def test_the_shuffler_gets_its_envelopes_while_the_issuer_is_down(resident: TownPhone):
    town = resident.town
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.trouble = replying(lambda: httpx.Response(502), ISSUER_HOST)
    found = await resident.sync()
    assert isinstance(found, Unreachable), "and it is said that something is wrong"
    assert resident.standing() is Standing.SENT


async def test_a_phone_whose_clock_is_a_year_ahead_calls_no_answer_late(resident: TownPhone):
    town = resident.town
    town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    ahead = FakeClock(town.manifest.polls[0].ends_at() + timedelta(days=365))
    confused = TownPhone(town, resident.folder, now=ahead)
    await confused.sync()
    assert {b.state for b in confused.ballots()} == {WAITING}, "nobody told it the time"
    town.wire.trouble = replying(lambda: httpx.Response(502), ISSUER_HOST)
    await confused.sync()
    assert {b.state for b in confused.ballots()} == {HANDED_OVER}, "nor when only the shuffler answers"
    confused.close()


async def test_with_the_time_of_the_server_a_wrong_clock_does_no_harm(resident: TownPhone):
    town = resident.town
    town.wire.trouble = unplugged
    resident.desk.send("regiovervoer", ANSWERS)
    town.wire.trouble = lambda _: None
    ahead = FakeClock(town.manifest.polls[0].ends_at() + timedelta(days=365))
    confused = TownPhone(town, resident.folder, now=ahead)
    assert await confused.sync() is None
    assert {b.state for b in confused.ballots()} == {HANDED_OVER}
    confused.close()


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
    assert {b.state for b in resident.ballots()} == {WAITING}, "not before its time"
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


async def test_a_receipt_is_of_the_very_envelope_and_by_the_very_shuffler(resident: TownPhone):
    town = resident.town
    private = town.keys["shuffler"].signing_private
    good = make_receipt(b"another envelope", private)
    forged = ReceiptMessage(envelope=good.envelope, signature=good.signature)
    town.wire.trouble = replying(lambda: httpx.Response(200, json=forged.model_dump()), SHUFFLER_HOST)
    resident.desk.send("regiovervoer", ANSWERS)
    await resident.sync()
    assert {b.state for b in resident.ballots()} == {WAITING}
