"""A town with its servers, and phones in it."""

from __future__ import annotations

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
def new_phone(waterrijk: SmallTown, tmp_path: Path) -> Iterator[NewPhone]:
    """Phones of residents who did not join yet; `now` is a clock of the phone's own."""
    made: list[TownPhone] = []

    def make(**changes: object) -> TownPhone:
        made.append(TownPhone(waterrijk, tmp_path / f"phone-{len(made)}", **changes))
        return made[-1]

    yield make
    for phone in made:
        phone.close()


@pytest.fixture
async def resident(waterrijk: SmallTown, new_phone: NewPhone) -> TownPhone:
    """A phone of an invitee, with the poll `regiovervoer` and its tokens."""
    await waterrijk.publish_poll()
    phone = new_phone()
    await phone.join(await waterrijk.invite("vervoer"))
    return phone
