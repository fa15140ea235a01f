"""A real browser, and an app with a municipality's servers behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demonstration.processes import free_ports
from demonstration.town import POLLS, Mix, Ports, Town
from tests.support.browser import browser
from tests.support.polls import EVERY_KIND

__all__ = ["browser"]


@pytest.fixture(scope="package")
def running_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Three servers and the app, with a poll of every kind of question that is open to everyone."""
    town = Town(tmp_path_factory.mktemp("town"), Ports(*free_ports(4)), Mix(least=1, every=1.0))
    town.found()
    try:
        town.start(*town.servers, town.app)
        town.publish(EVERY_KIND)
        town.publish(POLLS / "regiovervoer.json")
        yield town
    finally:
        town.stop()
