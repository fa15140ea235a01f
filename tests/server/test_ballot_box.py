"""The ballot box: one ballot per token, the last word of its owner, and a list for everybody afterwards."""

from __future__ import annotations

import itertools
import secrets
from datetime import timedelta

import httpx
import pytest

from domain.answers import Chosen
from protocol import paths
from protocol.ballots import open_answers
from protocol.canonical import b64, canonical, unb64
from protocol.manifest import PollEntry
from protocol.messages import BallotsMessage, ListMessage
from protocol.problems import Problem
from protocol.receipts import BATCH_DOMAIN, is_list_of, make_batch
from protocol.signing import new_signing_key, sign
from tests.support.ballots import Voter
from tests.support.polls import DEMONSTRATION, document
from tests.support.problems import refused
from tests.support.small_town import BALLOT_BOX, SETTLE, SmallTown


async def take(town: SmallTown, *envelopes: bytes, few: bool = False) -> httpx.Response:
    batch = make_batch(list(envelopes), few, town.keys["shuffler"].signing_private)
    return await town.http.post(BALLOT_BOX + paths.BATCHES, json=batch.model_dump(mode="json"))


async def fetch_list(town: SmallTown, poll: str = "regiovervoer", kind: str = "choices") -> httpx.Response:
    return await town.http.get(f"{BALLOT_BOX}/v1/polls/{poll}/list", params={"kind": kind})


async def list_of(town: SmallTown, entry: PollEntry, kind: str = "choices") -> ListMessage:
    """The list, once everybody stopped waiting."""
    town.clock.moment = entry.closes_at + timedelta(hours=entry.grace_hours) + SETTLE
    reply = await fetch_list(town, entry.id, kind)
    assert reply.status_code == 200, reply.text
    return ListMessage.model_validate_json(reply.content)


async def ballots(town: SmallTown, poll: str = "regiovervoer") -> BallotsMessage:
    url = f"{BALLOT_BOX}/v1/staff/polls/{poll}/ballots"
    reply = await town.signed("GET", url, "counting")
    assert reply.status_code == 200, reply.text
    return BallotsMessage.model_validate_json(reply.content)


