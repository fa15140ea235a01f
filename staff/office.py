"""The staff's folder: keys, addresses of the servers, and what was published last."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from protocol.canonical import b64, unb64
from protocol.manifest import Manifest, read_manifest
from protocol.messages import Message
from protocol.municipality import MunicipalityCard, StaffKeys
from protocol.sealing import new_sealing_key
from protocol.signing import new_signing_key
from staff.keyring import Keyring, write_privately

RIGHTS = ("publishing", "invitation", "counting")


class Addresses(Message):
    """Base URLs of the servers, and the address of the app that invitations point to."""

    issuer: str
    shuffler: str
    ballot_box: str
    app: str


class OfficeIncomplete(Exception):
    """Something must be done first; `missing` is `card`, `addresses` or `manifest`."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Office:
    folder: Path
    keyring: Keyring
    now: Callable[[], datetime]

    @classmethod
    def at(cls, folder: Path, passphrase: Callable[[], str], now: Callable[[], datetime]) -> Office:
        return cls(folder, Keyring(folder / "keys", passphrase), now)

    def found(self, id: str, name: str) -> MunicipalityCard:
        """Make the municipality's keys and its public card. Raises `KeyFileError` if there are keys."""
        root = new_signing_key()
        self.keyring.put("root", root.private)
        public: dict[str, str] = {}
        for right in RIGHTS:
            key = new_signing_key()
            self.keyring.put(right, key.private)
            public[right] = b64(key.public)
        card = MunicipalityCard(id=id, name=name, root_key=b64(root.public), staff=StaffKeys(**public))
        self._write("municipality.json", card.model_dump_json(indent=2).encode())
        return card

    def card(self) -> MunicipalityCard:
        return MunicipalityCard.model_validate_json(self._read("municipality.json", "card"))

    def set_addresses(self, addresses: Addresses) -> None:
        self._write("addresses.json", addresses.model_dump_json(indent=2).encode())

    def addresses(self) -> Addresses:
        return Addresses.model_validate_json(self._read("addresses.json", "addresses"))

    def manifest(self) -> Manifest | None:
        """The manifest published last, or None before the first."""
        path = self.folder / "manifest.json"
        if not path.exists():
            return None
        card = self.card()
        return read_manifest(path.read_bytes(), card.id, unb64(card.root_key))

    def keep_manifest(self, raw: bytes) -> None:
        self._write("manifest.json", raw)

    def counting_key(self, poll: str) -> bytes:
        """The private key that opens the poll's ballots, made if need be. 32 bytes, X25519."""
        name = f"poll-{poll}"
        if not self.keyring.has(name):
            self.keyring.put(name, new_sealing_key().private)
        return self.keyring.get(name)

    def keep_document(self, raw: bytes) -> str:
        """Keep what is published, named by its digest."""
        digest = b64(sha256(raw).digest())
        (self.folder / "documents").mkdir(parents=True, exist_ok=True)
        self._write(f"documents/{digest}", raw)
        return digest

    def document(self, digest: str) -> bytes:
        return (self.folder / "documents" / digest).read_bytes()

    def keep_private(self, name: str, data: object) -> Path:
        """Keep something that never leaves this computer, such as exact counts."""
        path = self.folder / "private" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, indent=1)
        write_privately(path, text.encode())
        return path

    def _read(self, name: str, missing: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError as exc:
            raise OfficeIncomplete(missing) from exc

    def _write(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_privately(self.folder / name, data)
