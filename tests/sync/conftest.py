"""A town with its servers, and phones in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.small_town import SmallTown
from tests.support.town_phone import TownPhone

NewPhone = Callable[..., TownPhone]


@pytest.fixture(scope="session")
def _empty_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallTown]:
    town = SmallTown(tmp_path_factory.mktemp("town") / "servers")
    town.keep()
    yield town
    town.close()


@pytest.fixture
def waterrijk(_empty_town: SmallTown) -> SmallTown:
    """A municipality with its three servers in this process, in which nothing happened yet."""
    _empty_town.restore()
    return _empty_town


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
def _settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallTown]:
    """A town in which one invitee joined; her phone is in the folder `phone`."""
    town = SmallTown(tmp_path_factory.mktemp("settled") / "servers")
    phone = TownPhone(town, town.folder / "phone")

    async def settle() -> None:
        await town.publish_poll()
        await phone.join(await town.invite("vervoer"))

    asyncio.run(settle())
    phone.close()
    town.keep()
    yield town
    town.close()


@pytest.fixture
def resident(_settled: SmallTown) -> Iterator[TownPhone]:
    """A phone of an invitee, with the poll `regiovervoer` and its tokens. `resident.town` is the town."""
    _settled.restore()
    phone = TownPhone(_settled, _settled.folder / "phone")
    yield phone
    phone.close()
