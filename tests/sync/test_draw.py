"""Drawing tokens: asked for once, in words that never change, before anybody answers."""

from __future__ import annotations

import json
import secrets

import httpx
import pytest
from sqlmodel import Session, delete, update

from domain.errors import Distrusted, Unreachable
from domain.participation import Membership, Standing
from protocol import paths
from protocol.canonical import b64
from protocol.problems import Distrust, Problem
from server.issuer_tables import DrawRow, InvitationRow
from storage.outbox import OutboxState
from tests.support.problems import refusal
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import SmallTown
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import cut_off_after, replying, unplugged
from tests.sync.conftest import NewPhone


def draws(town: SmallTown) -> list[dict[str, str]]:
    return [json.loads(r.content) for r in town.wire.asked if r.url.path == paths.TOKENS]


async def joining(town: SmallTown, phone: TownPhone) -> None:
    """A phone that joined while drawing was not possible."""
    town.wire.trouble = lambda r: unplugged(r) if r.url.path == paths.TOKENS else None
    phone.desk.join_without_code()
    await phone.sync()
    assert phone.desk.joined().membership is Membership.OPEN
    town.wire.trouble = lambda _: None
    town.wire.asked.clear()


async def test_tokens_are_drawn_when_polls_come_in_not_when_one_is_answered(resident: TownPhone):
    town = resident.town
    assert resident.token("choices").signature
    assert resident.token("texts").signature
    town.wire.asked.clear()
    resident.desk.send("regiovervoer", ANSWERS)
    assert await resident.sync() is None
    assert draws(town) == []


