"""A poll that was held in a small town, with its servers, once for all tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.audit.town_record import TownRecord, hold_poll
from tests.support.small_town import SmallTown


@pytest.fixture(scope="session")
def _held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownRecord]:
    town = SmallTown(tmp_path_factory.mktemp("audited") / "servers")
    yield asyncio.run(hold_poll(town))
    town.close()


@pytest.fixture
def record(_held: TownRecord) -> TownRecord:
    """What the town published, to be audited as it is or after a forgery."""
    return _held.copy()
