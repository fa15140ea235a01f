"""The staff's folder: keys, addresses of the servers, and what was published last."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from domain.errors import Distrusted
from protocol.canonical import NotBase64, b64, unb64
from protocol.manifest import Manifest, Telephone
from protocol.manifest_trust import read_manifest
from protocol.messages import Message
from protocol.municipality import MunicipalityCard, StaffKeys
from protocol.sealing import new_sealing_key
from protocol.signing import new_signing_key
from staff.action_log import ActionLog, Signer
from staff.keyring import KeyFileError, Keyring, write_privately
from staff.log_check import NAMES_A_MANIFEST, public_keys

M = TypeVar("M", bound=Message)
RIGHTS = ("publishing", "invitation", "counting")


class Addresses(Message):
    """Base URLs of the servers, the address of the app that invitations point to, and a number to call."""

    issuer: str
    shuffler: str
    ballot_box: str
    app: str
    telephone: Telephone | None = None


class OfficeIncomplete(Exception):
    """Something must be done first in `folder`; `missing` is `card` or `addresses`."""

    def __init__(self, folder: Path, missing: str) -> None:
        super().__init__(missing)
        self.folder, self.missing = folder, missing


class RotationCutOff(Exception):
    """The replacement of the key `right` was not finished; until then the key signs nothing."""

    def __init__(self, right: str) -> None:
        super().__init__(right)
        self.right = right


class OfficeDamaged(Exception):
    """The file at `path` is not as it was written, or is gone."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


@dataclass(frozen=True, slots=True)
class Office:
    """`now` gives an aware time. Reading raises `OfficeIncomplete` or `OfficeDamaged`."""

    folder: Path
    keyring: Keyring
    now: Callable[[], datetime]
    log: ActionLog

    @classmethod
    def at(
        cls,
        folder: Path,
        passphrase: Callable[[], str],
        now: Callable[[], datetime],
        on_mended: Callable[[Path], None] = lambda _: None,
    ) -> Office:
        """`on_mended` is told where half a line of the log was put aside."""
        log = ActionLog(folder / "log.jsonl", now, on_mended)
        return cls(folder, Keyring(folder / "keys", passphrase), now, log)

    def found(self, id: str, name: str, because: str = "keys-made") -> MunicipalityCard:
        """Make the municipality's keys and its public card; `because` is the first action in the log.

        Raises `KeyFileError` (exists) if there is a card. Cut off anywhere, it can be run again: a key
        that is there stays.
        """
        if (path := self.folder / "municipality.json").exists():
            raise KeyFileError(path, "exists")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        root, *rights = (self._public_key(key) for key in ("root", *RIGHTS))
        staff = StaffKeys(**dict(zip(RIGHTS, rights, strict=True)))
        card = MunicipalityCard(id=id, name=name, root_key=root, staff=staff)
        if not self.log.head():
            self.record(because, "root", {"keys": public_keys(card)})
        self.set_card(card)
        return card

    def set_card(self, card: MunicipalityCard) -> None:
        self._write("municipality.json", card.model_dump_json(indent=2).encode())

    def record(
        self, action: str, key: str, details: Mapping[str, object], private: bytes | None = None
    ) -> None:
        """Add a line to the log, signed by the key with this name: the one in the keyring unless given."""
        signer = Signer(key, self.keyring.get(key) if private is None else private)
        self.log.append(action, details, signer, self._log_start)

    def private_key(self, name: str) -> bytes:
        """A key to sign with. Raises `KeyFileError`, or `RotationCutOff`."""
        if self.keyring.has(f"{name}-next"):
            raise RotationCutOff(name)
        return self.keyring.get(name)

    def card(self) -> MunicipalityCard:
        return self._message(MunicipalityCard, "municipality.json", "card")

    def set_addresses(self, addresses: Addresses) -> None:
        self._write("addresses.json", addresses.model_dump_json(indent=2).encode())

    def addresses(self) -> Addresses:
        return self._message(Addresses, "addresses.json", "addresses")

    def manifest(self) -> Manifest | None:
        """The manifest published last, or None before the first."""
        path = self.folder / "manifest.json"
        if not path.exists():
            return None
        card = self.card()
        try:
            return read_manifest(path.read_bytes(), card.id, unb64(card.root_key))
        except (Distrusted, NotBase64) as exc:
            raise OfficeDamaged(path) from exc

    def keep_manifest(self, raw: bytes) -> None:
        self._write("manifest.json", raw)

    def record_manifest(self, root: bytes, because: str, poll: str = "") -> None:
        """Note in the log what was signed, by the private `root` key, before anybody gets it; once."""
        raw = (self.folder / "manifest.json").read_bytes()
        signed = b64(sha256(raw).digest())
        noted = self.log.details_of(*NAMES_A_MANIFEST)
        if not noted or noted[-1].get("digest") != signed:
            sequence = json.loads(raw)["manifest"]["sequence"]
            said = {"sequence": sequence, "digest": signed, "because": because}
            self.record("manifest", "root", {**said, **({"poll": poll} if poll else {})}, root)

    def new_counting_key(self, poll: str) -> bytes:
        """The private key that will open the poll's ballots, made if need be. 32 bytes, X25519."""
        if not self.keyring.has(f"poll-{poll}"):
            key = new_sealing_key()
            self.record("poll-key-made", "root", {"poll": poll, "public": b64(key.public)})
            self.keyring.put(f"poll-{poll}", key.private)
        return self.counting_key(poll)

    def counting_key(self, poll: str) -> bytes:
        """Raises `KeyFileError` (missing) on a computer that did not publish the poll."""
        return self.keyring.get(f"poll-{poll}")

    def keep_document(self, raw: bytes) -> str:
        """Keep what is published, named by its digest."""
        digest = b64(sha256(raw).digest())
        (self.folder / "documents").mkdir(parents=True, exist_ok=True)
        self._write(f"documents/{digest}", raw)
        return digest

    def document(self, digest: str) -> bytes:
        path = self.folder / "documents" / digest
        raw = path.read_bytes() if path.exists() else b""
        if b64(sha256(raw).digest()) != digest:
            raise OfficeDamaged(path)
        return raw

    def keep_private(self, name: str, data: object) -> Path:
        """Keep something that never leaves this computer, such as exact counts."""
        path = self.folder / "private" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, indent=1)
        write_privately(path, text.encode())
        return path

    def _log_start(self) -> dict[str, object]:
        """For a folder that is older than its log."""
        start: dict[str, object] = {"keys": public_keys(self.card())}
        if (path := self.folder / "manifest.json").exists():
            start["digest"] = b64(sha256(path.read_bytes()).digest())
        return start

    def _public_key(self, name: str) -> str:
        """Of a signing key, which is made if need be."""
        if not self.keyring.has(name):
            self.keyring.put(name, new_signing_key().private)
        private = self.keyring.get(name)
        return b64(new_signing_key(lambda _: private).public)

    def _message(self, kind: type[M], name: str, missing: str) -> M:
        path = self.folder / name
        try:
            return kind.model_validate_json(path.read_bytes())
        except FileNotFoundError as exc:
            raise OfficeIncomplete(self.folder, missing) from exc
        except ValidationError as exc:
            raise OfficeDamaged(path) from exc

    def _write(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_privately(self.folder / name, data)
