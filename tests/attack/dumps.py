"""What copies of all files of all servers tell: every order of rows, every value in common."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from protocol.canonical import NotBase64, b64, unb64

Order = dict[str, list[str]]
"""By the name of what gives the order: names of rows, in that order."""
WINDOW = 8
"""Bytes of a value that are looked for in a file."""


@dataclass(frozen=True, slots=True)
class Dump:
    """Copies of one server's database, its write-ahead log and whatever else lies beside it."""

    folder: Path
    role: str

    def bytes_by_file(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob(f"{self.role}.sqlite*"))}

    def orders(self, table: str, name: str, where: str) -> Order:
        """Every order in which the rows can be put: by row number, by each column, by place in each file.

        `name`: the column that names a row; `where`: a condition in SQL.
        """
        with closing(sqlite3.connect(self.folder / f"{self.role}.sqlite")) as file:
            columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
            found: Order = {}
            for by in ("rowid", *columns):
                if by in columns and _is_constant(file, table, by, where):
                    continue
                with suppress(sqlite3.OperationalError):  # a table without row numbers has none
                    rows = file.execute(f"SELECT {name} FROM {table} WHERE {where} ORDER BY {by}")
                    found[f"{table}.{by}"] = [str(row[0]) for row in rows]
        names = found[f"{table}.{name}"]
        for place, data in self.bytes_by_file().items():
            for which, find in (("first", data.find), ("last", data.rfind)):
                places = {each: find(each.encode()) for each in names}
                there = [each for each in names if places[each] >= 0]
                if len(there) > len(names) / 2:
                    found[f"{table} in {place}, {which} place"] = sorted(there, key=places.__getitem__)
        return found

    def values(self, table: str, where: str) -> Iterator[object]:
        with closing(sqlite3.connect(self.folder / f"{self.role}.sqlite")) as file:
            for row in file.execute(f"SELECT * FROM {table} WHERE {where}"):
                yield from row


def _is_constant(file: sqlite3.Connection, table: str, column: str, where: str) -> bool:
    found = file.execute(f"SELECT count(DISTINCT {column}) FROM {table} WHERE {where}").fetchone()
    return bool(found[0] < 2)


def values_shared(values: Iterator[object], files: Mapping[str, bytes]) -> int:
    """How many of the values, their contents or their hashes occur anywhere in the files."""
    wanted: set[bytes] = set()
    for value in values:
        wanted |= _forms(value)
    needles = np.unique(np.frombuffer(b"".join(wanted), dtype="<u8"))
    found = np.zeros(len(needles), dtype=bool)
    for data in files.values():
        for shift in range(min(WINDOW, len(data) // WINDOW)):
            usable = (len(data) - shift) // WINDOW * WINDOW
            found |= np.isin(needles, np.frombuffer(data[shift : shift + usable], dtype="<u8"))
    return int(found.sum())


def _forms(value: object) -> set[bytes]:
    """The first bytes of a value as it is, decoded, hashed, and encoded again; none if it is too short."""
    raw = value.encode() if isinstance(value, str) else value
    if not isinstance(raw, bytes) or len(raw) < 32:
        return set()
    plain = {raw}
    with suppress(NotBase64, UnicodeDecodeError):
        plain.add(unb64(raw.decode()))
    plain |= {sha256(each).digest() for each in set(plain)}
    return {form[:WINDOW] for each in plain for form in (each, b64(each).encode(), each.hex().encode())}
