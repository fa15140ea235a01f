"""Staff's keys: one file each, sealed under a passphrase (Argon2id, RFC 9106; AES-256-GCM)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from protocol.canonical import NotBase64, b64, canonical, digest, unb64


@dataclass(frozen=True, slots=True)
class Stretching:
    """How slowly Argon2id makes a key of a passphrase. A folder opens only as it was sealed."""

    iterations: int
    lanes: int
    memory_kib: int

    def document(self) -> dict[str, Any]:
        return {"name": "argon2id", **asdict(self)}


RECOMMENDED = Stretching(iterations=3, lanes=4, memory_kib=65536)
"""RFC 9106, section 4: the second recommended option."""


class KeyFileError(Exception):
    """A key file that cannot be used; `reason` is `missing`, `damaged`, `passphrase` or `exists`."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True, slots=True)
class Keyring:
    """Private keys (bytes) by name in a folder. `passphrase` is asked for when a key is needed."""

    folder: Path
    passphrase: Callable[[], str]
    stretching: Stretching = RECOMMENDED
    _opened: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def put(self, name: str, private: bytes) -> None:
        """Seal a new key. Raises `KeyFileError` (exists) rather than overwrite one."""
        if (path := self._path(name)).exists():
            raise KeyFileError(path, "exists")
        self.replace(name, private)

    def replace(self, name: str, private: bytes) -> None:
        """Seal a key in the place of another, if there is one: whole or not at all."""
        path = self._path(name)
        salt, nonce = os.urandom(16), os.urandom(12)
        sealed = AESGCM(self._stretch(salt)).encrypt(nonce, private, name.encode())
        kdf = self.stretching.document()
        document = {"kdf": kdf, "salt": b64(salt), "nonce": b64(nonce), "sealed": b64(sealed)}
        path.parent.mkdir(parents=True, exist_ok=True)
        write_privately(path, canonical({**document, "digest": digest(document)}))
        self._opened[name] = private

    def get(self, name: str) -> bytes:
        """Raises `KeyFileError`. Opened once, a key is kept in memory: stretching takes a quarter second."""
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def remove(self, name: str) -> None:
        """Raises `KeyFileError` (missing)."""
        try:
            self._path(name).unlink()
        except FileNotFoundError as exc:
            raise KeyFileError(self._path(name), "missing") from exc
        self._opened.pop(name, None)

    def names(self) -> tuple[str, ...]:
        """Of every key in the folder, in alphabetical order."""
        return tuple(sorted(path.name.removesuffix(".key.json") for path in self.folder.glob("*.key.json")))

    def has(self, name: str) -> bool:
        return self._path(name).exists()

    def _open(self, name: str) -> bytes:
        path = self._path(name)
        try:
            salt, nonce, sealed = _parts(json.loads(path.read_bytes()), self.stretching)
        except FileNotFoundError as exc:
            raise KeyFileError(path, "missing") from exc
        except (ValueError, KeyError, TypeError, RecursionError, NotBase64) as exc:
            raise KeyFileError(path, "damaged") from exc
        try:
            return AESGCM(self._stretch(salt)).decrypt(nonce, sealed, name.encode())
        except InvalidTag as exc:
            raise KeyFileError(path, "passphrase") from exc

    def _stretch(self, salt: bytes) -> bytes:
        stretcher = Argon2id(
            salt=salt,
            length=32,
            iterations=self.stretching.iterations,
            lanes=self.stretching.lanes,
            memory_cost=self.stretching.memory_kib,
        )
        return stretcher.derive(self.passphrase().encode("utf-8", "surrogatepass"))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key.json"


def _parts(document: Any, stretching: Stretching) -> tuple[bytes, bytes, bytes]:
    """Salt, nonce and sealed key. The digest tells damage apart from a wrong passphrase."""
    if not isinstance(document, dict):
        raise TypeError
    rest = {name: value for name, value in document.items() if name != "digest"}
    if document["digest"] != digest(rest) or rest["kdf"] != stretching.document():
        raise ValueError("not as it was written")
    return unb64(rest["salt"]), unb64(rest["nonce"]), unb64(rest["sealed"])


def write_privately(path: Path, data: bytes) -> None:
    """Write a file only its owner can read, whole or not at all, and on the disk when this returns."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)  # whoever may read a left-over must not read this
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name == "posix":  # elsewhere a folder cannot be flushed
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
