"""The key of drafts and copies: in the platform's keeping where there is one, and never in anybody's way."""

from __future__ import annotations

import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from domain.answers import Written
from domain.errors import KeyStoreFailed
from storage.at_rest import AtRest
from storage.kept_answers import KeptAnswers
from storage.key_store import FILE, KeyFile, beside, from_file, from_store
from storage.tables import DraftRow

ANSWERS = {"wens": Written("een bankje")}


@dataclass
class Store:
    """A platform's key store. `forgetful`: it takes a key and keeps none; `silent`: it does not answer."""

    key: bytes | None = None
    silent: bool = False
    forgetful: bool = False

    async def get(self) -> bytes | None:
        if self.silent:
            raise KeyStoreFailed
        return self.key

    async def put(self, key: bytes) -> None:
        if self.silent:
            raise KeyStoreFailed
        self.key = None if self.forgetful else key


async def opened(store: Store, engine: Engine) -> AtRest:
    return await from_store(store, engine, secrets.token_bytes)


def drafts(engine: Engine, at_rest: AtRest) -> KeptAnswers:
    return KeptAnswers(engine, at_rest, DraftRow)


def test_the_file_is_for_its_owner_only_and_stays_the_same(tmp_path: Path):
    file = KeyFile(tmp_path / FILE)
    key = file.read_or_make(secrets.token_bytes)
    assert len(key) == 32
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert file.read_or_make(secrets.token_bytes) == key
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_half_a_key_is_none(tmp_path: Path):
    file = KeyFile(tmp_path / FILE)
    file.path.write_bytes(b"half")
    assert file.read() is None
    assert len(file.read_or_make(secrets.token_bytes)) == 32


async def test_a_key_in_the_store_is_made_once_and_lies_in_no_file(engine: Engine, tmp_path: Path):
    store = Store()
    first = await opened(store, engine)
    assert first.keys == (store.key,)
    assert (await opened(store, engine)).keys == first.keys
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("store", [Store(silent=True), Store(forgetful=True)], ids=["silent", "forgetful"])
async def test_a_store_that_does_not_work_leaves_the_app_working(engine: Engine, store: Store):
    found = await opened(store, engine)
    drafts(engine, found).put("waterrijk", "poll", ANSWERS)
    again = await opened(store, engine)
    assert drafts(engine, again).get("waterrijk", "poll") == ANSWERS
    assert not again.complete, "so nothing is taken for lost"


async def test_a_draft_from_before_the_store_failed_is_there_when_it_answers_again(engine: Engine):
    store = Store()
    drafts(engine, await opened(store, engine)).put("waterrijk", "before", ANSWERS)
    store.silent = True
    during = drafts(engine, await opened(store, engine))
    during.protect()
    during.put("waterrijk", "during", ANSWERS)
    assert during.get("waterrijk", "before") is None
    store.silent = False
    after = drafts(engine, await opened(store, engine))
    after.protect()
    assert after.get("waterrijk", "before") == after.get("waterrijk", "during") == ANSWERS


def test_the_file_lies_beside_the_database(engine: Engine, tmp_path: Path):
    assert from_file(engine, secrets.token_bytes).keys == (KeyFile(tmp_path / FILE).read(),)
    assert beside(engine).path == tmp_path / FILE
