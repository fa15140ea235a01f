"""What the servers' files may not give away: who, when, and in which order."""

from __future__ import annotations

import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import OperationalError

from server.ballot_box_tables import TABLES as BALLOT_BOX_TABLES
from server.database import OrderKept, database_url, forget_order, open_database
from server.issuer_tables import TABLES as ISSUER_TABLES
from server.shuffler_tables import TABLES as SHUFFLER_TABLES

ROLES = {"issuer": ISSUER_TABLES, "shuffler": SHUFFLER_TABLES, "ballot-box": BALLOT_BOX_TABLES}
TELLING = re.compile(
    r"time|date|_at$|_on$|when|moment|until|stamp|created|updated|since|address|^ip|agent|host|order|serial"
)
ALLOWED = {("swept", "until")}
"""One row for the whole ballot box; nothing about a ballot."""
HEADER = 100
"""Bytes; it counts how often the file changed."""


def tables(role: str, folder: Path) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """As SQLite has them: name -> (how it was made, its columns with their types)."""
    engine = open_database(database_url(folder, role), ROLES[role].metadata)
    engine.dispose()
    connection = sqlite3.connect(folder / f"{role}.sqlite")
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {
        name: (sql, [(c[1], c[2]) for c in connection.execute(f"PRAGMA table_info({name})")])
        for name, sql in made
    }
    connection.close()
    return found


@pytest.mark.parametrize("role", ROLES)
def test_no_table_has_a_hidden_row_number(role: str, tmp_path: Path):
    found = tables(role, tmp_path)
    assert set(found) == set(ROLES[role].metadata.tables)
    for name, (sql, _) in found.items():
        assert sql.rstrip().endswith("WITHOUT ROWID"), name


@pytest.mark.parametrize("role", ["shuffler", "ballot-box"])
def test_no_column_says_when_or_from_where(role: str, tmp_path: Path):
    for name, (_, columns) in tables(role, tmp_path).items():
        for column, kind in columns:
            if (name, column) in ALLOWED:
                continue
            assert not TELLING.search(column), (name, column)
            assert kind.split("(")[0] in ("VARCHAR", "BLOB", "INTEGER", "BOOLEAN"), (name, column, kind)
        assert not any(kind == "INTEGER" and column == "id" for column, kind in columns) or name in (
            "manifest",
            "swept",
        ), "no number per row, but for tables of one row"


def test_the_issuer_keeps_no_moment_of_a_draw(tmp_path: Path):
    found = tables("issuer", tmp_path)
    assert [c for c in found["draw"][1] if TELLING.search(c[0])] == []
    assert [c[0] for c in found["invitation"][1] if TELLING.search(c[0])] == ["expires_at"], "the control"


def test_a_column_that_tells_is_caught():
    """The control of the two tests above."""
    for name in (
        "created_at",
        "arrived_on",
        "timestamp",
        "ip",
        "user_agent",
        "client_address",
        "received_time",
    ):
        assert TELLING.search(name)
    for name in ("nullifier", "revision", "sealed", "below_threshold", "digest", "cut", "late", "kind"):
        assert not TELLING.search(name)


def test_a_stolen_file_does_not_tell_in_which_order_ballots_came(tmp_path: Path):
    sql, _ = tables("ballot-box", tmp_path)["ballot"]
    arrival = ["m", "a", "z", "k"]
    for made, known in ((sql, None), (sql.replace("WITHOUT ROWID", ""), arrival)):
        connection = sqlite3.connect(":memory:")
        connection.execute(made)
        for name in arrival:
            connection.execute("INSERT INTO ballot VALUES (?, 'poll', 'choices', 1, x'')", (name,))
        try:
            found = [row[0] for row in connection.execute("SELECT nullifier FROM ballot ORDER BY rowid")]
        except sqlite3.OperationalError:
            found = None
        assert found == known, "the control: SQLite as it comes knows the order"
        connection.close()


@pytest.mark.parametrize("forgets", [True, False])
def test_the_same_ballots_in_another_order_make_the_same_file(forgets: bool, tmp_path: Path):
    """And without forgetting they do not: the control."""
    ballots = [(sha256(b"%d" % number).hexdigest(), bytes([number % 251]) * 300) for number in range(200)]
    pages = []
    for order in (ballots, ballots[::-1]):
        path = tmp_path / f"{len(pages)}.sqlite"
        engine = open_database(f"sqlite:///{path}", BALLOT_BOX_TABLES.metadata)
        for start in range(0, len(order), 20):
            with engine.begin() as connection:
                for name, sealed in order[start : start + 20]:
                    row = {"name": name, "sealed": sealed}
                    insert = "INSERT INTO ballot VALUES (:name, 'poll', 'choices', 1, :sealed)"
                    connection.execute(text(insert), row)
            if forgets:
                forget_order(engine)
        engine.dispose()
        pages.append(path.read_bytes()[HEADER:])
    assert (pages[0] == pages[1]) is forgets


@pytest.mark.parametrize("role", ROLES)
def test_what_was_acknowledged_survives_losing_power(role: str, tmp_path: Path):
    engine = open_database(database_url(tmp_path, role), ROLES[role].metadata)
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "secure_delete")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 2, 1]
    engine.dispose()


def test_a_place_that_cannot_be_durable_is_refused_at_the_start():
    with pytest.raises(OperationalError, match="not durable: memory"):
        open_database("sqlite://", SHUFFLER_TABLES.metadata)


@pytest.mark.parametrize("url", ["postgresql://localhost/ballots", "mysql+pymysql://localhost/ballots"])
def test_a_database_that_would_keep_the_order_is_refused_at_the_start(url: str):
    with pytest.raises(OrderKept):
        open_database(url, BALLOT_BOX_TABLES.metadata)


def test_a_deleted_row_leaves_nothing_in_the_file(tmp_path: Path):
    marker = "nobody-may-find-this-again"
    for clean in (False, True):
        path = tmp_path / f"{clean}.sqlite"
        if clean:
            engine = open_database(f"sqlite:///{path}", SHUFFLER_TABLES.metadata)
        else:
            engine = create_engine(f"sqlite:///{path}")
            event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA secure_delete=OFF"))
            SHUFFLER_TABLES.metadata.create_all(engine)
        with engine.begin() as connection:
            for number in range(50):
                sealed = f"{marker}-{number}".encode() * 20
                row = {"d": str(number), "s": sealed}
                connection.execute(text("INSERT INTO envelope VALUES (:d, :s, NULL, FALSE)"), row)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM envelope"))
        if clean:
            forget_order(engine)
        files = [path, path.with_name(path.name + "-wal")]
        left = any(marker.encode() in file.read_bytes() for file in files if file.exists())
        assert left is not clean, "the control: SQLite as it comes keeps what was deleted"
        engine.dispose()
