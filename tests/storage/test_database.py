"""The phone's database: what was saved stays saved, whatever happens to the file or the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.schema import CreateTable

from domain.answers import Written
from domain.errors import StorageBusy, StorageDamaged, StorageError, StorageFull, StorageNewer
from storage.database import FILE, open_phone, truncate_log
from storage.migrations import STEPS
from storage.outbox import Outbox, SealedBallot
from storage.settings import Settings
from storage.tables import TABLES
from storage.wallet import Joining, Membership, Wallet
from tests.storage.conftest import drafts_of

PAGE = 4096


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """(name, type, must be given, place in the primary key) of every column, in order."""
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [(name, kind, bool(needed), place) for _, name, kind, needed, _, place in found]


def create(table: Table) -> str:
    return str(CreateTable(table).compile(dialect=sqlite.dialect()))


def test_the_steps_make_the_very_tables_the_code_writes(tmp_path: Path):
    open_phone(tmp_path).dispose()
    with closing(sqlite3.connect(tmp_path / FILE)) as made, closing(sqlite3.connect(":memory:")) as wanted:
        for table in TABLES.metadata.sorted_tables:
            wanted.execute(create(table))
        names = {name for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert names == set(TABLES.metadata.tables)
        for name in names:
            assert columns(made, name) == columns(wanted, name), name
        assert made.execute("PRAGMA user_version").fetchone() == (len(STEPS),)


def test_an_old_file_is_opened_again_with_everything_in_it(tmp_path: Path):
    for number in range(3):
        engine = open_phone(tmp_path)
        Settings(engine).put(f"n{number}", "kept")
        assert set(Settings(engine).all()) == {f"n{i}" for i in range(number + 1)}
        engine.dispose()


def test_every_connection_writes_durably_and_forgets_what_was_deleted(engine: Engine):
    asked = ("journal_mode", "synchronous", "secure_delete")
    one, other = engine.raw_connection(), engine.raw_connection()
    for connection in (one, other):
        found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
        assert found == ["wal", 2, 1]
        connection.close()


class TestAFullPhone:
    """The disk refuses more; what was confirmed is still there, and can still be read."""

    @staticmethod
    def fill(engine: Engine) -> None:
        @event.listens_for(engine, "connect")
        def limit(connection: sqlite3.Connection, _record: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")

        engine.dispose()  # connections made before know no limit

    def test_what_does_not_fit_is_said_and_what_was_saved_stays(self, engine: Engine):
        drafts = drafts_of(engine)
        before = {"a": Written("kort")}
        drafts.put("waterrijk", "poll", before)
        self.fill(engine)
        with pytest.raises(StorageFull):
            drafts.put("waterrijk", "poll", {"a": Written("x" * 20 * PAGE)})
        assert drafts.get("waterrijk", "poll") == before
        drafts.put("waterrijk", "poll", {"a": Written("langer")})
        assert drafts.get("waterrijk", "poll") == {"a": Written("langer")}, "a little still fits"

    def test_a_ballot_that_does_not_fit_leaves_its_draft_where_it_was(self, engine: Engine):
        drafts, outbox = drafts_of(engine), Outbox(engine)
        drafts.put("waterrijk", "poll", {"a": Written("kort")})
        self.fill(engine)
        with pytest.raises(StorageFull):
            outbox.put([SealedBallot("waterrijk", "poll", "choices", 1, bytes(20 * PAGE), "line")])
        assert drafts.get("waterrijk", "poll") == {"a": Written("kort")}
        assert outbox.all("waterrijk") == []

    def test_no_room_for_an_empty_file_is_said_too(self, tmp_path: Path):
        (tmp_path / FILE).mkdir()  # in the way: SQLite cannot open it
        with pytest.raises(StorageFull):
            open_phone(tmp_path)


def test_a_file_that_another_program_holds_is_said_to_be_busy(engine: Engine, tmp_path: Path):
    @event.listens_for(engine, "connect")
    def hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=10")  # nobody waits half a minute in a test

    engine.dispose()
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusy) as busy:
            Settings(engine).put("language", "en")
        assert busy.value.word == "busy"
        other.execute("ROLLBACK")
    Settings(engine).put("language", "en")
    assert Settings(engine).all() == {"language": "en"}, "the control"


def test_emptying_the_log_waits_for_nobody_and_fails_nobody(engine: Engine, tmp_path: Path):
    Settings(engine).put("language", "nl")
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM setting").fetchall()
        Settings(engine).put("language", "en")
        truncate_log(engine)
        assert (tmp_path / f"{FILE}-wal").stat().st_size > 0, "the reader still needs it"
        reader.execute("COMMIT")
    truncate_log(engine)
    assert (tmp_path / f"{FILE}-wal").stat().st_size == 0
    with engine.connect() as connection:
        patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    assert patience == 30_000


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """A file as the first version of the app left it, with something in every table that changed."""
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        for statement in STEPS[0]:
            connection.execute(statement)
        begun, sent = '{"a": {"written": "begun"}}', '{"a": {"written": "sent"}}'
        rows = [("poll", begun, 0), ("poll", sent, 1), ("other", begun, 0)]
        connection.executemany("INSERT INTO draft VALUES ('waterrijk', ?, ?, ?)", rows)
        connection.execute(
            "INSERT INTO membership VALUES ('waterrijk', x'01', x'02', 'member', 1, '[\"vervoer\"]', NULL)"
        )
        connection.execute(
            "INSERT INTO outbox VALUES "
            "('waterrijk', 'third', 'choices', 2, x'0a', 'line', 'waiting', NULL, 3, 4.0)"
        )
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    return tmp_path


def test_a_file_of_the_first_version_keeps_everything_and_its_answers_are_sealed(first_version: Path):
    engine = open_phone(first_version)
    drafts = drafts_of(engine)
    drafts.protect()
    assert drafts.get("waterrijk", "other") == {"a": Written("begun")}
    assert drafts.get("waterrijk", "poll") == {"a": Written("sent")}, "to be sent once more"
    member = Membership("waterrijk", b"\x01", b"\x02", Joining.MEMBER, True, ("vervoer",))
    assert (Wallet(engine).membership("waterrijk"), Wallet(engine).candidate("waterrijk")) == (member, None)
    ballot = SealedBallot("waterrijk", "third", "choices", 2, b"\x0a", "line", attempts=3, not_before=4.0)
    assert Outbox(engine).all("waterrijk") == [ballot]
    assert b"begun" not in (first_version / FILE).read_bytes()
    engine.dispose()


def test_a_damaged_file_of_the_first_version_is_salvaged_too(first_version: Path):
    with closing(sqlite3.connect(first_version / FILE)) as connection:
        connection.execute("CREATE TABLE ruin (a TEXT)")
        connection.execute("INSERT INTO ruin VALUES (?)", ("x" * 20 * PAGE,))
        connection.commit()
    raw = bytearray((first_version / FILE).read_bytes())
    raw[-PAGE * 3 :] = b"\xa5" * PAGE * 3
    (first_version / FILE).write_bytes(raw)
    with pytest.raises(StorageDamaged):
        open_phone(first_version)
    engine = open_phone(first_version)
    assert drafts_of(engine).get("waterrijk", "other") == {"a": Written("begun")}
    assert Wallet(engine).membership("waterrijk").segments == ("vervoer",)
    assert len(Outbox(engine).all("waterrijk")) == 1
    engine.dispose()


class TestADamagedFile:
    """It is put aside, never deleted; what can be read of it is saved; the app goes on."""

    @pytest.fixture
    def filled(self, tmp_path: Path) -> Path:
        """A file in which the drafts lie on many pages."""
        engine = open_phone(tmp_path)
        for number in range(60):
            drafts_of(engine).put("waterrijk", f"poll-{number:02}", {"a": Written("x" * 900)})
        Settings(engine).put("language", "nl")
        engine.dispose()
        return tmp_path / FILE

    def test_a_file_that_is_no_database_is_kept_and_a_new_one_begun(self, filled: Path):
        filled.write_bytes(b"not a database" + filled.read_bytes()[14:])
        garbage = filled.read_bytes()
        with pytest.raises(StorageDamaged) as damaged:
            open_phone(filled.parent)
        assert (filled.parent / damaged.value.kept_as).read_bytes() == garbage
        engine = open_phone(filled.parent)
        assert Settings(engine).all() == {}
        Settings(engine).put("language", "en")
        engine.dispose()

    def test_one_bad_page_costs_only_what_was_on_it(self, filled: Path):
        raw = bytearray(filled.read_bytes())
        pages = [n for n in range(len(raw) // PAGE) if b"poll-" in raw[n * PAGE : (n + 1) * PAGE]]
        middle = pages[len(pages) // 2]
        raw[middle * PAGE : (middle + 1) * PAGE] = b"\xa5" * PAGE
        filled.write_bytes(raw)
        with pytest.raises(StorageDamaged):
            open_phone(filled.parent)
        engine = open_phone(filled.parent)
        drafts = drafts_of(engine)
        saved = {poll for poll in drafts.polls("waterrijk") if drafts.get("waterrijk", poll)}
        assert Settings(engine).all() == {"language": "nl"}, "the other tables are whole"
        assert 50 <= len(saved) < 60
        assert {"poll-00", "poll-59"} <= saved, "what lies before the bad page and what lies behind it"
        engine.dispose()

    def test_a_second_damaged_file_does_not_take_the_place_of_the_first(self, filled: Path):
        for number in (1, 2):
            filled.write_bytes(b"damage %d" % number + bytes(5000))
            with pytest.raises(StorageDamaged) as damaged:
                open_phone(filled.parent)
            assert damaged.value.kept_as == f"{FILE}.damaged-{number}"
        assert (filled.parent / f"{FILE}.damaged-1").read_bytes().startswith(b"damage 1")

    def test_damage_that_shows_later_is_called_damage_too(self, filled: Path):
        engine = open_phone(filled.parent)
        raw = bytearray(filled.read_bytes())
        raw[PAGE:] = b"\xa5" * (len(raw) - PAGE)
        filled.write_bytes(raw)
        with pytest.raises(StorageDamaged):
            drafts_of(engine).polls("waterrijk")
        engine.dispose()

    def test_a_file_that_another_tab_is_writing_in_stays_in_its_place(self, filled: Path):
        engine = open_phone(filled.parent)
        with engine.begin() as writing:
            writing.exec_driver_sql("UPDATE setting SET value = 'en'")
            other = open_phone(filled.parent)
        assert Settings(other).all() == {"language": "en"}
        assert [p.name for p in filled.parent.iterdir() if "damaged" in p.name] == []
        other.dispose()
        engine.dispose()

    def test_a_sound_file_is_not_put_aside(self, filled: Path):
        """The control."""
        engine = open_phone(filled.parent)
        assert len(drafts_of(engine).polls("waterrijk")) == 60
        engine.dispose()


def test_a_file_of_a_later_version_is_not_touched(tmp_path: Path):
    open_phone(tmp_path).dispose()
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE setting ADD COLUMN since TEXT")
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StorageNewer) as newer:
        open_phone(tmp_path)
    assert isinstance(newer.value, StorageError)
    assert (newer.value.found, newer.value.known) == (len(STEPS) + 1, len(STEPS))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [FILE]
