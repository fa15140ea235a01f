"""A town with its servers, and phones in it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.small_town import SmallTown
from tests.support.town_phone import TownPhone

NewPhone = Callable[..., TownPhone]


@pytest.fixture
def waterrijk(tmp_path: Path) -> Iterator[SmallTown]:
    """A municipality with its three servers in this process."""
    town = SmallTown(tmp_path / "servers")
    yield town
    town.close()


@pytest.fixture
def new_phone(tmp_path: Path) -> Iterator[NewPhone]:
    """Phones of residents of a town who did not join yet; `now` is a clock of the phone's own."""
    made: list[TownPhone] = []

    def make(town: SmallTown, **changes: object) -> TownPhone:
        made.append(TownPhone(town, tmp_path / f"phone-{len(made)}", **changes))
        return made[-1]

    yield make
    for phone in made:
        phone.close()


@pytest.fixture(scope="session")
def _settled(tmp_path_factory: pytest.TempPathFactory) -> SmallTown:
    """A town in which one invitee joined; a copy of it is a quarter of a second faster than another."""
    town = SmallTown(tmp_path_factory.mktemp("settled") / "servers")
    phone = TownPhone(town, town.folder / "phone")

    async def settle() -> None:
        await town.publish_poll()
        await phone.join(await town.invite("vervoer"))

    asyncio.run(settle())
    phone.close()
    town.close()
    return town


@pytest.fixture
def resident(_settled: SmallTown, tmp_path: Path) -> Iterator[TownPhone]:
    """A phone of an invitee, with the poll `regiovervoer` and its tokens. `resident.town` is the town."""
    town = SmallTown(tmp_path / "town", like=_settled)
    shutil.move(town.folder / "phone", tmp_path / "phone")
    phone = TownPhone(town, tmp_path / "phone")
    yield phone
    phone.close()
    town.close()
