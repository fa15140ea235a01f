"""A disk whose power can be cut: an SQLite VFS that remembers what was synced and what was only written.

After a cut everything that was synced is there; of each write since, any sector may be there or not.
Like a journalling file system, a sync of any file also keeps the files that were removed before it removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import apsw

SECTOR = 512
VFS = "power"


@dataclass(frozen=True, slots=True)
class Write:
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncation:
    size: int


@dataclass
class Image:
    """One file: what is on the platters, and what the system still holds back."""

    durable: bytearray | None
    pending: list[Write | Truncation] = field(default_factory=list)

    def after_cut(self, keeps: Callable[[], bool]) -> bytearray | None:
        """`keeps` is asked for every sector that was not synced. None: the file is not there."""
        found = bytearray(self.durable or b"")
        touched = _apply(found, self.pending, keeps)
        return found if self.durable is not None or touched else None

    def sync(self) -> None:
        self.durable = bytearray(self.durable or b"")
        _apply(self.durable, self.pending, lambda: True)
        self.pending.clear()


@dataclass
class Cut:
    """The disk at one moment; `note` is what was promised by then."""

    images: dict[str, Image]
    removed: dict[str, bytes]
    note: Any

    def write(self, folder: Path, chance: Random, kept: float) -> None:
        """What is found when the power is back. `kept`: the share of unsynced sectors that made it."""
        folder.mkdir(parents=True)
        for name, image in self.images.items():
            if (found := image.after_cut(lambda: chance.random() < kept)) is not None:
                (folder / Path(name).name).write_bytes(found)
        for name, data in self.removed.items():
            if name not in self.images and chance.random() < kept:
                (folder / Path(name).name).write_bytes(data)


class Disk:
    """`cut_at`: the power fails at this operation; `promised` says what was promised until then."""

    def __init__(self) -> None:
        self.promised: Callable[[], Any] = lambda: None
        self.images: dict[str, Image] = {}
        self.reset()

    def reset(self, cut_at: int | None = None) -> None:
        """All that is in files now is on the platters."""
        there = [name for name in self.images if Path(name).exists()]
        self.images = {name: Image(bytearray(Path(name).read_bytes())) for name in there}
        self.removed: dict[str, bytes] = {}
        self.operations, self.cut_at = 0, cut_at
        self.cut: Cut | None = None

    def now(self) -> Cut:
        """The cut that fell, or else one at this moment."""
        return self.cut or Cut(deepcopy(self.images), dict(self.removed), deepcopy(self.promised()))

    def opened(self, name: str) -> None:
        if name not in self.images:
            path = Path(name)
            self.images[name] = Image(bytearray(path.read_bytes()) if path.exists() else None)

    def wrote(self, name: str, what: Write | Truncation) -> None:
        self._tick()
        self.images[name].pending.append(what)

    def synced(self, name: str) -> None:
        self._tick()
        self.images[name].sync()
        self.removed.clear()

    def deleted(self, name: str, durably: bool) -> None:
        self._tick()
        image = self.images.pop(name, None)
        if durably:
            self.removed.pop(name, None)
        elif image is not None and image.durable is not None:
            self.removed[name] = bytes(image.durable)

    def _tick(self) -> None:
        if self.cut is None and self.operations == self.cut_at:
            self.cut = self.now()
        self.operations += 1


def _apply(image: bytearray, operations: Iterable[Write | Truncation], keeps: Callable[[], bool]) -> bool:
    """Returns whether anything was kept."""
    touched = False
    for operation in operations:
        if isinstance(operation, Truncation):
            if keeps():
                del image[operation.size :]
                touched = True
            continue
        for start in range(0, len(operation.data), SECTOR):
            if keeps():
                piece = operation.data[start : start + SECTOR]
                end = operation.offset + start + len(piece)
                image.extend(bytes(max(0, end - len(image))))
                image[end - len(piece) : end] = piece
                touched = True
    return touched


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else name
        if self._name is not None:  # a temporary file is nobody's promise
            disk.opened(self._name)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        if self._name is not None:
            self._disk.wrote(self._name, Write(offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        if self._name is not None:
            self._disk.wrote(self._name, Truncation(size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        if self._name is not None:
            self._disk.synced(self._name)


class PowerVfs(apsw.VFS):
    """Registered with SQLite under the name `power` until `unregister`."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__(VFS, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self._disk, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        super().xDelete(name, syncdir)
        self._disk.deleted(name, bool(syncdir))
