"""The log of staff's actions: only ever added to, each line chained to the one before it, and signed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from protocol.canonical import b64, canonical, unb64
from protocol.signing import new_signing_key, sign, verify
from staff.file_lock import locked
from staff.keyring import write_privately

DOMAIN, REPLACED = "samenspraak/action-log/v1", "samenspraak/key-replaced/v1"
BEFORE_THE_FIRST = b64(sha256(DOMAIN.encode()).digest())
"""What the first line names as the digest of the line before it."""
LONGEST = 64 * 1024
"""Bytes; a line is far shorter."""
STARTING = ("keys-made", "keys-recovered", "log-started")
"""Actions with which a log begins; each says which public keys there are."""


class LogDamaged(Exception):
    """The last line of the log at `path` cannot be read, so that none can be added."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs a line: its name in the keyring, and its private half."""

    name: str
    private: bytes

    @property
    def public(self) -> bytes:
        return new_signing_key(lambda _: self.private).public


@dataclass(frozen=True, slots=True)
class ActionLog:
    """`now` gives an aware time. `on_mended` is told where half a line was put aside."""

    path: Path
    now: Callable[[], datetime]
    on_mended: Callable[[Path], None] = lambda _: None

    def append(
        self,
        action: str,
        details: Mapping[str, Any],
        signer: Signer,
        start: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        """Add a line, on the disk when this returns. Raises `LogDamaged`, or `OSError`.

        `start` gives the details of the line that goes before the first one. Half a line that was left by a
        crash is put aside, and a line says so.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with locked(self.path.with_name("log.lock")):
            half = self._put_half_line_aside()
            if half:
                self._write("log-mended", {"bytes": len(half), "digest": digest_of(half)}, signer)
            if action not in STARTING and self._last() is None:
                self._write("log-started", start(), signer)
            self._write(action, details, signer)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Every line that can be read, unchecked, oldest first. Half a line at the end is no line."""
        for raw in whole_lines(self.raw()):
            try:
                line = json.loads(raw)
            except ValueError:
                continue
            if isinstance(line, dict) and isinstance(line.get("details"), dict):
                yield line

    def raw(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    def details_of(self, *actions: str) -> list[dict[str, Any]]:
        """Details of the lines with one of these actions, oldest first."""
        return [line["details"] for line in self.lines() if line.get("action") in actions]

    def head(self) -> str:
        """Number and digest of the last line; see `head_of`. Empty where there is no line."""
        last = self._last()
        return head_of(json.loads(last)["number"], last) if last else ""

    def _write(self, action: str, details: Mapping[str, Any], signer: Signer) -> None:
        last = self._last()
        body = {
            "number": json.loads(last)["number"] + 1 if last else 1,
            "previous": digest_of(last) if last else BEFORE_THE_FIRST,
            "at": self.now().isoformat(timespec="seconds"),
            "action": action,
            "details": dict(details),
            "key": signer.name,
        }
        signature = b64(sign(signer.private, DOMAIN, canonical(body)))
        line = canonical({**body, "signature": signature}) + b"\n"
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if last is None:
            _flush_folder(self.path.parent)

    def _last(self) -> bytes | None:
        """The last whole line, or None where there is none. Raises `LogDamaged` if it cannot be read."""
        whole = self._tail().rpartition(b"\n")[0]
        last = whole.rpartition(b"\n")[2]
        if not last:
            return None
        try:
            if json.loads(last)["number"] >= 1:
                return last
        except (ValueError, TypeError, KeyError):
            pass
        raise LogDamaged(self.path)

    def _put_half_line_aside(self) -> bytes:
        half = self._tail().rpartition(b"\n")[2]
        if not half:
            return b""
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.cut-{number}")).exists():
            number += 1
        write_privately(aside, half)
        with self.path.open("r+b") as file:
            file.truncate(self.path.stat().st_size - len(half))
            file.flush()
            os.fsync(file.fileno())
        self.on_mended(aside)
        return half

    def _tail(self) -> bytes:
        if not self.path.exists():
            return b""
        with self.path.open("rb") as file:
            file.seek(-min(LONGEST, file.seek(0, os.SEEK_END)), os.SEEK_END)
            return file.read()


def accepted(right: str, old: str, private: bytes) -> str:
    """A new key's word that it follows `old`: without it a stranger's log could end with our keys."""
    new = b64(new_signing_key(lambda _: private).public)
    return b64(sign(private, REPLACED, canonical({"right": right, "old": old, "new": new})))


def is_accepted(right: str, old: str, new: str, word: str) -> bool:
    return verify(unb64(new), REPLACED, canonical({"right": right, "old": old, "new": new}), unb64(word))


def digest_of(line: bytes) -> str:
    """SHA-256 of a line without its end, 43 characters of base64url."""
    return b64(sha256(line).digest())


def head_of(number: int, line: bytes) -> str:
    """What staff write down: number and 80 bits of digest of a line, as `12-3F2A-91BC-4D5E-6F70-8A9B`."""
    digits = sha256(line).hexdigest().upper()[:20]
    return "-".join([str(number), *(digits[at : at + 4] for at in range(0, 20, 4))])


def whole_lines(raw: bytes) -> list[bytes]:
    return raw.split(b"\n")[:-1]


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be flushed
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
