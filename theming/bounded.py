"""Reads what was packed without unpacking more than there is room for."""

from __future__ import annotations

import gzip
import io
from pathlib import Path


class TooMuch(Exception):
    """More than the bound comes out."""


class Unpacked(io.RawIOBase):
    """The bytes of a file, unpacked if they are gzip; `read` raises `TooMuch` past `most` bytes in all."""

    def __init__(self, path: Path, most: int) -> None:
        self._file = gzip.open(path) if is_gzip(path) else path.open("rb")  # noqa: SIM115 (closed below)
        self._left = most

    def read(self, size: int = -1, /) -> bytes:
        part = self._file.read(min(size if size >= 0 else self._left + 1, self._left + 1))
        self._left -= len(part)
        if self._left < 0:
            raise TooMuch
        return part

    def close(self) -> None:
        self._file.close()
        super().close()


def is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"
