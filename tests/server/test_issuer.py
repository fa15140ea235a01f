"""The issuer: one code is one phone, one phone is one token per poll and kind."""

from __future__ import annotations

import secrets

import httpx

from protocol import paths
from protocol.blind_rsa import PublicKey, blind, finalize
from protocol.canonical import b64, unb64
from protocol.codes import Code, new_code
from protocol.manifest import PollEntry
from protocol.messages import DrawnMessage, EnrolledMessage, IssuedMessage
from protocol.problems import Problem
from tests.support.polls import DEMONSTRATION, document
from tests.support.problems import refused
from tests.support.small_town import ISSUER, SmallTown


async def enrol(town: SmallTown, code: Code | None, secret: bytes) -> httpx.Response:
    body = {"code": b64(code.value) if code else None, "secret": b64(secret)}
    return await town.http.post(ISSUER + paths.ENROLMENTS, json=body)


async def draw(
    town: SmallTown, secret: bytes, blinded: bytes, poll: str = "regiovervoer", kind: str = "choices"
) -> httpx.Response:
    return await town.http.post(
        ISSUER + paths.TOKENS,
        json={"poll": poll, "kind": kind, "blinded": b64(blinded)},
        headers={"authorization": f"Bearer {b64(secret)}"},
    )


async def enrolled(town: SmallTown, *segments: str) -> bytes:
    """The secret of a phone that used a code."""
    secret = secrets.token_bytes(32)
    assert (await enrol(town, await town.invite(*segments), secret)).status_code == 200
    return secret


def key_of(entry: PollEntry, kind: str = "choices") -> PublicKey:
    key = entry.token_keys.of(kind)
    assert key is not None
    return key


def a_blinded_message(entry: PollEntry, kind: str = "choices") -> bytes:
    return blind(key_of(entry, kind), b"message", random=secrets.token_bytes).blinded_message


async def test_a_code_is_for_one_phone_and_that_phone_may_ask_again(waterrijk: SmallTown):
    code, mine, other = await waterrijk.invite("vervoer"), secrets.token_bytes(32), secrets.token_bytes(32)
    first = await enrol(waterrijk, code, mine)
    assert EnrolledMessage.model_validate_json(first.content).segments == ("vervoer",)
    assert refused(await enrol(waterrijk, code, other)) is Problem.CODE_USED
    waterrijk.clock.advance(days=365)
    again = await enrol(waterrijk, code, mine)
    assert again.content == first.content, "a phone that lost the reply must get it, however late"


async def test_a_code_that_nobody_got_or_that_is_too_old_opens_nothing(waterrijk: SmallTown):
    unknown = new_code(secrets.token_bytes)
    assert refused(await enrol(waterrijk, unknown, secrets.token_bytes(32))) is Problem.CODE_UNKNOWN
    code = await waterrijk.invite(days=30)
    waterrijk.clock.advance(days=30)
    assert refused(await enrol(waterrijk, code, secrets.token_bytes(32))) is Problem.CODE_EXPIRED


async def test_one_secret_cannot_stand_for_two_codes(waterrijk: SmallTown):
    secret = await enrolled(waterrijk, "vervoer")
    reply = await enrol(waterrijk, await waterrijk.invite("huishouden"), secret)
    assert refused(reply) is Problem.MALFORMED
    assert (await enrol(waterrijk, await waterrijk.invite("huishouden"), bytes(32))).status_code == 200


async def test_what_is_no_code_or_no_secret_is_refused(waterrijk: SmallTown):
    for body, expected in (
        ({"code": "AA", "secret": b64(bytes(32))}, Problem.CODE_UNKNOWN),
        ({"code": b64(b"\xff" * 13), "secret": b64(bytes(32))}, Problem.CODE_UNKNOWN),
        ({"code": "A", "secret": b64(bytes(32))}, Problem.CODE_UNKNOWN),
        ({"code": None, "secret": b64(bytes(31))}, Problem.MALFORMED),
        ({"code": None}, Problem.MALFORMED),
        ({"code": None, "secret": b64(bytes(32)), "name": "Jansen"}, Problem.MALFORMED),
    ):
        reply = await waterrijk.http.post(ISSUER + paths.ENROLMENTS, json=body)
        assert refused(reply) is expected, body


