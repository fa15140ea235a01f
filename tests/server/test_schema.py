"""Every table of the shuffler and the ballot box, as declared and as it is in a running server's file.

No serial id, no row number, no time, no key towards people, no index with an order of its own.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from protocol import paths
from protocol.receipts import make_batch
from tests.server.test_storage_rules import ALLOWED, ROLES, TELLING
from tests.support.real_http import served
from tests.support.small_town import SmallTown

PEOPLE = re.compile(
    r"person|people|resident|phone|device|secret|code|invit|holder|segment|name|mail|user|member|customer"
)
NUMBERED = {"manifest", "swept"}
"""Tables of one row, whose number is always 1."""
WHEN, POINTS, ORDER = " tells when or from where", "points at another table", " is an order of its own"


def faults(database: Path, allowed: set[tuple[str, str]]) -> set[str]:
    """What a file's own schema breaks of the rule for stores of answers, as `table: fault`."""
    with closing(sqlite3.connect(database)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        found = {f"{name}: made by autoincrement" for name, _ in made if name.startswith("sqlite_")}
        for name, sql in made:
            if name.startswith("sqlite_"):
                continue
            found |= {f"{name}: {fault}" for fault in _faults_of(connection, name, sql, allowed)}
    return found


def _faults_of(
    connection: sqlite3.Connection, table: str, sql: str, allowed: set[tuple[str, str]]
) -> Iterator[str]:
    if not sql.rstrip().endswith("WITHOUT ROWID"):
        yield "hidden row number"
    if connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        yield POINTS
    columns = {row[1]: row for row in connection.execute(f"PRAGMA table_info({table})")}
    for name, (_, _, kind, _, _, key) in columns.items():
        if (table, name) in allowed:
            continue
        if TELLING.search(name) or re.search("DATE|TIME", kind):
            yield name + WHEN
        if PEOPLE.search(name):
            yield f"{name} tells who"
        if key and re.search("INT|SERIAL", kind) and table not in NUMBERED:
            yield f"{name} counts rows"
    for _, index, *_ in connection.execute(f"PRAGMA index_list({table})").fetchall():
        for _, place, column in connection.execute(f"PRAGMA index_info({index})"):
            if place < 0 or column not in columns:
                yield index + ORDER


@pytest.mark.parametrize("role", ["shuffler", "ballot-box"])
def test_the_file_of_a_running_server_keeps_the_rule(role: str, waterrijk: SmallTown):
    app = getattr(waterrijk, role.replace("-", "_"))
    with served(app) as base:
        assert httpx.get(base + paths.HEALTH).json()["role"] == role
        assert faults(waterrijk.folder / f"{role}.sqlite", ALLOWED) == set()


CONTROLS = {
    "CREATE TABLE t (digest TEXT PRIMARY KEY)": "hidden row number",
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, sealed BLOB)": "id counts rows",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, sealed BLOB) WITHOUT ROWID": "id counts rows",
    "CREATE TABLE t (d TEXT PRIMARY KEY, created_at TEXT) WITHOUT ROWID": "created_at" + WHEN,
    "CREATE TABLE t (digest TEXT PRIMARY KEY, seen DATETIME) WITHOUT ROWID": "seen" + WHEN,
    "CREATE TABLE t (digest TEXT PRIMARY KEY, ip TEXT) WITHOUT ROWID": "ip" + WHEN,
    "CREATE TABLE t (d TEXT PRIMARY KEY, p TEXT REFERENCES other (x)) WITHOUT ROWID": POINTS,
    "CREATE TABLE t (digest TEXT PRIMARY KEY, secret_hash TEXT) WITHOUT ROWID": "secret_hash tells who",
    "CREATE TABLE t (d TEXT PRIMARY KEY) WITHOUT ROWID; CREATE INDEX i ON t (length(d))": "i" + ORDER,
    "CREATE TABLE t (d TEXT PRIMARY KEY, poll TEXT) WITHOUT ROWID; CREATE INDEX i ON t (poll)": "",
}


@pytest.mark.parametrize(("sql", "fault"), CONTROLS.items())
def test_a_table_that_breaks_the_rule_is_caught(sql: str, fault: str, tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        connection.executescript(sql)
    found = faults(tmp_path / "x.sqlite", set())
    assert f"t: {fault}" in found if fault else not found


def test_a_table_that_counts_on_leaves_a_counter_behind(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)")
    assert "sqlite_sequence: made by autoincrement" in faults(tmp_path / "x.sqlite", set())


@pytest.mark.parametrize("role", ["shuffler", "ballot-box"])
def test_the_tables_as_they_are_declared_keep_the_rule_too(role: str):
    """For a database that is not SQLite: no key points elsewhere, nothing is numbered."""
    for table in ROLES[role].metadata.tables.values():
        assert table.dialect_options["sqlite"]["with_rowid"] is False, table.name
        assert not table.foreign_keys, table.name
        for column in table.columns:
            assert column.server_default is None, (table.name, column.name)
            assert column.autoincrement is not True, (table.name, column.name)
            assert not PEOPLE.search(column.name), (table.name, column.name)


def test_when_a_poll_is_closed_the_ballot_box_forgets_the_order_again(waterrijk: SmallTown):
    """With the shuffler's word, and when the server stops. Between the two the log has it: the control."""
    engine = waterrijk.ballot_box.state.engine
    log = waterrijk.folder / "ballot-box.sqlite-wal"

    def keep(name: str) -> None:
        with engine.begin() as connection:
            row = {"name": name}
            connection.execute(text("INSERT INTO ballot VALUES (:name, 'p', 'choices', 1, x'')"), row)

    async def close() -> None:
        await waterrijk.publish()
        keep("a")
        assert log.stat().st_size > 0
        private = waterrijk.keys["shuffler"].signing_private
        word = make_batch([], False, private, swept_at=waterrijk.clock())
        assert await waterrijk.hand_on("", word.model_dump(mode="json"))

    asyncio.run(close())
    assert log.stat().st_size == 0
    keep("b")
    assert log.stat().st_size > 0
    with served(waterrijk.ballot_box):
        keep("c")
    assert not log.exists() or log.stat().st_size == 0
