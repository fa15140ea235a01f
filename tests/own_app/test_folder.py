"""The folder: whole or not at all, and nothing of anybody else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from own_app.errors import AppUnfit
from own_app.folder import RECORD, write_app

FILES = {"pyproject.toml": b"one", "app/main.py": b"two", "store/nl.txt": b"three"}
FOR_PEOPLE = frozenset({"store/nl.txt"})


def write(out: Path, **changed: bytes):
    return write_app(out, FILES | {"app/main.py": changed.get("main", b"two")}, FOR_PEOPLE)


def there(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != RECORD
    }


def refusal(out: Path, **changed: bytes) -> str:
    before = there(out) if out.is_dir() else {}
    with pytest.raises(AppUnfit) as refused:
        write(out, **changed)
    assert (there(out) if out.is_dir() else {}) == before, "nothing was written"
    return refused.value.reason


def test_a_new_or_an_empty_folder_gets_every_file(tmp_path):
    write(tmp_path / "deep" / "new")
    assert there(tmp_path / "deep" / "new") == FILES
    (tmp_path / "empty").mkdir()
    assert write(tmp_path / "empty").files == tuple(FILES)


def test_the_same_again_changes_what_changed(tmp_path):
    write(tmp_path)
    write(tmp_path, main=b"newer")
    assert there(tmp_path) == FILES | {"app/main.py": b"newer"}


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    assert refusal(tmp_path) == "folder-foreign"
    (tmp_path / "file").write_bytes(b"x")
    assert refusal(tmp_path / "file") == "folder-foreign"


def test_a_record_that_is_no_record_makes_it_no_folder_of_ours(tmp_path):
    for content in ("", "[]", '{"format": "samenspraak-app"}', '{"format": "x", "files": {}}'):
        (tmp_path / RECORD).write_text(content)
        assert refusal(tmp_path) == "folder-foreign"


def test_what_people_filled_in_stays(tmp_path):
    write(tmp_path)
    (tmp_path / "store/nl.txt").write_bytes(b"ours")
    for _ in range(2):
        assert write(tmp_path, main=b"newer").kept == ("store/nl.txt",)
    assert there(tmp_path) == FILES | {"app/main.py": b"newer", "store/nl.txt": b"ours"}


def test_what_was_changed_elsewhere_stops_it(tmp_path):
    write(tmp_path)
    (tmp_path / "pyproject.toml").write_bytes(b"mine")
    assert refusal(tmp_path, main=b"newer") == "folder-changed"


def test_what_would_go_onto_phones_by_mistake_stops_it(tmp_path):
    write(tmp_path)
    (tmp_path / "upload.keystore").write_bytes(b"beside the app: fine")
    write(tmp_path, main=b"newer")
    (tmp_path / "app/upload.keystore").write_bytes(b"in it: not")
    assert refusal(tmp_path) == "folder-stray"


def test_what_running_the_app_left_behind_is_no_obstacle(tmp_path):
    write(tmp_path)
    (tmp_path / "app/__pycache__").mkdir()
    (tmp_path / "app/__pycache__/main.pyc").write_bytes(b"x")
    (tmp_path / "build").mkdir()
    (tmp_path / "build/app.apk").write_bytes(b"x")
    write(tmp_path, main=b"newer")


def test_a_file_that_is_no_longer_part_of_it_goes_unless_people_changed_it(tmp_path):
    write(tmp_path)
    write_app(tmp_path, FILES | {"store/old.txt": b"a", "store/kept.txt": b"b"}, FOR_PEOPLE)
    (tmp_path / "store/kept.txt").write_bytes(b"ours")
    write(tmp_path)
    assert set(there(tmp_path)) == {*FILES, "store/kept.txt"}


@pytest.mark.parametrize("writes", range(1, 6))
def test_cut_off_anywhere_the_same_command_finishes_it(writes, tmp_path, monkeypatch):
    write(tmp_path)
    real, done = Path.write_bytes, 0

    def cut_off(path: Path, data: bytes) -> int:
        """The disk gets one byte of it, and no more."""
        nonlocal done
        done += 1
        if done == writes:
            real(path, data[:1])
            raise KeyboardInterrupt
        return real(path, data)

    newer = {path: data + b" newer" for path, data in FILES.items()}
    monkeypatch.setattr(Path, "write_bytes", cut_off)
    with pytest.raises(KeyboardInterrupt):
        write_app(tmp_path, newer, FOR_PEOPLE)
    monkeypatch.setattr(Path, "write_bytes", real)
    assert write_app(tmp_path, newer, FOR_PEOPLE).kept == ()
    assert {path: data for path, data in there(tmp_path).items() if not path.endswith(".new")} == newer
