"""Shuffler and ballot box on the disk whose power can be cut: ballots come in, are mixed and handed on."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from random import Random

from sqlalchemy.engine import Engine

from protocol import paths
from protocol.canonical import b64
from protocol.receipts import envelope_digest
from tests.attack.power_disk import Disk
from tests.attack.power_engine import powered
from tests.support.ballots import Voter
from tests.support.small_poll import small_poll
from tests.support.small_town import SHUFFLER, SmallTown

VOTERS = 12
REVISIONS = (1, 2)
HEADERS = {"content-type": "application/octet-stream"}


class PowerServers:
    """`promised`: digests of the envelopes with a receipt. `ballots`: what is in them."""

    def __init__(
        self, folder: Path, disk: Disk, town: SmallTown, ballots: dict[bytes, tuple[str, int]]
    ) -> None:
        self.folder, self.disk, self.town, self.ballots = folder, disk, town, ballots
        self.receipts: list[bytes] = []

    @classmethod
    async def make(cls, folder: Path, disk: Disk) -> PowerServers:
        """Servers with one poll, kept as they are before each cut, and envelopes to send them."""
        town = SmallTown(folder / "servers")
        with powered(disk):
            _ = town.shuffler, town.ballot_box
        entry = await town.publish_poll(small_poll())
        voters = [Voter(town, entry) for _ in range(VOTERS)]
        ballots = {v.envelope(r): (b64(v.token.nullifier), r) for v in voters for r in REVISIONS}
        town.keep()
        return cls(folder, disk, town, ballots)

    @asynccontextmanager
    async def switched_on(self) -> AsyncIterator[Sequence[Engine]]:
        self.town.restore()
        self.receipts.clear()
        self.disk.reset()
        self.disk.promised = lambda: self.receipts
        engines = (self.town.shuffler.state.engine, self.town.ballot_box.state.engine)
        yield engines
        for engine in engines:
            engine.dispose()

    async def work(self, chance: Random) -> None:
        """Envelopes in any order, some twice; now and then the mix hands them on."""
        for envelope in chance.choices(list(self.ballots), k=chance.randint(3, 10)):
            if chance.random() < 0.25:
                await self.town.mix()
            reply = await self.town.http.post(SHUFFLER + paths.ENVELOPES, content=envelope, headers=HEADERS)
            assert reply.status_code == 200, reply.text
            self.receipts.append(envelope)

    def look(self, after: Path, promised: list[bytes]) -> tuple[bool, bool]:
        """(whether something was lost, whether a file is damaged)."""
        try:
            waiting = {
                digest for (digest,) in _rows(after / "shuffler.sqlite", "SELECT digest FROM envelope")
            }
            counted = dict(_rows(after / "ballot-box.sqlite", "SELECT nullifier, revision FROM ballot"))
        except sqlite3.DatabaseError:
            return True, True
        lost = False
        for envelope in promised:
            nullifier, revision = self.ballots[envelope]
            there = envelope_digest(envelope) in waiting or counted.get(nullifier, 0) >= revision
            lost = lost or not there
        return lost, False

    def close(self) -> None:
        self.town.close()


def _rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Raises `sqlite3.DatabaseError` for a file with damage anywhere."""
    with closing(sqlite3.connect(path)) as file:
        if file.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError
        return file.execute(query).fetchall()
