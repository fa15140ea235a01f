"""Power cuts: what a phone called saved, and what a server gave a receipt for, is there afterwards."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.attack.power_engine import power_disk
from tests.attack.power_phone import PowerPhone
from tests.attack.power_servers import PowerServers
from tests.support.row import Row, Scale

NORMAL, FULL = 1, 2
"""As `PRAGMA synchronous` says it."""
KEPT = (0.0, 0.5, 0.9)
"""Shares of the unsynced sectors that make it to the platters after all."""


@dataclass
class Tally:
    cuts: int = 0
    lost: int = 0
    corrupt: int = 0
    during: int = 0

    @property
    def held(self) -> bool:
        return not (self.lost or self.corrupt)


def attack(scale: Scale, folder: Path) -> Row:
    cuts, control = (150, 40) if scale.full else (6, 8)
    found: dict[str, Tally] = {}
    for kind in (PowerPhone, PowerServers):
        for weak in (False, True):
            name = f"{kind.__name__}{'-weak' if weak else ''}"
            scale.tell(f"cutting the power: {name}")
            found[name] = asyncio.run(_cut(kind, folder / name, control if weak else cuts, weak))
    phone, servers = found["PowerPhone"], found["PowerServers"]
    weak_phone, weak_servers = found["PowerPhone-weak"], found["PowerServers-weak"]
    return Row(
        promise="power cut",
        figure=(
            f"phone {phone.cuts} cuts, {phone.during} of them in the middle of something: {phone.lost} lost, "
            f"{phone.corrupt} corrupt; servers {servers.cuts}, {servers.during}: {servers.lost} lost, "
            f"{servers.corrupt} corrupt"
        ),
        bound="0 cuts that lost what was called saved, 0 corrupt files",
        held=phone.held and servers.held,
        control=(
            f"WAL + NORMAL: {weak_phone.lost} of {weak_phone.cuts} cuts lost something on the phone, "
            f"{weak_servers.lost} of {weak_servers.cuts} on the servers"
        ),
        caught=weak_phone.lost > 0 and weak_servers.lost > 0,
    )


async def _cut(kind: type[PowerPhone] | type[PowerServers], folder: Path, cuts: int, weak: bool) -> Tally:
    """Every other cut falls right after the last promise, the others in the middle of the work."""
    tally, chance, usual = Tally(), Random(9), 60
    with power_disk() as disk:
        machine = await kind.make(folder, disk)
        with closing(machine):
            for number in range(cuts):
                async with machine.switched_on() as engines:
                    _settle(engines, weak)
                    disk.reset(cut_at=chance.randrange(usual) if number % 2 else None)
                    await machine.work(chance)
                    cut, usual = disk.now(), disk.operations
                    tally.during += disk.cut is not None
                shutil.rmtree(folder / "after", ignore_errors=True)
                cut.write(folder / "after", chance, chance.choice(KEPT))
                lost, corrupt = machine.look(folder / "after", cut.note)
                tally.cuts, tally.lost, tally.corrupt = (
                    tally.cuts + 1,
                    tally.lost + lost,
                    tally.corrupt + corrupt,
                )
    return tally


def _settle(engines: Sequence[Engine], weak: bool) -> None:
    """With `weak` every new connection is made less durable, after the project made it durable.

    In the end it is looked up what really holds: our side began with no durability at all.
    """
    for engine in engines:
        engine.dispose()
        if weak and not event.contains(engine, "connect", _weaken):
            event.listen(engine, "connect", _weaken)
        with engine.connect() as connection:
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous")
            ]
        assert found == ["wal", NORMAL if weak else FULL], found


def _weaken(connection: Any, _record: Any) -> None:
    connection.execute(f"PRAGMA synchronous={NORMAL}")
