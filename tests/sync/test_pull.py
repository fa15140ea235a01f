"""Pulling: a phone takes over nothing that is not its municipality's own, and keeps what it had."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from domain.errors import Distrusted, Unreachable
from domain.participation import Standing
from protocol import paths
from protocol.blind_rsa import PublicKey
from protocol.canonical import b64, unb64
from protocol.codes import to_words
from protocol.manifest import ManifestPoll, PollEntry, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.problems import Distrust
from protocol.signing import new_signing_key
from server.blind_signer import public_key_of
from sync.client import NOT_OURS, new_http_client
from tests.support.small_poll import small_poll
from tests.support.small_town import BALLOT_BOX, SmallTown, digest_of, token_key
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import captive_portal, replying, unplugged
from tests.sync.conftest import NewPhone


def serve_manifest(town: SmallTown, raw: bytes) -> None:
    """The board shows these bytes, as an attacker in its place would."""

    def trouble(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(200, content=raw) if request.url.path == paths.MANIFEST else None

    town.wire.trouble = trouble


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


def with_own_key(town: SmallTown, ahead: int = 0) -> bytes:
    """The manifest as the board shows it, but that the last poll has a token key made for one phone."""
    last, own = town.manifest.polls[-1], b64(public_key_of(token_key("of-one-phone", "choices")))
    entry = last.entry.model_copy(update={"token_keys": TokenKeys(choices=own)})
    polls = (*town.manifest.polls[:-1], ManifestPoll(entry=entry))
    split = town.manifest.model_copy(update={"polls": polls, "sequence": town.manifest.sequence + ahead})
    return sign_manifest(split, town.root.private)


def with_new_name(town: SmallTown) -> bytes:
    other = town.manifest.model_copy(update={"name": "Gemeente Waterland"})
    return sign_manifest(other, town.root.private)


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


async def test_while_the_first_board_is_down_the_mirror_is_asked(resident: TownPhone):
    town = resident.town
    services = town.manifest.services.model_copy(update={"mirror": BALLOT_BOX})
    await town.publish(services=services)
    assert await resident.sync() is None
    await town.publish_poll(small_poll())
    town.wire.trouble = lambda r: unplugged(r) if r.url.host == "issuer.test" else None
    await resident.sync()
    assert [card.poll.id for card in resident.desk.cards()] == ["regiovervoer", "kleur"]
    assert resident.phone.manifest() == town.manifest


class TestTwoAddresses:
    """Where the manifest is at a second address, the phone compares; nothing else tells it of a split."""

    @pytest.fixture
    async def mirrored(self, resident: TownPhone) -> TownPhone:
        services = resident.town.manifest.services.model_copy(update={"mirror": BALLOT_BOX})
        await resident.town.publish(services=services)
        assert await resident.sync() is None
        return resident

    @staticmethod
    def show(town: SmallTown, host: str, raw: bytes) -> None:
        """At this host only; everything else as it is."""

        def trouble(request: httpx.Request) -> httpx.Response | None:
            shown = request.url.host == host and request.url.path == paths.MANIFEST
            return httpx.Response(200, content=raw) if shown else None

        town.wire.trouble = trouble

    @pytest.mark.parametrize("host", ["issuer.test", "ballot-box.test"])
    async def test_two_manifests_with_one_number_are_refused_and_nothing_is_blinded_or_sent(
        self, mirrored: TownPhone, host: str
    ):
        town = mirrored.town
        mirrored.desk.send("regiovervoer", ANSWERS)
        await town.publish_poll(small_poll())
        own_key = with_own_key(town)
        self.show(town, host, own_key)
        town.wire.asked.clear()
        found = await mirrored.sync()
        assert isinstance(found, Distrusted)
        assert found.reason == Distrust.FORKED == mirrored.desk.status().problem
        assert {r.url.path for r in town.wire.asked} <= {paths.MANIFEST}
        assert mirrored.token(poll="kleur") is None
        assert mirrored.standing() is Standing.WAITING, "kept, and said"

    async def test_a_split_without_a_second_address_is_not_seen(self, resident: TownPhone):
        """The control: this phone blinds for a key that is made for it alone."""
        town = resident.town
        await town.publish_poll(small_poll())
        self.show(town, "issuer.test", with_own_key(town))
        await resident.sync()
        assert resident.token(poll="kleur") is not None

    async def test_the_split_is_not_forgotten_while_the_other_address_is_silent(self, mirrored: TownPhone):
        town = mirrored.town
        mirrored.desk.send("regiovervoer", ANSWERS)
        self.show(town, "ballot-box.test", with_new_name(town))
        await mirrored.sync()
        silent = ("ballot-box.test", paths.MANIFEST)
        town.wire.trouble = lambda r: unplugged(r) if (r.url.host, r.url.path) == silent else None
        for _ in range(2):
            assert isinstance(await mirrored.sync(), Distrusted)
            await town.publish()
        town.wire.trouble = lambda _: None
        assert await mirrored.sync() is None, "both show one that is newer"
        assert mirrored.standing() is Standing.SENT

    async def test_an_address_that_lags_or_is_silent_or_false_is_no_matter(self, mirrored: TownPhone):
        town = mirrored.town
        behind = mirrored.phone.shelf.manifest("waterrijk")
        stranger = new_signing_key()
        await town.publish_poll(small_poll())
        for raw in (behind, b"<html>", sign_manifest(town.manifest, stranger.private)):
            self.show(town, "ballot-box.test", raw)
            assert await mirrored.sync() is None
        assert mirrored.standing("kleur") is Standing.TO_ANSWER
        town.wire.trouble = lambda r: unplugged(r) if r.url.host == "ballot-box.test" else None
        assert await mirrored.sync() is None

    async def test_the_newer_of_the_two_is_taken_over(self, mirrored: TownPhone):
        town = mirrored.town
        behind = mirrored.phone.shelf.manifest("waterrijk")
        await town.publish_poll(small_poll())
        self.show(town, "issuer.test", behind)
        assert await mirrored.sync() is None
        assert mirrored.phone.manifest() == town.manifest

    async def test_a_published_poll_that_differs_between_the_two_is_refused(self, mirrored: TownPhone):
        town = mirrored.town
        await town.publish_poll(small_poll())
        self.show(town, "issuer.test", with_own_key(town, ahead=1))
        found = await mirrored.sync()
        assert isinstance(found, Distrusted)
        assert found.reason == Distrust.CHANGED_POLL
        assert mirrored.token(poll="kleur") is None


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
