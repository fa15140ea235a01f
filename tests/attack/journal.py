"""What a person at a phone remembers: what she meant to send, and what the phone said was saved."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LINE = 16
"""Bytes of a line, so that a file's size says how many there are."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of one person to one poll. `attempt` rises with every press on Send."""

    poll: int
    person: int
    attempt: int

    @property
    def number(self) -> int:
        """What she answers: it tells who, what and which attempt."""
        return (self.poll * 1000 + self.person) * 100 + self.attempt

    @classmethod
    def of(cls, number: int) -> Sent:
        rest, attempt = divmod(number, 100)
        return cls(*divmod(rest, 1000), attempt)


@dataclass(frozen=True, slots=True)
class Journal:
    """Two files that only grow; each line is on the disk before its method returns."""

    path: Path

    def means(self, sent: Sent) -> None:
        self._write(".meant", sent)

    def saved(self, sent: Sent) -> None:
        """The phone said so: from now on it must be counted, or a later one."""
        self._write(".saved", sent)

    def all_meant(self) -> dict[tuple[int, int], list[int]]:
        """Attempts by (poll, person), in order."""
        return self._read(".meant")

    def all_saved(self) -> dict[tuple[int, int], list[int]]:
        return self._read(".saved")

    def count_saved(self) -> int:
        path = self.path.with_suffix(".saved")
        return path.stat().st_size // LINE if path.exists() else 0

    def _write(self, suffix: str, sent: Sent) -> None:
        descriptor = os.open(self.path.with_suffix(suffix), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, f"{sent.number:<{LINE - 1}}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _read(self, suffix: str) -> dict[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for sent in self._lines(suffix):
            found[sent.poll, sent.person].append(sent.attempt)
        return found

    def _lines(self, suffix: str) -> Iterator[Sent]:
        path = self.path.with_suffix(suffix)
        for line in path.read_bytes().splitlines() if path.exists() else ():
            yield Sent.of(int(line))
