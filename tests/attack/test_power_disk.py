"""The disk whose power can be cut really loses what was not synced, and nothing that was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import apsw
import pytest
from sqlmodel import Field, Session, SQLModel, select

from server.database import open_database
from storage.database import open_phone
from storage.settings import Settings
from tests.attack.power_disk import VFS, Disk
from tests.attack.power_engine import power_disk, powered


class Row(SQLModel, table=True):
    __tablename__ = "row_of_the_power_test"
    id: int = Field(primary_key=True)


@pytest.fixture
def disk() -> Iterator[Disk]:
    with power_disk() as made:
        yield made


def found_after(disk: Disk, folder: Path, kept: float = 0.0) -> list[tuple[object, ...]]:
    """Rows of `t` when the power is back. Raises `apsw.SQLError` where there is no such table."""
    disk.now().write(folder / "after", Random(1), kept)
    connection = apsw.Connection(str(folder / "after" / "x.sqlite"))
    rows = connection.execute("SELECT * FROM t").fetchall()
    connection.close()
    return rows


@pytest.mark.parametrize(("synchronous", "there"), [("FULL", [(1,)]), ("OFF", [])])
def test_a_commit_is_there_when_it_was_synced_and_only_then(disk, tmp_path, synchronous, there):
    connection = apsw.Connection(str(tmp_path / "x.sqlite"), vfs=VFS)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", f"synchronous={synchronous}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE t (id)")
    disk.reset()
    connection.execute("INSERT INTO t VALUES (1)")
    assert found_after(disk, tmp_path) == there
    connection.close()


def test_what_was_written_and_not_synced_may_be_there_in_part(disk, tmp_path):
    connection = apsw.Connection(str(tmp_path / "x.sqlite"), vfs=VFS)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE t (data)")
    disk.reset()
    connection.execute("INSERT INTO t VALUES (randomblob(100000))")
    cut, sizes = disk.now(), []
    for number, kept in enumerate((0.0, 0.5, 1.0)):
        cut.write(tmp_path / str(number), Random(1), kept)
        image = (tmp_path / str(number) / "x.sqlite-wal").read_bytes()
        sizes.append(sum(any(image[n : n + 512]) for n in range(0, len(image), 512)))
    assert sizes[0] < sizes[1] < sizes[2]
    connection.close()


def test_a_cut_in_the_middle_shows_what_was_promised_by_then(disk, tmp_path):
    connection = apsw.Connection(str(tmp_path / "x.sqlite"), vfs=VFS)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE t (id)")
    promised: list[int] = []
    disk.promised = lambda: promised
    disk.reset(cut_at=7)
    for number in range(5):
        connection.execute("INSERT INTO t VALUES (?)", (number,))
        promised.append(number)
    assert 0 < len(disk.now().note) < 5
    assert [row for (row,) in found_after(disk, tmp_path)] >= disk.now().note
    connection.close()


def test_the_settings_that_make_it_durable_come_from_the_project(disk, tmp_path):
    with powered(disk):
        phone = open_phone(tmp_path / "phone")
        server = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}", SQLModel.metadata)
    bare = apsw.Connection(str(tmp_path / "bare.sqlite"), vfs=VFS)
    assert bare.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    bare.close()
    for engine in (phone, server):
        with engine.connect() as connection:
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous")
            ]
        assert found == ["wal", 2]
        engine.dispose()


def test_the_project_reads_and_writes_on_it_as_on_any_other(disk, tmp_path):
    with powered(disk):
        phone = open_phone(tmp_path / "phone")
        server = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}", SQLModel.metadata)
    Settings(phone).put("language", "nl")
    assert Settings(phone).all() == {"language": "nl"}
    with Session(server) as session, session.begin():
        session.add_all([Row(id=1), Row(id=2)])
    with Session(server) as session:
        assert [row.id for row in session.exec(select(Row))] == [1, 2]
    phone.dispose()
    server.dispose()
    other = open_phone(tmp_path / "other")
    other.dispose()
    assert not any("other" in name for name in disk.images), "afterwards all is as it was"
