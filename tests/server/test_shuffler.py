"""The shuffler: keeps what it promised, hands on only crowds, and remembers nothing of it."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import timedelta

import pytest

from domain.errors import Unreachable
from protocol import paths
from protocol.ballots import ENVELOPE_SIZES
from protocol.canonical import b64
from protocol.messages import BatchMessage, ReceiptMessage
from protocol.problems import Problem
from protocol.receipts import is_batch_of, is_receipt_for
from server.application import LARGEST_BODY
from server.mixing import LARGEST_BATCH, MixRule
from tests.support.problems import refused
from tests.support.small_town import SHUFFLER, SmallTown

SIZE = min(ENVELOPE_SIZES)


@pytest.fixture(autouse=True)
def _rule(waterrijk: SmallTown) -> None:
    """Envelopes wait for four others, and are looked at every twelve hours."""
    waterrijk.mixing.rule = MixRule(least=5, every=timedelta(hours=12), most=12)


class Receiver:
    """A ballot box that takes what it is told to take."""

    def __init__(self, takes: bool = True) -> None:
        self.takes, self.batches = takes, []

    async def __call__(self, _cut: str, batch: dict[str, object]) -> bool:
        self.batches.append(BatchMessage.model_validate(batch))
        return self.takes

    def envelopes(self) -> list[str]:
        return [envelope for batch in self.batches for envelope in batch.envelopes]

    def words(self) -> list[BatchMessage]:
        return [batch for batch in self.batches if batch.swept_at is not None]


async def post(town: SmallTown, envelope: bytes):
    headers = {"content-type": "application/octet-stream"}
    return await town.http.post(SHUFFLER + paths.ENVELOPES, content=envelope, headers=headers)


def keep(town: SmallTown, count: int) -> list[str]:
    envelopes = [secrets.token_bytes(SIZE) for _ in range(count)]
    for envelope in envelopes:
        town.mixing.keep(envelope)
    return [b64(envelope) for envelope in envelopes]


async def test_what_is_taken_is_acknowledged_with_a_signature_over_it(waterrijk: SmallTown):
    envelope = secrets.token_bytes(SIZE)
    receipt = ReceiptMessage.model_validate_json((await post(waterrijk, envelope)).content)
    public = waterrijk.keys["shuffler"].signing_public
    assert is_receipt_for(receipt, envelope, public)
    assert not is_receipt_for(receipt, secrets.token_bytes(SIZE), public), "of another envelope it is none"


async def test_the_same_envelope_twice_is_one_envelope_with_one_receipt(waterrijk: SmallTown):
    envelope = secrets.token_bytes(SIZE)
    first, again = await post(waterrijk, envelope), await post(waterrijk, envelope)
    assert first.content == again.content
    assert waterrijk.mixing.waiting() == 1


@pytest.mark.parametrize("size", [0, SIZE - 1, SIZE + 1, 8193])
async def test_an_envelope_of_a_size_of_its_own_is_refused(waterrijk: SmallTown, size: int):
    assert refused(await post(waterrijk, bytes(size))) is Problem.ENVELOPE_SIZE
    assert refused(await post(waterrijk, bytes(max(ENVELOPE_SIZES) + 1))) is Problem.TOO_LARGE
    for good in ENVELOPE_SIZES:
        assert (await post(waterrijk, bytes(good))).status_code == 200


async def test_something_else_than_bytes_is_refused(waterrijk: SmallTown):
    reply = await waterrijk.http.post(SHUFFLER + paths.ENVELOPES, json={"answer": "yes"})
    assert refused(reply) is Problem.MEDIA_TYPE


async def test_a_full_shuffler_says_when_to_come_back_and_still_knows_what_it_has(waterrijk: SmallTown):
    known = secrets.token_bytes(SIZE)
    waterrijk.mixing.keep(known)
    keep(waterrijk, 11)
    reply = await post(waterrijk, secrets.token_bytes(SIZE))
    assert (refused(reply), reply.headers["retry-after"]) == (Problem.QUEUE_FULL, "3600")
    assert (await post(waterrijk, known)).status_code == 200


async def test_few_envelopes_wait_and_enough_of_them_go_together(waterrijk: SmallTown):
    waterrijk.add_poll()
    box = Receiver()
    first = keep(waterrijk, 4)
    for _ in range(3):
        assert await waterrijk.mixing.tick(waterrijk.manifest, box) == 0
    assert box.batches == []
    last = keep(waterrijk, 1)
    assert await waterrijk.mixing.tick(waterrijk.manifest, box) == 5
    [batch] = box.batches
    assert sorted(batch.envelopes) == sorted(first + last)
    assert not batch.below_threshold
    assert is_batch_of(batch, waterrijk.keys["shuffler"].signing_public)
    assert waterrijk.mixing.waiting() == 0, "and nothing of them stays behind"


async def test_envelopes_do_not_leave_in_the_order_in_which_they_came(waterrijk: SmallTown):
    arrived = keep(waterrijk, 12)
    box = Receiver()
    await waterrijk.mixing.tick(None, box)
    assert sorted(box.envelopes()) == sorted(arrived)
    assert box.envelopes() != arrived


async def test_before_a_poll_ends_the_last_few_go_and_the_batch_says_so(waterrijk: SmallTown):
    entry = waterrijk.add_poll(grace_hours=0)
    box = Receiver()
    keep(waterrijk, 2)
    waterrijk.clock.moment = entry.closes_at - timedelta(hours=12)
    assert await waterrijk.mixing.tick(waterrijk.manifest, box) == 0, "there is another look in time"
    waterrijk.clock.advance(minutes=1)
    assert await waterrijk.mixing.tick(waterrijk.manifest, box) == 2
    assert box.batches[0].below_threshold


async def test_what_came_at_the_last_moment_goes_at_the_first_look_after_the_end(waterrijk: SmallTown):
    entry = waterrijk.add_poll(grace_hours=0)
    box = Receiver()
    waterrijk.clock.moment = entry.closes_at - timedelta(hours=1)
    await waterrijk.mixing.tick(waterrijk.manifest, box)
    late = keep(waterrijk, 1)
    waterrijk.clock.advance(hours=12)
    assert await waterrijk.mixing.tick(waterrijk.manifest, box) == 1
    assert box.envelopes() == late
    assert box.words()[-1].swept_at == waterrijk.clock()
    keep(waterrijk, 1)
    waterrijk.clock.advance(hours=12)
    assert await waterrijk.mixing.tick(waterrijk.manifest, box) == 0, "then few wait again"


async def test_a_restart_long_after_a_poll_does_not_hurry_the_few(waterrijk: SmallTown):
    entry = waterrijk.add_poll(grace_hours=0)
    waterrijk.clock.moment = entry.closes_at + timedelta(days=30)
    keep(waterrijk, 2)
    assert await waterrijk.mixing.tick(waterrijk.manifest, Receiver()) == 0
    waterrijk.clock.moment = entry.closes_at + timedelta(days=3)
    assert await waterrijk.mixing.tick(waterrijk.manifest, Receiver()) == 2


async def test_a_batch_that_was_not_acknowledged_goes_again_the_same(waterrijk: SmallTown):
    keep(waterrijk, 6)
    deaf, box = Receiver(takes=False), Receiver()
    assert await waterrijk.mixing.tick(None, deaf) == 0
    keep(waterrijk, 2)
    assert await waterrijk.mixing.deliver(box) == 6
    assert box.batches == deaf.batches
    assert not waterrijk.mixing.undelivered()


async def test_the_word_that_everything_was_handed_on_is_not_given_before_it_was(waterrijk: SmallTown):
    entry = waterrijk.add_poll(grace_hours=0)
    keep(waterrijk, 2)
    waterrijk.clock.moment = entry.closes_at
    deaf, box = Receiver(takes=False), Receiver()
    await waterrijk.mixing.tick(waterrijk.manifest, deaf)
    assert deaf.words() == []
    await waterrijk.mixing.tick(waterrijk.manifest, box)
    [word] = box.words()
    assert (word.swept_at, word.envelopes) == (waterrijk.clock(), ())


async def test_one_batch_that_is_refused_holds_up_no_other(waterrijk: SmallTown):
    keep(waterrijk, 6)
    await waterrijk.mixing.tick(None, Receiver(takes=False))
    keep(waterrijk, 5)
    bad: list[object] = []

    async def box(cut: str, batch: dict[str, object]) -> bool:
        bad.append(cut) if not bad else None
        return cut not in bad

    assert await waterrijk.mixing.tick(None, box) in (5, 6)
    assert waterrijk.mixing.undelivered()


async def test_without_a_network_no_other_batch_is_tried(waterrijk: SmallTown):
    for _ in range(2):
        keep(waterrijk, 5)
        await waterrijk.mixing.tick(None, Receiver(takes=False))
    tried: list[str] = []

    async def unplugged(cut: str, batch: dict[str, object]) -> bool:
        tried.append(cut)
        raise Unreachable("network")

    assert await waterrijk.mixing.deliver(unplugged) == 0
    assert len(tried) == 1


def test_a_batch_of_the_largest_envelopes_fits_in_what_the_ballot_box_takes():
    base64 = max(ENVELOPE_SIZES) * 4 // 3 + 4
    assert LARGEST_BATCH * (base64 + len('"",')) + 1000 < LARGEST_BODY


async def test_the_file_of_the_shuffler_shows_no_envelope_that_went(waterrijk: SmallTown):
    kept = [secrets.token_bytes(SIZE) for _ in range(5)]
    for envelope in kept:
        waterrijk.mixing.keep(envelope)
    files = [waterrijk.folder / f"shuffler.sqlite{part}" for part in ("", "-wal")]
    assert any(kept[0][:200] in file.read_bytes() for file in files), "the control: while it waits"
    await waterrijk.mixing.tick(None, Receiver())
    for file in files:
        assert all(envelope[:200] not in file.read_bytes() for envelope in kept)
    with sqlite3.connect(files[0]) as connection:
        assert connection.execute("SELECT count(*) FROM envelope").fetchone() == (0,)
    connection.close()
