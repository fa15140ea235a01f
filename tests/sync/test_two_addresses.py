"""Where the manifest is at a second address, the phone compares; nothing else tells it of a split."""

from __future__ import annotations

import pytest

from domain.errors import Distrusted
from domain.participation import Standing
from protocol import paths
from protocol.canonical import b64
from protocol.manifest import ManifestPoll, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.problems import Distrust
from protocol.signing import new_signing_key
from server.blind_signer import public_key_of
from tests.support.false_board import serve_manifest
from tests.support.small_poll import small_poll
from tests.support.small_town import BALLOT_BOX, BALLOT_BOX_HOST, ISSUER_HOST, SmallTown, token_key
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import unplugged


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


@pytest.fixture
async def mirrored(resident: TownPhone) -> TownPhone:
    services = resident.town.manifest.services.model_copy(update={"mirror": BALLOT_BOX})
    await resident.town.publish(services=services)
    assert await resident.sync() is None
    return resident


async def test_while_the_first_board_is_down_the_mirror_is_asked(mirrored: TownPhone):
    town = mirrored.town
    await town.publish_poll(small_poll())
    town.wire.trouble = lambda r: unplugged(r) if r.url.host == ISSUER_HOST else None
    await mirrored.sync()
    assert [card.poll.id for card in mirrored.desk.cards()] == ["regiovervoer", "kleur"]
    assert mirrored.phone.manifest() == town.manifest


@pytest.mark.parametrize("host", [ISSUER_HOST, BALLOT_BOX_HOST])
async def test_two_manifests_with_one_number_are_refused_and_nothing_is_blinded_or_sent(
    mirrored: TownPhone, host: str
):
    town = mirrored.town
    mirrored.desk.send("regiovervoer", ANSWERS)
    await town.publish_poll(small_poll())
    own_key = with_own_key(town)
    serve_manifest(town, own_key, host)
    town.wire.asked.clear()
    found = await mirrored.sync()
    assert isinstance(found, Distrusted)
    assert found.reason == Distrust.FORKED == mirrored.desk.status().problem
    assert {r.url.path for r in town.wire.asked} <= {paths.MANIFEST}
    assert mirrored.token(poll="kleur") is None
    assert mirrored.standing() is Standing.WAITING, "kept, and said"


async def test_a_split_without_a_second_address_is_not_seen(resident: TownPhone):
    """The control: this phone blinds for a key that is made for it alone."""
    town = resident.town
    await town.publish_poll(small_poll())
    serve_manifest(town, with_own_key(town), ISSUER_HOST)
    await resident.sync()
    assert resident.token(poll="kleur") is not None


async def test_the_split_is_not_forgotten_while_the_other_address_is_silent(mirrored: TownPhone):
    town = mirrored.town
    mirrored.desk.send("regiovervoer", ANSWERS)
    serve_manifest(town, with_new_name(town), BALLOT_BOX_HOST)
    await mirrored.sync()
    silent = (BALLOT_BOX_HOST, paths.MANIFEST)
    town.wire.trouble = lambda r: unplugged(r) if (r.url.host, r.url.path) == silent else None
    for _ in range(2):
        assert isinstance(await mirrored.sync(), Distrusted)
        await town.publish()
    town.wire.trouble = lambda _: None
    assert await mirrored.sync() is None, "both show one that is newer"
    assert mirrored.standing() is Standing.SENT


async def test_an_address_that_lags_or_is_silent_or_false_is_no_matter(mirrored: TownPhone):
    town = mirrored.town
    behind = mirrored.phone.shelf.manifest("waterrijk")
    stranger = new_signing_key()
    await town.publish_poll(small_poll())
    for raw in (behind, b"<html>", sign_manifest(town.manifest, stranger.private)):
        serve_manifest(town, raw, BALLOT_BOX_HOST)
        assert await mirrored.sync() is None
    assert mirrored.standing("kleur") is Standing.TO_ANSWER
    town.wire.trouble = lambda r: unplugged(r) if r.url.host == BALLOT_BOX_HOST else None
    assert await mirrored.sync() is None


async def test_the_newer_of_the_two_is_taken_over(mirrored: TownPhone):
    town = mirrored.town
    behind = mirrored.phone.shelf.manifest("waterrijk")
    await town.publish_poll(small_poll())
    serve_manifest(town, behind, ISSUER_HOST)
    assert await mirrored.sync() is None
    assert mirrored.phone.manifest() == town.manifest


async def test_a_published_poll_that_differs_between_the_two_is_refused(mirrored: TownPhone):
    town = mirrored.town
    await town.publish_poll(small_poll())
    serve_manifest(town, with_own_key(town, ahead=1), ISSUER_HOST)
    found = await mirrored.sync()
    assert isinstance(found, Distrusted)
    assert found.reason == Distrust.CHANGED_POLL
    assert mirrored.token(poll="kleur") is None