async def test_a_ballot_is_counted_and_only_the_counting_key_opens_it(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    voter = Voter(waterrijk, entry)
    sealed = voter.seal(answers={"hoe-vaak": Chosen(("nooit",))})
    assert (await take(waterrijk, voter.envelope(sealed=sealed))).json() == {"taken": 1}
    found = await list_of(waterrijk, entry)
    assert (found.lines, found.received, found.invalid) == ((voter.line(sealed),), 1, 0)
    [ballot] = (await ballots(waterrijk)).ballots
    private, nullifier = waterrijk.counting.private, unb64(ballot.nullifier)
    answers = open_answers(unb64(ballot.sealed), private, entry, nullifier, ballot.revision)
    assert answers == {"hoe-vaak": Chosen(("nooit",))}


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
async def test_the_highest_revision_counts_in_whatever_order_they_arrive(
    waterrijk: SmallTown, order: tuple[int, ...]
):
    entry = await waterrijk.publish_poll()
    voter = Voter(waterrijk, entry)
    sealed = {revision: voter.seal(revision) for revision in order}
    for revision in order[:2]:
        await take(waterrijk, voter.envelope(revision, sealed=sealed[revision]))
    await take(waterrijk, voter.envelope(order[2], sealed=sealed[order[2]]))
    assert (await list_of(waterrijk, entry)).lines == (voter.line(sealed[3]),)


async def test_all_revisions_in_one_batch_are_one_ballot(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    voter, other = Voter(waterrijk, entry), Voter(waterrijk, entry)
    last = voter.seal(9)
    envelopes = [voter.envelope(2), voter.envelope(9, sealed=last), voter.envelope(1), other.envelope()]
    await take(waterrijk, *envelopes)
    found = await list_of(waterrijk, entry)
    assert found.received == 2
    assert voter.line(last) in found.lines


async def test_a_replay_changes_nothing(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    voter, forged = Voter(waterrijk, entry), secrets.token_bytes(4144)
    sealed = voter.seal()
    first = voter.envelope(sealed=sealed)
    for _ in range(2):  # the very batch again: its reply was lost
        assert (await take(waterrijk, first, forged, few=True)).json() == {"taken": 2}
    await take(waterrijk, first, few=True)  # the envelope again, in another batch
    await take(waterrijk, voter.envelope())  # another ballot under the same number
    found = await list_of(waterrijk, entry)
    assert (found.lines, found.below_threshold) == ((voter.line(sealed),), 1)


async def test_a_token_that_was_not_drawn_counts_for_nothing(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    voter = Voter(waterrijk, entry)
    good = voter.token
    for forged in (
        {"signature": bytes(384)},
        {"signature": good.signature[:-1] + bytes([good.signature[-1] ^ 1])},
        {"message": good.message[:-1] + bytes([good.message[-1] ^ 1])},
        {"prefix": secrets.token_bytes(32)},
        {"prefix": good.prefix + good.message[:1], "message": good.message[1:]},
        {"opening": secrets.token_bytes(32)},
    ):
        token = type(good)(**{**{n: getattr(good, n) for n in good.__slots__}, **forged})
        await take(waterrijk, voter.envelope(token=token))
    assert (await list_of(waterrijk, entry)).model_dump(include={"received", "invalid"}) == {
        "received": 0,
        "invalid": 6,
    }


async def test_only_the_owner_of_a_ballot_can_change_it(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    voter, thief = Voter(waterrijk, entry), new_signing_key()
    sealed = voter.seal()
    await take(waterrijk, voter.envelope(sealed=sealed))
    fields = {name: getattr(voter.token, name) for name in voter.token.__slots__}
    with_other_key = type(voter.token)(
        **{**fields, "edit_private": thief.private, "edit_public": thief.public}
    )
    signed_by_other = type(voter.token)(**{**fields, "edit_private": thief.private})
    await take(waterrijk, voter.envelope(2, with_other_key), voter.envelope(3, signed_by_other))
    found = await list_of(waterrijk, entry)
    assert (found.lines, found.invalid) == ((voter.line(sealed),), 2)


async def test_a_token_of_one_poll_or_kind_is_no_token_of_another(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    other = await waterrijk.publish_poll(document(DEMONSTRATION / "buurt.json"))
    voter = Voter(waterrijk, entry)
    fields = {name: getattr(voter.token, name) for name in voter.token.__slots__}
    moved = type(voter.token)(**{**fields, "poll": other.id})
    nowhere = type(voter.token)(**{**fields, "poll": "nergens"})
    assert (await take(waterrijk, voter.envelope(token=moved), voter.envelope(token=nowhere))).json()
    assert (await list_of(waterrijk, other)).received == 0
    assert (await list_of(waterrijk, entry)).received == 0
    waterrijk.clock.moment = entry.opens_at
    await take(waterrijk, voter.envelope())
    assert (await list_of(waterrijk, entry)).received == 1, "the control: in its own poll it counts"


async def test_what_cannot_be_read_is_counted_as_invalid_and_stops_nobody(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    voter = Voter(waterrijk, entry)
    nonsense = [secrets.token_bytes(4144), bytes(4144), b"", secrets.token_bytes(40_000)]
    private = waterrijk.keys["shuffler"].signing_private
    unsigned = make_batch([voter.envelope()], False, private).model_copy(update={"envelopes": ("A",)})
    part = canonical(unsigned.model_dump(mode="json", exclude={"signature"}))
    batch = unsigned.model_copy(update={"signature": b64(sign(private, BATCH_DOMAIN, part))})
    reply = await waterrijk.http.post(BALLOT_BOX + paths.BATCHES, json=batch.model_dump(mode="json"))
    assert reply.json() == {"taken": 1}, "not even base64: the shuffler need not send it for ever"
    assert (await take(waterrijk, *nonsense, voter.envelope())).json() == {"taken": 5}
    assert (await list_of(waterrijk, entry)).received == 1


async def test_only_the_shuffler_hands_in_batches(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    envelope = Voter(waterrijk, entry).envelope()
    stranger = make_batch([envelope], False, new_signing_key().private)
    reply = await waterrijk.http.post(BALLOT_BOX + paths.BATCHES, json=stranger.model_dump(mode="json"))
    assert refused(reply) is Problem.SIGNATURE_INVALID
    relabelled = make_batch([envelope], True, waterrijk.keys["shuffler"].signing_private).model_copy(
        update={"below_threshold": False}
    )
    reply = await waterrijk.http.post(BALLOT_BOX + paths.BATCHES, json=relabelled.model_dump(mode="json"))
    assert refused(reply) is Problem.SIGNATURE_INVALID


async def test_a_ballot_of_a_cancelled_poll_is_not_counted(waterrijk: SmallTown):
    entry = await waterrijk.publish_poll()
    await waterrijk.change_poll(entry.id, cancelled=True)
    await take(waterrijk, Voter(waterrijk, entry).envelope())
    assert (await list_of(waterrijk, entry)).received == 0


class TestTheEnd:
    """Nothing of a poll is shown before every batch can be in; what comes later does not count."""

    async def say_swept(self, town: SmallTown, at: timedelta = timedelta()) -> None:
        word = make_batch([], False, town.keys["shuffler"].signing_private, swept_at=town.clock() + at)
        reply = await town.http.post(BALLOT_BOX + paths.BATCHES, json=word.model_dump(mode="json"))
        assert reply.status_code == 200

    async def test_before_it_there_is_no_list_and_there_are_no_ballots(self, waterrijk: SmallTown):
        entry = await waterrijk.publish_poll(grace_hours=1)
        for before in (timedelta(days=30), timedelta(0)):
            waterrijk.clock.moment = entry.closes_at + timedelta(hours=1) + SETTLE - before
            waterrijk.clock.advance(seconds=-1)
            assert refused(await fetch_list(waterrijk)) is Problem.LIST_NOT_READY
            url = f"{BALLOT_BOX}/v1/staff/polls/regiovervoer/ballots"
            assert refused(await waterrijk.signed("GET", url, "counting")) is Problem.BALLOTS_NOT_READY
        waterrijk.clock.advance(seconds=1)
        assert (await fetch_list(waterrijk)).status_code == 200
        assert (await ballots(waterrijk)).ballots == ()

    async def test_the_word_of_the_shuffler_brings_it_on(self, waterrijk: SmallTown):
        entry = await waterrijk.publish_poll(grace_hours=1)
        waterrijk.clock.moment = entry.closes_at + timedelta(minutes=59)
        await self.say_swept(waterrijk)
        waterrijk.clock.advance(minutes=1)
        assert refused(await fetch_list(waterrijk)) is Problem.LIST_NOT_READY, "swept before the end"
        await self.say_swept(waterrijk)
        assert (await fetch_list(waterrijk)).status_code == 200
        voter = Voter(waterrijk, entry)
        await take(waterrijk, voter.envelope())
        reply = ListMessage.model_validate_json((await fetch_list(waterrijk)).content)
        assert (reply.received, reply.late) == (0, 1)

    async def test_a_shuffler_whose_clock_is_ahead_ends_no_poll(self, waterrijk: SmallTown):
        entry = await waterrijk.publish_poll(grace_hours=0)
        waterrijk.clock.moment = entry.closes_at - timedelta(minutes=1)
        await self.say_swept(waterrijk, timedelta(hours=1))
        waterrijk.clock.advance(minutes=2)
        voter = Voter(waterrijk, entry)
        await take(waterrijk, voter.envelope())
        assert (await list_of(waterrijk, entry)).received == 1

    async def test_what_comes_after_it_is_late_and_is_counted_as_late(self, waterrijk: SmallTown):
        entry = await waterrijk.publish_poll()
        voter, last = Voter(waterrijk, entry), Voter(waterrijk, entry)
        waterrijk.clock.moment = entry.closes_at + timedelta(hours=entry.grace_hours) + SETTLE
        waterrijk.clock.advance(seconds=-1)
        await take(waterrijk, last.envelope())
        waterrijk.clock.advance(seconds=1)
        await take(waterrijk, voter.envelope())
        found = await list_of(waterrijk, entry)
        assert (found.received, found.late) == (1, 1)

    async def test_the_list_is_sorted_signed_and_the_same_for_everybody(self, waterrijk: SmallTown):
        entry = await waterrijk.publish_poll()
        voters = [Voter(waterrijk, entry) for _ in range(5)]
        sealed = [voter.seal() for voter in voters]
        envelopes = [v.envelope(sealed=s) for v, s in zip(voters, sealed, strict=True)]
        await take(waterrijk, *envelopes[:3])
        await take(waterrijk, *envelopes[3:])
        found = await list_of(waterrijk, entry)
        assert found.lines == tuple(sorted(v.line(s) for v, s in zip(voters, sealed, strict=True)))
        public = waterrijk.keys["ballot-box"].signing_public
        assert is_list_of(found, public)
        assert not is_list_of(found.model_copy(update={"lines": found.lines[1:]}), public)
        assert (await fetch_list(waterrijk)).content == (await fetch_list(waterrijk)).content

    async def test_of_an_unknown_poll_or_kind_there_is_none(self, waterrijk: SmallTown):
        assert refused(await fetch_list(waterrijk)) is Problem.NOT_FOUND, "nothing was ever published"
        await waterrijk.publish_poll()
        assert refused(await fetch_list(waterrijk, "nergens")) is Problem.POLL_UNKNOWN
        assert refused(await fetch_list(waterrijk, kind="names")) is Problem.MALFORMED
