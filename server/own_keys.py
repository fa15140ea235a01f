"""A server's own keys: made at the first start, in a file only the server's account can read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from protocol.canonical import b64, unb64
from protocol.sealing import new_sealing_key
from protocol.signing import new_signing_key


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """Ed25519 for signing, X25519 for what is sealed to this server; 32 bytes each."""

    signing_private: bytes
    signing_public: bytes
    sealing_private: bytes
    sealing_public: bytes


def own_keys(folder: Path, role: str) -> OwnKeys:
    """The keys in `folder/ROLE.keys.json`, made if they are not there yet."""
    path = folder / f"{role}.keys.json"
    if not path.exists():
        _make(path)
    stored = {name: unb64(value) for name, value in json.loads(path.read_text("utf-8")).items()}
    return OwnKeys(**stored)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    signing, sealing = new_signing_key(), new_sealing_key()
    keys = {
        "signing_private": b64(signing.private),
        "signing_public": b64(signing.public),
        "sealing_private": b64(sealing.private),
        "sealing_public": b64(sealing.public),
    }
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
