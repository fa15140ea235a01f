"""A phone refuses what is not its municipality's own: nothing is asked for it, and what it had stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from domain.errors import Distrusted
from domain.participation import Standing
from protocol import paths
from protocol.blind_rsa import PublicKey
from protocol.canonical import b64, unb64
from protocol.codes import to_words
from protocol.manifest import ManifestPoll, PollEntry, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.problems import Distrust
from protocol.signing import new_signing_key
from tests.support.false_board import serve_manifest
from tests.support.small_poll import small_poll
from tests.support.small_town import SmallTown
from tests.support.town_phone import TownPhone
from tests.sync.conftest import NewPhone


def with_new_poll(town: SmallTown, **keys: str) -> bytes:
    """The next manifest, signed by the root key itself, with one more poll that has these token keys."""
    entry = town.entry(small_poll())
    bad = entry.model_copy(update={"token_keys": TokenKeys(**keys)})
    return town.sign(polls=(*town.manifest.polls, ManifestPoll(entry=bad)))


def spki(bits: int = 3072, exponent: int = 65537) -> str:
    """Of such a size and exponent; nobody signs with it."""
    return b64(PublicKey((1 << bits - 1) + 1, exponent).to_bytes())


def even(entry: PollEntry) -> str:
    """The poll's own key with an even modulus: every signature shows what was signed modulo 2."""
    key = PublicKey.from_bytes(unb64(entry.token_keys.choices))
    der = bytearray(unb64(entry.token_keys.choices))
    at = bytes(der).index(key.n.to_bytes(384, "big")) + 383
    der[at] ^= 1
    return b64(bytes(der))


def first(town: SmallTown) -> PollEntry:
    return town.manifest.polls[0].entry


def changed_poll(town: SmallTown) -> bytes:
    entry = first(town).model_copy(update={"closes_at": first(town).closes_at + timedelta(days=1)})
    return town.sign(polls=(ManifestPoll(entry=entry),))


def rolled_back(town: SmallTown) -> bytes:
    return town.sign(sequence=town.manifest.sequence - 1)


def forked(town: SmallTown) -> bytes:
    return town.sign(sequence=town.manifest.sequence, name="Gemeente Waterland")


TWO_WITH_ONE_NUMBER = "two with one number"
ATTACKS: dict[str, tuple[Callable[[SmallTown], bytes], Distrust]] = {
    "signed by another key": (
        lambda town: sign_manifest(town.manifest, new_signing_key().private),
        Distrust.SIGNATURE,
    ),
    "signed, then changed": (
        lambda town: town.sign().replace(b"Gemeente Waterrijk", b"Gemeente Waterkant"),
        Distrust.SIGNATURE,
    ),
    "of another municipality": (lambda town: town.sign(municipality="elders"), Distrust.MUNICIPALITY),
    "naming another root key": (
        lambda town: town.sign(root_key=b64(new_signing_key().public)),
        Distrust.MUNICIPALITY,
    ),
    "older than what was seen": (rolled_back, Distrust.ROLLED_BACK),
    TWO_WITH_ONE_NUMBER: (forked, Distrust.FORKED),
    "a poll twice": (
        lambda town: town.sign(polls=town.manifest.polls * 2),
        Distrust.FORKED,
    ),
    "a published poll changed": (changed_poll, Distrust.CHANGED_POLL),
    "an open poll vanished": (lambda town: town.sign(polls=()), Distrust.CHANGED_POLL),
    "a token key of 2048 bits": (lambda town: with_new_poll(town, choices=spki(2048)), Distrust.KEY),
    "a token key with exponent 3": (
        lambda town: with_new_poll(town, choices=spki(exponent=3)),
        Distrust.KEY,
    ),
    "a token key with an even modulus": (
        lambda town: with_new_poll(town, choices=even(first(town))),
        Distrust.KEY,
    ),
    "a token key that is none": (lambda town: with_new_poll(town, choices="AAAA"), Distrust.KEY),
    "one token key for two polls": (
        lambda town: with_new_poll(town, choices=first(town).token_keys.choices),
        Distrust.KEY,
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_manifest_that_is_not_to_be_trusted_is_not_used_and_nothing_is_asked_for_it(
    resident: TownPhone, attack: str
):
    make, reason = ATTACKS[attack]
    before = resident.phone.shelf.manifest("waterrijk")
    serve_manifest(resident.town, make(resident.town))
    resident.town.wire.asked.clear()
    found = await resident.sync()
    assert isinstance(found, Distrusted)
    assert found.reason == reason == resident.desk.status().problem
    assert resident.phone.shelf.manifest("waterrijk") == before
    assert resident.town.wire.asked == [], "no code sent, no message blinded, no document fetched"
    assert resident.token(poll="kleur") is None
    resident.town.wire.trouble = lambda _: None
    if reason == Distrust.FORKED and attack == TWO_WITH_ONE_NUMBER:
        await resident.town.publish(sequence=resident.town.manifest.sequence + 1)
    assert await resident.sync() is None, "what it had is still good"


async def test_a_new_phone_believes_nobody_but_its_municipality(waterrijk: SmallTown, new_phone: NewPhone):
    await waterrijk.publish_poll()
    code = await waterrijk.invite("vervoer")
    phone = new_phone(waterrijk)
    stranger = new_signing_key()
    forged = waterrijk.manifest.model_copy(update={"root_key": b64(stranger.public)})
    serve_manifest(waterrijk, sign_manifest(forged, stranger.private))
    waterrijk.wire.asked.clear()
    phone.desk.join(" ".join(to_words(code)))
    assert isinstance(await phone.sync(), Distrusted)
    assert (waterrijk.wire.asked, phone.desk.cards()) == ([], ())
    waterrijk.wire.trouble = lambda _: None
    assert await phone.sync() is None
    assert phone.standing() is Standing.TO_ANSWER, "the control"


async def test_a_document_that_is_not_what_its_name_says_is_not_adopted(resident: TownPhone):
    town = resident.town
    await town.publish_poll(small_poll())
    path = paths.DOCUMENT.format(digest=town.manifest.polls[1].entry.document)
    before = resident.phone.shelf.manifest("waterrijk")

    def other_document(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(200, content=b'{"id": "kleur"}') if request.url.path == path else None

    town.wire.trouble = other_document
    found = await resident.sync()
    assert isinstance(found, Distrusted)
    assert found.reason == Distrust.DOCUMENT
    assert resident.phone.shelf.manifest("waterrijk") == before
    assert [card.poll.id for card in resident.desk.cards()] == ["regiovervoer"]
    town.wire.trouble = lambda _: None
    assert await resident.sync() is None
    assert [card.poll.id for card in resident.desk.cards()] == ["regiovervoer", "kleur"]


@pytest.mark.parametrize("key", [b64(bytes(32)), "AAAA", "="])
async def test_a_key_to_which_nothing_can_be_sealed_is_refused_before_anybody_answers(
    resident: TownPhone, key: str
):
    town = resident.town
    entry = town.entry(small_poll())
    counting = ManifestPoll(entry=entry.model_copy(update={"counting_key": key}))
    polls = town.manifest.polls
    for changes in (
        {"polls": (*polls, counting)},
        {"keys": town.manifest.keys.model_copy(update={"ballot_box_sealing": key}), "polls": polls},
    ):
        serve_manifest(town, town.sign(**changes))
        found = await resident.sync()
        assert isinstance(found, Distrusted)
        assert resident.token(poll="kleur") is None
