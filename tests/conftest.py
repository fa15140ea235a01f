"""Fixtures that several folders of tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demonstration.processes import free_ports
from demonstration.town import Mix, Ports, Town


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A municipality with three real server processes; the app is not started."""
    town = Town(tmp_path_factory.mktemp("town"), Ports(*free_ports(4)), Mix(least=1, every=0.5))
    town.found()
    try:
        town.start(*town.servers)
        yield town
    finally:
        town.stop()
