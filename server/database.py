"""The engine of a server role: durable, one writer at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, create_engine, event, text
from sqlalchemy.engine import Engine


def open_database(url: str, metadata: MetaData) -> Engine:
    """An engine for `sqlite:///FILE`, with its tables made. Raises what SQLAlchemy raises.

    SQLite runs in WAL with synchronous=FULL: what was acknowledged survives losing power.
    """
    engine = create_engine(url, connect_args={"timeout": 30})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin_writing)
    metadata.create_all(engine)
    return engine


def database_url(folder: Path, role: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / f'{role}.sqlite'}"


def forget_order(engine: Engine) -> None:
    """Rewrite the file so that neither pages nor log show in which order rows came or went."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_writing(connection: Any) -> None:
    """Take the write lock at once: a lock taken half-way can only fail."""
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
