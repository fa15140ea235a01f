"""SQLAlchemy on the disk whose power can be cut: the project's own `create_engine` calls end up here.

The standard library has an SQLite of its own, which does not see our VFS. So `sqlite:///` leads, for as
long as `powered` lasts, to a dialect on apsw. It begins with the worst settings there are: whatever makes
a commit durable must come from the project.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import apsw
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from tests.attack.power_disk import VFS, Disk, PowerVfs

WORST = ("locking_mode=EXCLUSIVE", "synchronous=OFF")
"""Exclusive, because a VFS written in Python has no shared memory: WAL needs one of the two."""


class Cursor:
    """As the DB-API wants it (PEP 249). Rows are fetched at once."""

    arraysize = 1
    lastrowid: int | None = None

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection, self._cursor = connection, connection.cursor()
        self._cursor.exec_trace = self._note_columns
        self._rows: list[Any] = []
        self.description: list[tuple[Any, ...]] | None = None
        self.rowcount = -1

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        with _translated():
            self._rows = list(self._cursor.execute(sql, tuple(parameters)))[::-1]
        self.rowcount = -1 if self.description and not self._rows else self._connection.changes()
        self.lastrowid = self._connection.last_insert_rowid()
        return self

    def executemany(self, sql: str, many: Sequence[Sequence[Any]]) -> Cursor:
        changed = 0
        for parameters in many:
            changed += self.execute(sql, parameters).rowcount
        self.rowcount = changed
        return self

    def fetchone(self) -> Any:
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        return [self._rows.pop() for _ in range(min(size, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows[::-1], []
        return rows

    def close(self) -> None:
        self._cursor.close()

    def _note_columns(self, cursor: apsw.Cursor, _sql: str, _bindings: Any) -> bool:
        columns = [(name, None, None, None, None, None, None) for name, *_ in cursor.get_description()]
        self.description = columns or None
        return True


class Connection:
    isolation_level: str | None = None

    def __init__(self, path: str) -> None:
        with _translated():
            self._connection = apsw.Connection(path, vfs=VFS)
            for pragma in WORST:
                self._connection.execute(f"PRAGMA {pragma}")

    def cursor(self) -> Cursor:
        return Cursor(self._connection)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(sql, parameters)

    def commit(self) -> None:
        self._end("COMMIT")

    def rollback(self) -> None:
        self._end("ROLLBACK")

    def close(self) -> None:
        with _translated():
            self._connection.close()

    def create_function(self, name: str, narg: int, function: Any, **_: Any) -> None:
        self._connection.create_scalar_function(name, function, narg)

    def _end(self, how: str) -> None:
        if self._connection.in_transaction:
            with _translated():
                self._connection.execute(how)


class PowerDialect(SQLiteDialect_pysqlite):
    """SQLite's dialect on apsw."""

    supports_statement_cache = True
    returns_native_bytes = True

    @classmethod
    def import_dbapi(cls) -> Any:
        names = ("Error", "DatabaseError", "OperationalError", "IntegrityError", "ProgrammingError", "Binary")
        return SimpleNamespace(
            connect=lambda path, **_: Connection(path),
            sqlite_version_info=tuple(int(part) for part in apsw.sqlite_lib_version().split(".")),
            paramstyle="qmark",
            **{name: getattr(sqlite3, name) for name in names},
        )


@contextmanager
def powered(disk: Disk) -> Iterator[None]:
    """Engines made within, by whatever code of the project, stay on `disk` for as long as they live."""
    registry.register("sqlite", __name__, PowerDialect.__name__)
    try:
        yield
    finally:
        registry.deregister("sqlite")


@contextmanager
def power_disk() -> Iterator[Disk]:
    """A disk, and its VFS registered with SQLite. Close every engine on it before it ends."""
    disk = Disk()
    vfs = PowerVfs(disk)
    try:
        yield disk
    finally:
        vfs.unregister()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except apsw.Error as exc:
        kind = sqlite3.IntegrityError if isinstance(exc, apsw.ConstraintError) else sqlite3.OperationalError
        found = kind(str(exc))
        found.sqlite_errorcode = getattr(exc, "extendedresult", 0)
        raise found from exc
