"""The folder an app is written to: what people changed in it stays theirs, and nothing strange gets in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from own_app.errors import AppUnfit

RECORD = ".samenspraak-app.json"
FORMAT = "samenspraak-app"
APP = "app"  # goes onto phones whole, so nothing else may be in it
_MADE_BY_RUNNING = "__pycache__"
_FRESH = ".new"


@dataclass(frozen=True, slots=True)
class Written:
    """Paths from the folder: what was written, and what people had changed and was kept."""

    files: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass
class _Record:
    """The digests that each file may have: one, or two while a newer one is being written."""

    files: dict[str, list[str]] = field(default_factory=dict)

    def is_ours(self, path: str, data: bytes) -> bool:
        return sha256(data).hexdigest() in self.files.get(path, [])


def check_folder(out: Path) -> None:
    """Raises `AppUnfit` (folder-foreign) for a folder that is not empty and was not written here."""
    _read(out)


def write_app(out: Path, files: Mapping[str, bytes], for_people: frozenset[str]) -> Written:
    """Write all files, or none; cut off, it can be done again.

    `for_people`: files that people fill in; changed ones are kept. Raises `AppUnfit` (folder-foreign,
    folder-changed, folder-stray), or `OSError`.
    """
    record = _read(out)
    there = {path: (out / path).read_bytes() for path in files if (out / path).is_file()}
    changed = [path for path, data in there.items() if data != files[path] and not record.is_ours(path, data)]
    unknown = [path for path in changed if path not in record.files]
    if unknown or (strays := _strays(out, record, files)):
        raise AppUnfit("folder-stray", folder=out, file=(unknown or strays)[0])
    if foreign := [path for path in changed if path not in for_people]:
        raise AppUnfit("folder-changed", folder=out, file=foreign[0])
    fresh = {path: data for path, data in files.items() if path not in changed}
    before = {path for path in record.files if path not in files}
    for path, data in fresh.items():
        record.files.setdefault(path, []).append(sha256(data).hexdigest())
    _write(out / RECORD, _json(record))
    for path, data in fresh.items():
        _write(out / path, data)
        record.files[path] = record.files[path][-1:]
    for path in before:
        _remove(out, path, record)
    _write(out / RECORD, _json(record))
    return Written(tuple(fresh), tuple(changed))


def _read(out: Path) -> _Record:
    """What was written here before; nothing, for a folder that is empty or not there."""
    try:
        document: Any = json.loads((out / RECORD).read_text("utf-8"))
        if document["format"] == FORMAT:
            return _Record({str(path): [str(d) for d in known] for path, known in document["files"].items()})
    except FileNotFoundError:
        if not out.exists() or (out.is_dir() and not any(out.iterdir())):
            return _Record()
    except (ValueError, LookupError, TypeError, AttributeError, NotADirectoryError):
        pass
    raise AppUnfit("folder-foreign", folder=out)


def _strays(out: Path, record: _Record, files: Mapping[str, bytes]) -> list[str]:
    """Files that would go onto phones, and that nobody here put there."""
    inside = (path.relative_to(out) for path in (out / APP).rglob("*") if path.is_symlink() or path.is_file())
    known = {*record.files, *files}
    return [
        path.as_posix()
        for path in inside
        if _MADE_BY_RUNNING not in path.parts and path.as_posix().removesuffix(_FRESH) not in known
    ]


def _remove(out: Path, path: str, record: _Record) -> None:
    """A file that is no longer part of it; one that people changed stays."""
    file = out / path
    if file.is_file() and record.is_ours(path, file.read_bytes()):
        file.unlink()
    del record.files[path]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + _FRESH)
    fresh.write_bytes(data)
    fresh.replace(path)


def _json(record: _Record) -> bytes:
    return json.dumps({"format": FORMAT, "version": 1, "files": record.files}, indent=1).encode() + b"\n"
