"""The engine of a server role: durable, one writer at a time."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, create_engine, event, text
from sqlalchemy.engine import Engine, make_url
from sqlmodel import SQLModel

log = logging.getLogger("samenspraak.database")


class OrderKept(Exception):
    """This database shows in which order rows came, and `forget_order` does not know how to undo that."""


class Orderless(SQLModel):
    """Base of every table: SQLite's hidden row number would be the order in which rows came."""

    __table_args__ = {"sqlite_with_rowid": False}


def open_database(url: str, metadata: MetaData) -> Engine:
    """An engine for `sqlite:///FILE`, with its tables made. Raises `OrderKept`, and what SQLAlchemy raises.

    SQLite runs in WAL with synchronous=FULL: what was acknowledged survives losing power. A disk that
    cannot do that is refused at the start.
    """
    if (kind := make_url(url).get_backend_name()) != "sqlite":
        raise OrderKept(kind)
    engine = create_engine(url, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin_writing)
    metadata.create_all(engine)
    return engine


def database_url(folder: Path, role: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / f'{role}.sqlite'}"


def forget_order(engine: Engine) -> None:
    """Rewrite the file so that neither pages nor log show in which order rows came or went.

    Another database needs the same of every table. PostgreSQL: copy it in random order, empty it and fill
    it again, all in one transaction, or `ctid` and `xmin` show the order; its own log keeps it even so.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))
        busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).first()
    if busy is None or busy[0]:
        log.warning("the write-ahead log was in use and stays until the next time")


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    level = connection.execute("PRAGMA synchronous").fetchone()[0]
    if (mode, level) != ("wal", 2):
        raise sqlite3.OperationalError(f"not durable: {mode}, {level}")


def _begin_writing(connection: Any) -> None:
    """Take the write lock at once: a lock taken half-way can only fail."""
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
