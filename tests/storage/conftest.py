"""A phone's database in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from storage.database import open_phone


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_phone(tmp_path)
    yield engine
    engine.dispose()
