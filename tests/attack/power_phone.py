"""A phone on the disk whose power can be cut: its resident answers, changes her mind, and sends."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy.engine import Engine

from domain.answers import Answer, Chosen
from domain.errors import StorageDamaged
from storage.database import open_phone
from storage.key_store import FILE
from sync.phone import Phone
from tests.attack.power_disk import Disk
from tests.attack.power_engine import powered
from tests.support.small_poll import small_poll
from tests.support.small_town import SmallTown
from tests.support.town_phone import TownPhone

POLLS = tuple(f"kleur-{n}" for n in range(5))
COLOURS = ("rood", "blauw", "groen")
SAVE = 0.4


Answers = Mapping[str, Answer]


@dataclass
class Promised:
    """By poll: the revision that was called saved last, the draft that was kept last, the one meant last."""

    sent: dict[str, int] = field(default_factory=dict)
    kept: dict[str, Answers] = field(default_factory=dict)
    meant: dict[str, Answers] = field(default_factory=dict)


class PowerPhone:
    def __init__(self, folder: Path, disk: Disk, town: SmallTown) -> None:
        self.folder, self.disk, self.town = folder, disk, town
        self.promised = Promised()
        self.phone: TownPhone | None = None

    @classmethod
    async def make(cls, folder: Path, disk: Disk) -> PowerPhone:
        """A phone that joined and has its tokens, kept as it is before each cut."""
        town = SmallTown(folder / "servers")
        for id in POLLS:
            town.add_poll(small_poll(id))
        await town.publish()
        phone = TownPhone(town, folder / "joined")
        await phone.join()
        phone.close()
        return cls(folder, disk, town)

    @asynccontextmanager
    async def switched_on(self) -> AsyncIterator[Sequence[Engine]]:
        place = self.folder / "phone"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.folder / "joined", place)
        self.promised = Promised()
        self.disk.reset()
        self.disk.promised = lambda: self.promised
        with powered(self.disk):
            self.phone = TownPhone(self.town, place)
        try:
            yield (self.phone.engine,)
        finally:
            self.phone.close()

    async def work(self, chance: Random) -> None:
        """Drafts, answers and hand-overs, a draft last; what `save` and `send` returned from is promised."""
        assert self.phone is not None
        for what in (*(chance.random() for _ in range(chance.randint(3, 9))), SAVE):
            poll = chance.choice(POLLS)
            answers: Answers = {"een": Chosen((chance.choice(COLOURS),))}
            if what <= SAVE:
                self.promised.meant[poll] = answers
                self.phone.desk.save(poll, answers)
                self.promised.kept[poll] = answers
            elif what < 0.55:
                await self.phone.sync()
            else:
                self.promised.kept.pop(poll, None)
                self.phone.desk.send(poll, answers, keep_copy=chance.random() < 0.5)
                self.promised.sent[poll] = self._revisions(self.phone.phone).get(poll, 0)

    def look(self, after: Path, promised: Promised) -> tuple[bool, bool]:
        """(whether something was lost, whether the file is damaged), as the app's next start finds it."""
        home = self.town.card.id
        shutil.copy(self.folder / "phone" / FILE, after)  # the project syncs it itself, when it is made
        try:
            engine = open_phone(after)
        except StorageDamaged:
            return True, True
        phone = Phone.on(engine, self.town.municipality, self.town.clock, secrets.token_bytes)
        there = self._revisions(phone)
        drafts = {poll: phone.drafts.get(home, poll) for poll in promised.kept}
        engine.dispose()
        lost = any(there.get(poll, 0) < revision for poll, revision in promised.sent.items())
        for poll, answers in promised.kept.items():
            lost = lost or drafts[poll] not in (answers, promised.meant[poll])
        return lost, False

    def _revisions(self, phone: Phone) -> dict[str, int]:
        return {ballot.poll: ballot.revision for ballot in phone.outbox.progress(self.town.card.id)}

    def close(self) -> None:
        self.town.close()
