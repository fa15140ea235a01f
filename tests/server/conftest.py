"""Fixtures of the servers' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.small_town import SmallTown


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
