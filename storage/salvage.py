"""A damaged file: put aside, and what can still be read of it copied into a new one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, Table
from sqlalchemy.engine import Engine

from storage.tables import TABLES


def put_aside(path: Path) -> Path:
    """Rename the file and its log; never over one that was put aside before."""
    number = 1
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm"):
        log = path.with_name(path.name + suffix)
        if log.exists():
            log.rename(kept.with_name(kept.name + suffix))
    path.rename(kept)
    return kept


def salvage(damaged: Path, engine: Engine) -> None:
    """Copy every row that can still be read; what cannot stays in the file that was put aside."""
    with contextlib.closing(sqlite3.connect(damaged)) as old, engine.begin() as new:
        for table in TABLES.metadata.tables.values():
            for row in _readable(old, table):
                names = ", ".join(row)
                marks = ", ".join("?" for _ in row)
                # A row of an older version lacks columns: those have defaults.
                statement = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608
                new.exec_driver_sql(statement, tuple(row.values()))


def _readable(old: sqlite3.Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Rows from the front up to a damaged page, then from the back: the same row may come twice."""
    for order in ("", "DESC"):
        try:
            found = old.execute(f"SELECT * FROM {table.name} ORDER BY rowid {order}")  # noqa: S608
            names = [column[0] for column in found.description]
            for row in found:
                cells = zip(names, row, strict=True)
                yield {n: _fitting(table, n, value) for n, value in cells if n in table.columns}
        except sqlite3.DatabaseError:
            continue


def _fitting(table: Table, name: str, value: Any) -> Any:
    """An older version kept as text what is bytes now."""
    wants_bytes = isinstance(table.columns[name].type, LargeBinary)
    return value.encode() if wants_bytes and isinstance(value, str) else value
