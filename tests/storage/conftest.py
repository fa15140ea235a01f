"""A phone's database in a folder of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from storage.at_rest import AtRest
from storage.database import open_phone
from storage.kept_answers import KeptAnswers
from storage.tables import DraftRow

KEY = bytes(range(32))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_phone(tmp_path)
    yield engine
    engine.dispose()


def at_rest(*keys: bytes, complete: bool = True) -> AtRest:
    return AtRest(keys or (KEY,), secrets.token_bytes, complete)


def drafts_of(engine: Engine, *keys: bytes) -> KeptAnswers:
    return KeptAnswers(engine, at_rest(*keys), DraftRow)
