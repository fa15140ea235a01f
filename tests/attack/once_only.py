"""Once only: 32 threads stuff the ballot box; each token counts once, with its owner's last word."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import httpx

from protocol import paths
from protocol.canonical import b64, unb64
from protocol.messages import BatchMessage, ListMessage
from protocol.receipts import make_batch
from protocol.signing import new_signing_key
from protocol.tokens import list_line
from tests.attack.real_box import RealBoxTown
from tests.attack.stuffing import Heap, make_heap
from tests.support.row import Row, Scale
from tests.support.small_poll import small_poll

THREADS = 32
BATCH = 25


@dataclass(frozen=True, slots=True)
class Found:
    """What the box's own file holds against what voters sent, and what it published."""

    rows: int
    voters: int
    double: int
    stale: int
    forged: int
    missing: int
    list_agrees: bool
    invalid_agrees: bool
    strangers: int
    failures: int

    @property
    def held(self) -> bool:
        faults = (self.double, self.stale, self.forged, self.missing, self.strangers, self.failures)
        return not any(faults) and self.list_agrees and self.invalid_agrees


def attack(scale: Scale, folder: Path) -> Row:
    voters, forged = (2000, 2000) if scale.full else (60, 60)
    scale.tell("making ballots")
    found = asyncio.run(_stuff(folder / "real", "server", voters, forged, scale))
    scale.tell("the control: a box without the key")
    off = asyncio.run(
        _stuff(folder / "off", "tests.attack.box_without_defence", voters // 5, forged // 5, scale)
    )
    return Row(
        promise="once only",
        figure=(
            f"{voters * 4 + forged:,} ballots, {THREADS} threads: {found.rows:,} of {found.voters:,} tokens "
            f"counted, {found.double} double, {found.stale} stale, {found.forged} forged, "
            f"{found.failures} failures"
        ),
        bound="one per nullifier, the highest revision, 0 forged; the list agrees",
        held=found.held,
        control=f"without the key and the checks: {off.double:,} doubles, {off.forged:,} forged",
        caught=off.double > 0 and off.forged > 0,
    )


async def _stuff(folder: Path, module: str, voters: int, forged: int, scale: Scale) -> Found:
    town = RealBoxTown(folder, module)
    town.start()
    try:
        entry = await town.publish_poll(small_poll("kleur", grace_hours=0))
        other = await town.publish_poll(small_poll("anders", grace_hours=0))
        heap = await asyncio.to_thread(make_heap, town, entry, other, voters, forged, Random(7))
        scale.tell(f"stuffing the box with {len(heap.deliveries)} ballots")
        strangers, failures = await asyncio.to_thread(_deliver, town, heap)
        await town.change_poll("kleur", closed_at=datetime.now(UTC).replace(microsecond=0))
        published = await _list(town)
    finally:
        await town.http.aclose()
        town.stop()
    return _judge(town, heap, published, strangers, failures)


def _deliver(town: RealBoxTown, heap: Heap) -> tuple[int, int]:
    """All batches, some twice at once, by 32 threads. Returns (batches of strangers taken, failures)."""
    private, chance = town.keys["shuffler"].signing_private, Random(8)
    envelopes = list(heap.deliveries)
    batches = [make_batch(envelopes[n : n + BATCH], False, private) for n in range(0, len(envelopes), BATCH)]
    again = chance.sample(batches, len(batches) // 5)
    strange = [make_batch(envelopes[:3], False, new_signing_key().private) for _ in range(THREADS)]
    work: list[BatchMessage] = [*batches, *again, *strange]
    chance.shuffle(work)
    with httpx.Client(timeout=120, limits=httpx.Limits(max_connections=THREADS)) as http:

        def post(batch: BatchMessage) -> int:
            return http.post(town.box_url + paths.BATCHES, json=batch.model_dump(mode="json")).status_code

        with ThreadPoolExecutor(THREADS) as pool:
            said = list(pool.map(post, work))
    ours = {batch.signature for batch in batches}
    strangers = sum(
        status == 200 for batch, status in zip(work, said, strict=True) if batch.signature not in ours
    )
    failures = sum(status != 200 for batch, status in zip(work, said, strict=True) if batch.signature in ours)
    return strangers, failures


async def _list(town: RealBoxTown) -> ListMessage:
    """The list, after the shuffler's word that nothing is left."""
    word = make_batch([], False, town.keys["shuffler"].signing_private, swept_at=datetime.now(UTC))
    async with httpx.AsyncClient(base_url=town.box_url, timeout=60) as http:
        (await http.post(paths.BATCHES, json=word.model_dump(mode="json"))).raise_for_status()
        reply = await http.get(paths.LIST.format(poll="kleur"), params={"kind": "choices"})
    return ListMessage.model_validate_json(reply.raise_for_status().content)


def _judge(town: RealBoxTown, heap: Heap, published: ListMessage, strangers: int, failures: int) -> Found:
    rows = _rows(town.box_file)
    each = Counter(nullifier for nullifier, _, _ in rows)
    lines = sorted(b64(list_line(unb64(nullifier), sealed)) for nullifier, (_, sealed) in heap.last.items())
    return Found(
        rows=len(rows),
        voters=len(heap.last),
        double=sum(count - 1 for count in each.values()),
        stale=sum(n in heap.last and s in heap.sent and (r, s) != heap.last[n] for n, r, s in rows),
        forged=sum(n not in heap.last or s not in heap.sent for n, _, s in rows),
        missing=len(set(heap.last) - set(each)),
        list_agrees=list(published.lines) == lines,
        invalid_agrees=_invalid(town.box_file) == heap.forged,
        strangers=strangers,
        failures=failures,
    )


def _rows(path: Path) -> Sequence[tuple[str, int, bytes]]:
    """Nullifier, revision, sealed: of the real table, or of the control's."""
    with closing(sqlite3.connect(path)) as file:
        there = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        table = "each" if "each" in there else "ballot"
        return file.execute(f'SELECT nullifier, revision, sealed FROM "{table}"').fetchall()


def _invalid(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("SELECT sum(invalid) FROM figures").fetchone()[0] or 0)
