"""Fixtures of the servers' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.small_town import SmallTown


@pytest.fixture
def waterrijk(tmp_path: Path) -> Iterator[SmallTown]:
    """A municipality with its three servers in this process."""
    town = SmallTown(tmp_path / "servers")
    yield town
    town.close()
