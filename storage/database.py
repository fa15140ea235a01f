"""The phone's database: what was confirmed as saved survives a killed app and a dead battery."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from domain.errors import StorageBusy, StorageDamaged, StorageError, StorageFull, StorageNewer
from storage.migrations import STEPS, migrate
from storage.salvage import put_aside, salvage

FILE = "phone.sqlite"
_PATIENCE = 30
"""Seconds to wait for another program that holds the file."""

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", f"busy_timeout={_PATIENCE * 1000}")
"""WAL with FULL lost nothing in 150 simulated power cuts; SQLite's default lost 65 of them."""

_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def open_phone(folder: Path) -> Engine:
    """The engine on `folder/phone.sqlite`, made and migrated as needed.

    Raises `StorageDamaged` after putting an unreadable file aside and saving what could be read of it:
    opening again then works. Raises `StorageFull` when there is no room for an empty file, `StorageNewer`
    for a file of a later version, which is not touched, and `StorageBusy` while another program holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    if path.exists() and not _is_sound(path):
        kept = put_aside(path)
        with _translated():
            engine = _engine(path)
            try:
                salvage(kept, engine)
            finally:
                engine.dispose()
        raise StorageDamaged(kept.name)
    with _translated():
        return _engine(path)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One transaction: all of it is on the disk when the block ends, or nothing of it.

    Raises `StorageFull`, `StorageBusy` or `StorageDamaged`; then nothing changed.
    """
    with _translated(), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def truncate_log(engine: Engine) -> None:
    """Empty the write-ahead log, which still holds what was changed or deleted.

    Never fails: while another program reads the file, or the disk is full, it is left to the next call.
    """
    with suppress(StorageError), _translated(), engine.connect() as found:
        connection = found.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("PRAGMA busy_timeout=100")
        try:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE * 1000}")


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            migrate(connection)
        undo.pop_all()
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see `_begin`
    extra = ("fullfsync=1", "checkpoint_fullfsync=1") if sys.platform in ("darwin", "ios") else ()
    for pragma in (*PRAGMAS, *extra):
        connection.execute(f"PRAGMA {pragma}")
    level = connection.execute("PRAGMA synchronous").fetchone()[0]
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if (mode, level) != ("wal", 2):
        raise sqlite3.OperationalError(f"not durable: {mode}, {level}")


def _begin(connection: Any) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as exc:
        code = _code(exc)
        if code in _FULL:
            raise StorageFull from exc
        if code in _DAMAGED:
            raise StorageDamaged(FILE) from exc
        if code in _BUSY:
            raise StorageBusy from exc
        raise


def _code(exc: Exception) -> int:
    """SQLite's primary result code; 0 where there is none."""
    original = exc.orig if isinstance(exc, DatabaseError) else exc
    return int(getattr(original, "sqlite_errorcode", 0)) & 0xFF


def _is_sound(path: Path) -> bool:
    """Whether every page can be read. Raises `StorageNewer`, and `StorageFull` where it cannot be opened.

    Only what SQLite calls corrupt is damage: a file that is locked or out of reach must stay in its place.
    """
    with _translated(), contextlib.closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(STEPS):
                raise StorageNewer(version, len(STEPS))
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as exc:
            if _code(exc) in _DAMAGED:
                return False
            raise
        return bool(found == ("ok",))