async def test_a_phone_that_was_cut_off_asks_again_in_the_very_same_words(
    waterrijk: SmallTown, new_phone: NewPhone
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await joining(waterrijk, phone)
    stored = phone.token(poll="kleur")
    assert stored.signature is None, "everything but the signature was written before it was asked for"
    waterrijk.wire.after = cut_off_after(paths.TOKENS)
    assert isinstance(await phone.sync(), Unreachable)
    waterrijk.wire.after = lambda _, reply: reply
    assert await phone.sync() is None
    first, again = draws(waterrijk)
    assert first == again == {"poll": "kleur", "kind": "choices", "blinded": b64(stored.blinded)}
    assert phone.token(poll="kleur").signature


async def test_a_signature_that_is_none_is_not_trusted_and_not_kept(
    waterrijk: SmallTown, new_phone: NewPhone
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await joining(waterrijk, phone)
    for signature in (b64(bytes(384)), b64(b"\x01" * 384), "", "A", b64(secrets.token_bytes(383))):
        wrong = httpx.Response(200, json={"signature": signature})
        waterrijk.wire.trouble = lambda r, w=wrong: w if r.url.path == paths.TOKENS else None
        found = await phone.sync()
        assert isinstance(found, Distrusted), signature[:8]
        assert found.reason == Distrust.TOKEN
        assert phone.token(poll="kleur").signature is None
    waterrijk.wire.trouble = lambda _: None
    assert await phone.sync() is None
    assert phone.token(poll="kleur").signature, "the control: the issuer's own is good"


async def test_an_answer_given_before_its_token_came_is_sealed_when_it_comes(
    waterrijk: SmallTown, new_phone: NewPhone
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await joining(waterrijk, phone)
    phone.desk.send("kleur", ANSWER)
    [ballot] = phone.ballots()
    assert (ballot.state, phone.standing("kleur")) == (OutboxState.SEALED, Standing.WAITING)
    assert (phone.desk.status().waiting, phone.desk.answers("kleur")) == (1, {})
    phone.desk.save("kleur", {})
    assert phone.standing("kleur") is Standing.WAITING, "looking at it again does not take it back"
    assert await phone.sync() is None
    assert phone.standing("kleur") is Standing.SENT


async def test_an_answer_whose_token_came_too_late_is_said_to_be_too_late(
    waterrijk: SmallTown, new_phone: NewPhone
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await joining(waterrijk, phone)
    waterrijk.wire.trouble = unplugged
    phone.desk.send("kleur", ANSWER)
    waterrijk.clock.moment = waterrijk.manifest.polls[0].ends_at()
    await phone.sync()
    assert phone.standing("kleur") is Standing.WAITING, "the phone's own clock may be wrong"
    waterrijk.wire.trouble = lambda _: None
    await phone.sync()
    assert phone.standing("kleur") is Standing.TOO_LATE
    assert phone.desk.status().waiting == 0


@pytest.mark.parametrize(
    ("code", "standing"),
    [(Problem.POLL_CLOSED, Standing.TOO_LATE), (Problem.TOKEN_DRAWN, Standing.SET_ASIDE)],
)
async def test_an_answer_whose_token_is_refused_says_why(
    waterrijk: SmallTown, new_phone: NewPhone, code: Problem, standing: Standing
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await joining(waterrijk, phone)
    phone.desk.send("kleur", ANSWER)
    waterrijk.wire.trouble = lambda r: refusal(code) if r.url.path == paths.TOKENS else None
    assert await phone.sync() is None
    card = phone.desk.card("kleur")
    assert (card.standing, card.reason, card.can_change) == (standing, code, False)
    assert phone.desk.status().waiting == 0


@pytest.mark.parametrize("code", [Problem.TOKEN_DRAWN, Problem.POLL_CLOSED, Problem.POLL_NOT_FOR_YOU])
async def test_a_refusal_that_is_final_is_not_asked_again(
    waterrijk: SmallTown, new_phone: NewPhone, code: Problem
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await joining(waterrijk, phone)
    waterrijk.wire.trouble = lambda r: refusal(code) if r.url.path == paths.TOKENS else None
    assert await phone.sync() is None
    assert phone.token(poll="kleur").problem == code
    waterrijk.wire.trouble = lambda _: None
    waterrijk.wire.asked.clear()
    assert await phone.sync() is None
    assert draws(waterrijk) == []


async def test_one_poll_the_issuer_knows_nothing_of_holds_up_no_other(
    waterrijk: SmallTown, new_phone: NewPhone
):
    await waterrijk.publish_poll(small_poll("kleur"))
    await waterrijk.publish_poll(small_poll("buurt"))
    phone = new_phone(waterrijk)

    def trouble(request: httpx.Request) -> httpx.Response | None:
        asked = request.url.path == paths.TOKENS and b'"kleur"' in request.content
        return refusal(Problem.POLL_UNKNOWN) if asked else None

    waterrijk.wire.trouble = trouble
    phone.desk.join_without_code()
    found = await phone.sync()
    assert isinstance(found, Unreachable), "it is said, and asked again"
    assert phone.token(poll="buurt").signature
    waterrijk.wire.trouble = lambda _: None
    assert await phone.sync() is None
    assert phone.token(poll="kleur").signature


async def test_an_issuer_that_lost_its_last_day_learns_its_phones_again(resident: TownPhone):
    """Restored from a backup: the code and the secret that opened the door open it once more."""
    town = resident.town
    with Session(town.issuer.state.engine) as session, session.begin():
        session.exec(delete(DrawRow))
        session.exec(update(InvitationRow).values(secret_hash=None))
    await town.publish_poll(small_poll(), access="invited")
    assert isinstance(await resident.sync(), Unreachable)
    assert await resident.sync() is None
    assert resident.token(poll="kleur").signature
    assert resident.desk.joined().membership is Membership.INVITED


async def test_polls_for_others_polls_that_ended_and_withdrawn_polls_are_not_drawn_for(
    waterrijk: SmallTown, new_phone: NewPhone
):
    waterrijk.add_poll(small_poll("kleur", access="invited", segments=["huishouden"]))
    waterrijk.add_poll(small_poll("buurt", access="invited"))
    waterrijk.add_poll(small_poll("regiovervoer", closes_at="2026-11-02T00:00:00Z"))
    waterrijk.add_poll(small_poll("later", opens_at="2026-12-01T00:00:00Z"))
    waterrijk.add_poll(small_poll("hulp-thuis"))
    await waterrijk.change_poll("hulp-thuis", cancelled=True)
    phone = new_phone(waterrijk)
    await phone.join(await waterrijk.invite("vervoer"))
    assert [draw["poll"] for draw in draws(waterrijk)] == ["buurt", "later"]
    shown = {card.poll.id: card.standing for card in phone.desk.cards()}
    assert shown == {
        "buurt": Standing.TO_ANSWER,
        "regiovervoer": Standing.MISSED,
        "later": Standing.NOT_YET,
    }


async def test_nothing_of_a_token_but_its_blinded_message_leaves_the_phone(
    waterrijk: SmallTown, new_phone: NewPhone
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await phone.join(await waterrijk.invite("vervoer"))
    token = phone.token(poll="kleur")
    sent = b"".join(r.content + str(r.headers.raw).encode() for r in waterrijk.wire.asked)
    assert b64(token.blinded).encode() in sent, "the control"
    for secret in (token.prefix, token.inverse, token.message, token.edit_private, token.opening):
        assert b64(secret).encode() not in sent
    assert b64(token.signature).encode() not in sent


async def test_who_hands_over_does_not_say_who_she_is(resident: TownPhone):
    town = resident.town
    town.wire.asked.clear()
    resident.desk.send("regiovervoer", ANSWERS)
    await resident.sync()
    secret = resident.phone.wallet.membership("waterrijk").secret
    handed = [r for r in town.wire.asked if r.url.path == paths.ENVELOPES]
    assert len(handed) == 2
    for request in handed:
        assert "authorization" not in request.headers
        assert b64(secret).encode() not in request.content
        for token in (resident.token("choices"), resident.token("texts")):
            assert token.message not in request.content
            assert b64(token.signature).encode() not in request.content
    assert len({len(request.content) for request in handed}) == 1, "texts and choices are of one size"


async def test_a_captive_portal_in_front_of_the_issuer_changes_nothing(
    waterrijk: SmallTown, new_phone: NewPhone
):
    await waterrijk.publish_poll(small_poll())
    phone = new_phone(waterrijk)
    await joining(waterrijk, phone)
    before = phone.token(poll="kleur")
    waterrijk.wire.trouble = replying(lambda: httpx.Response(200, html="<p>welkom</p>"))
    assert isinstance(await phone.sync(), Unreachable)
    assert phone.token(poll="kleur") == before
