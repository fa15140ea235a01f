"""Staff's keys: one file each, sealed under a passphrase (Argon2id, RFC 9106; AES-256-GCM)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from protocol.canonical import NotBase64, b64, canonical, unb64

ITERATIONS, LANES, MEMORY_KIB = 3, 4, 65536
KDF = {"name": "argon2id", "iterations": ITERATIONS, "lanes": LANES, "memory_kib": MEMORY_KIB}
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

    def put(self, name: str, private: bytes) -> None:
        """Seal a new key. Raises `KeyFileError` (exists) rather than overwrite one."""
        path = self._path(name)
        if path.exists():
            raise KeyFileError(path, "exists")
        salt, nonce = os.urandom(16), os.urandom(12)
        sealed = AESGCM(self._stretch(salt, KDF)).encrypt(nonce, private, name.encode())
        document = {"kdf": KDF, "salt": b64(salt), "nonce": b64(nonce), "sealed": b64(sealed)}
        path.parent.mkdir(parents=True, exist_ok=True)
        write_privately(path, canonical(document))

    def get(self, name: str) -> bytes:
        """Raises `KeyFileError`."""
        path = self._path(name)
        try:
            document = json.loads(path.read_bytes())
            key = self._stretch(unb64(document["salt"]), document["kdf"])
            nonce, sealed = unb64(document["nonce"]), unb64(document["sealed"])
        except FileNotFoundError as exc:
            raise KeyFileError(path, "missing") from exc
        except (ValueError, KeyError, TypeError, NotBase64) as exc:
            raise KeyFileError(path, "damaged") from exc
        try:
            return AESGCM(key).decrypt(nonce, sealed, name.encode())
        except InvalidTag as exc:
            raise KeyFileError(path, "passphrase") from exc

    def has(self, name: str) -> bool:
        return self._path(name).exists()

    def _stretch(self, salt: bytes, kdf: dict[str, object]) -> bytes:
        if kdf != KDF:
            raise ValueError("unknown way of stretching")
        stretcher = Argon2id(
            salt=salt,
            length=32,
            iterations=ITERATIONS,
            lanes=LANES,
            memory_cost=MEMORY_KIB,
        )
        return stretcher.derive(self.passphrase().encode())

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key.json"


def write_privately(path: Path, data: bytes) -> None:
    """Write a file only its owner can read, whole or not at all, and on the disk when this returns."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
