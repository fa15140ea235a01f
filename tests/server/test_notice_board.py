"""The notice board: one signed manifest, the same bytes for everybody, and only ever a newer one."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from protocol import paths
from protocol.manifest import ManifestPoll
from protocol.manifest_trust import sign_manifest
from protocol.problems import Problem
from protocol.signing import new_signing_key
from tests.support.polls import document, raw
from tests.support.problems import refused
from tests.support.small_town import BALLOT_BOX, ISSUER, SmallTown, digest_of

PUT = ISSUER + paths.STAFF_MANIFEST


async def now_on_the_board(town: SmallTown) -> bytes:
    return (await town.http.get(ISSUER + paths.MANIFEST)).content


async def test_both_boards_show_the_very_bytes_that_were_signed(waterrijk: SmallTown):
    assert refused(await waterrijk.http.get(ISSUER + paths.MANIFEST)) is Problem.NOT_FOUND
    published = await waterrijk.publish()
    assert await now_on_the_board(waterrijk) == published
    assert (await waterrijk.http.get(BALLOT_BOX + paths.MANIFEST)).content == published


async def test_the_same_manifest_again_is_fine(waterrijk: SmallTown):
    published = await waterrijk.publish()
    assert (await waterrijk.signed("PUT", PUT, body=published)).status_code == 204
    assert await now_on_the_board(waterrijk) == published


async def test_an_older_manifest_or_another_one_with_the_same_number_is_refused(waterrijk: SmallTown):
    older = await waterrijk.publish()
    newest = await waterrijk.publish()
    assert refused(await waterrijk.signed("PUT", PUT, body=older)) is Problem.MANIFEST_OLDER
    forked = waterrijk.sign(sequence=waterrijk.manifest.sequence, name="Gemeente Waterland")
    assert refused(await waterrijk.signed("PUT", PUT, body=forked)) is Problem.MANIFEST_FORKED
    assert await now_on_the_board(waterrijk) == newest


async def test_a_published_poll_cannot_be_changed_or_taken_away_while_it_can_be_answered(
    waterrijk: SmallTown,
):
    entry = await waterrijk.publish_poll()
    newest = await now_on_the_board(waterrijk)
    changed = entry.model_copy(update={"closes_at": entry.closes_at + timedelta(days=1)})
    body = waterrijk.sign(polls=(ManifestPoll(entry=changed),))
    assert refused(await waterrijk.signed("PUT", PUT, body=body)) is Problem.MANIFEST_FORKED
    without = waterrijk.sign(polls=())
    assert refused(await waterrijk.signed("PUT", PUT, body=without)) is Problem.MANIFEST_FORKED
    assert await now_on_the_board(waterrijk) == newest
    waterrijk.clock.moment = entry.closes_at + timedelta(hours=entry.grace_hours)
    await waterrijk.publish(polls=())


async def test_only_the_root_key_of_this_municipality_publishes(waterrijk: SmallTown):
    newest = await waterrijk.publish()
    stranger = sign_manifest(waterrijk.manifest, new_signing_key().private)
    elsewhere = waterrijk.sign(municipality="elders")
    for body in (stranger, elsewhere, b"", b"{}", newest[:-5], b"[" * 100_000, b"\xff", b" " * 1_100_000):
        assert refused(await waterrijk.signed("PUT", PUT, body=body)) is Problem.MANIFEST_INVALID
    assert await now_on_the_board(waterrijk) == newest


async def test_a_manifest_waits_for_its_documents(waterrijk: SmallTown):
    entry = waterrijk.entry(document())
    body = waterrijk.sign(polls=(ManifestPoll(entry=entry),))
    assert refused(await waterrijk.signed("PUT", PUT, body=body)) is Problem.DOCUMENT_MISSING
    url = ISSUER + paths.STAFF_DOCUMENT.format(digest=entry.document)
    assert (await waterrijk.signed("PUT", url, body=raw(document()))).status_code == 204
    assert (await waterrijk.signed("PUT", PUT, body=body)).status_code == 204


async def test_a_document_is_what_its_name_says(waterrijk: SmallTown):
    url = ISSUER + paths.STAFF_DOCUMENT.format(digest=digest_of(b"this"))
    assert refused(await waterrijk.signed("PUT", url, body=b"that")) is Problem.DOCUMENT_MISMATCH
    assert refused(await waterrijk.http.get(url.replace("/staff", ""))) is Problem.NOT_FOUND
    assert (await waterrijk.signed("PUT", url, body=b"this")).status_code == 204
    assert (await waterrijk.signed("PUT", url, body=b"this")).status_code == 204, "again is fine"
    reply = await waterrijk.http.get(url.replace("/staff", ""))
    assert (reply.content, "immutable" in reply.headers["cache-control"]) == (b"this", True)


@pytest.mark.parametrize("name", ["short", "a" * 44, "../../issuer.sqlite"])
async def test_no_other_name_is_looked_up(waterrijk: SmallTown, name: str):
    reply = await waterrijk.http.get(f"{ISSUER}/v1/documents/{name}")
    assert refused(reply) in (Problem.MALFORMED, Problem.NOT_FOUND)


async def test_a_manifest_that_names_a_member_twice_is_refused(waterrijk: SmallTown):
    """Its signature is over what one reader takes of it; another reader may take the other one."""
    once = waterrijk.sign()
    twice = once.replace(b'"manifest":', b'"signature":"A","manifest":', 1)
    assert json.loads(twice) == json.loads(once)
    assert refused(await waterrijk.signed("PUT", PUT, body=twice)) is Problem.MANIFEST_INVALID
    assert (await waterrijk.signed("PUT", PUT, body=once)).status_code == 204