async def test_a_cut_off_phone_that_asks_again_gets_the_identical_signature(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    secret = await enrolled(waterrijk, "vervoer")
    blinded = blind(key_of(entry), b"message", random=secrets.token_bytes)
    first = await draw(waterrijk, secret, blinded.blinded_message)
    again = await draw(waterrijk, secret, blinded.blinded_message)
    assert first.content == again.content
    signature = unb64(DrawnMessage.model_validate_json(first.content).signature)
    assert finalize(key_of(entry), b"message", blinded, signature), "and it is a good one"
    waterrijk.clock.advance(days=800)
    assert (await draw(waterrijk, secret, blinded.blinded_message)).content == first.content, "also later"


async def test_nobody_gets_two_tokens_for_one_poll(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    secret = await enrolled(waterrijk, "vervoer")
    assert (await draw(waterrijk, secret, a_blinded_message(entry))).status_code == 200
    assert refused(await draw(waterrijk, secret, a_blinded_message(entry))) is Problem.TOKEN_DRAWN
    texts = await draw(waterrijk, secret, a_blinded_message(entry, "texts"), kind="texts")
    assert texts.status_code == 200, "the token for free text is another one"
    [counted] = [await waterrijk.signed("GET", f"{ISSUER}/v1/staff/polls/regiovervoer/issued", "counting")]
    assert IssuedMessage.model_validate_json(counted.content) == IssuedMessage(
        poll="regiovervoer", invited=1, issued=1
    )


async def test_a_poll_for_others_gives_no_token(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    secret = await enrolled(waterrijk, "huishouden")
    assert refused(await draw(waterrijk, secret, a_blinded_message(entry))) is Problem.POLL_NOT_FOR_YOU


async def test_without_a_code_only_open_polls_give_tokens(waterrijk: SmallTown):
    invited = await waterrijk.publish_poll()
    open_to_all = await waterrijk.publish_poll(document(DEMONSTRATION / "buurt.json"))
    secret = secrets.token_bytes(32)
    reply = await enrol(waterrijk, None, secret)
    assert EnrolledMessage.model_validate_json(reply.content) == EnrolledMessage(segments=(), invited=False)
    assert refused(await draw(waterrijk, secret, a_blinded_message(invited))) is Problem.POLL_NOT_FOR_YOU
    assert (await draw(waterrijk, secret, a_blinded_message(open_to_all), poll="buurt")).status_code == 200


async def test_a_poll_that_ended_was_cancelled_or_does_not_exist_gives_no_token(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll(grace_hours=1)
    secret, blinded = await enrolled(waterrijk, "vervoer"), a_blinded_message(entry)
    assert refused(await draw(waterrijk, secret, blinded, poll="nergens")) is Problem.POLL_UNKNOWN
    waterrijk.clock.moment = entry.closes_at
    assert (await draw(waterrijk, secret, blinded)).status_code == 200, "in grace: it may have been sent"
    late = await enrolled(waterrijk, "vervoer")
    waterrijk.clock.advance(hours=1)
    assert refused(await draw(waterrijk, late, blinded)) is Problem.POLL_CLOSED
    await waterrijk.change_poll("regiovervoer", cancelled=True)
    assert refused(await draw(waterrijk, secret, blinded)) is Problem.POLL_UNKNOWN


async def test_a_poll_without_free_text_gives_no_token_for_texts(waterrijk: SmallTown):
    whole = document()
    questions = [q for q in whole["questions"] if q["kind"] != "text"]
    entry = await waterrijk.publish_poll({**whole, "questions": questions})
    secret = await enrolled(waterrijk, "vervoer")
    reply = await draw(waterrijk, secret, a_blinded_message(entry), kind="texts")
    assert refused(reply) is Problem.POLL_UNKNOWN
    assert (await draw(waterrijk, secret, a_blinded_message(entry))).status_code == 200


async def test_only_a_number_below_the_modulus_is_signed(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    secret, key = await enrolled(waterrijk, "vervoer"), key_of(entry)
    for blinded in (b"", bytes(384), key.n.to_bytes(384, "big"), b"\xff" * 384, bytes(383) + b"\x01\x01"):
        assert refused(await draw(waterrijk, secret, blinded)) is Problem.BLINDED_MESSAGE_INVALID
    not_base64 = {"poll": "regiovervoer", "kind": "choices", "blinded": "A"}
    headers = {"authorization": f"Bearer {b64(secret)}"}
    reply = await waterrijk.http.post(ISSUER + paths.TOKENS, json=not_base64, headers=headers)
    assert refused(reply) is Problem.BLINDED_MESSAGE_INVALID
    assert (await draw(waterrijk, secret, a_blinded_message(entry))).status_code == 200, "nothing was used up"


async def test_who_never_enrolled_draws_nothing(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    stranger = await draw(waterrijk, secrets.token_bytes(32), a_blinded_message(entry))
    assert refused(stranger) is Problem.CREDENTIAL_UNKNOWN
    body = {"poll": "regiovervoer", "kind": "choices", "blinded": b64(a_blinded_message(entry))}
    for header in ("", "Basic YTpi", "Bearer", "Bearer !!", "Bearer " + b64(bytes(31))):
        reply = await waterrijk.http.post(
            ISSUER + paths.TOKENS, json=body, headers={"authorization": header} if header else {}
        )
        assert refused(reply) is Problem.CREDENTIAL_UNKNOWN


async def test_the_token_keys_of_a_poll_stay_the_same(waterrijk: SmallTown):
    url = f"{ISSUER}/v1/staff/polls/regiovervoer/token-keys"
    first, again = [await waterrijk.signed("POST", url) for _ in range(2)]
    assert first.status_code == 200
    assert first.content == again.content
