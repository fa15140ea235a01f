"""Where the key of drafts and copies is kept: the platform's key store, or a file beside the database."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import Engine

from domain.errors import KeyStoreFailed, StorageFull
from storage.at_rest import KEY_BYTES, AtRest

FILE = "phone.key"


class KeyStore(Protocol):
    """One key of 32 bytes, in the platform's own keeping. Both raise `KeyStoreFailed`."""

    async def get(self) -> bytes | None: ...
    async def put(self, key: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The key in a file that only its owner can read."""

    path: Path

    def read(self) -> bytes | None:
        """None where there is no key of the right size."""
        with contextlib.suppress(FileNotFoundError):
            key = self.path.read_bytes()
            return key if len(key) == KEY_BYTES else None
        return None

    def read_or_make(self, random: Callable[[int], bytes]) -> bytes:
        """The key; when this returns a new one it is on the disk. Raises `StorageFull` where it cannot be."""
        try:
            return self.read() or self._make(random)
        except OSError as exc:
            raise StorageFull from exc

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def _make(self, random: Callable[[int], bytes]) -> bytes:
        draft = self.path.with_name(f"{self.path.name}.{random(8).hex()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, random(KEY_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            os.link(draft, self.path)  # where another tab was first, its key is the one
        except FileExistsError:
            if self.read() is None:
                os.replace(draft, self.path)
        except OSError:  # a file system without links
            os.replace(draft, self.path)
        draft.unlink(missing_ok=True)
        _sync_folder(self.path.parent)
        key = self.read()
        if key is None:
            raise OSError(f"{self.path.name} cannot be read back")
        return key


def beside(engine: Engine) -> KeyFile:
    """The key file of this database."""
    return KeyFile(Path(str(engine.url.database)).with_name(FILE))


def from_file(engine: Engine, random: Callable[[int], bytes]) -> AtRest:
    """Where there is no key store: the key in the file beside the database, made as needed."""
    return AtRest((beside(engine).read_or_make(random),), random)


async def from_store(store: KeyStore, engine: Engine, random: Callable[[int], bytes]) -> AtRest:
    """The key in the platform's store, made as needed; behind it the file's, from a day without the store.

    While the store fails the file's key is used, and what the store's key opens is neither shown nor lost.
    """
    file = beside(engine)
    try:
        key = await store.get()
        if key is None:
            await store.put(random(KEY_BYTES))
            key = await store.get()
        if key is None or len(key) != KEY_BYTES:
            raise KeyStoreFailed
    except KeyStoreFailed:
        return AtRest((file.read_or_make(random),), random, complete=False)
    older = file.read()
    return AtRest((key, older) if older else (key,), random)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
