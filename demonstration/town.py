"""An invented municipality: its staff's folder, its three servers, its app."""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from demonstration.processes import Process, python
from domain.participation import Municipality
from protocol import paths
from protocol.canonical import unb64
from protocol.codes import Code, code_hash, new_code
from protocol.messages import InvitationMessage
from staff.office import Addresses, Office
from staff.publishing import Publishing
from staff.servers import Servers, new_http_client

ID, NAME = "waterrijk", "Gemeente Waterrijk"
PASSPHRASE = "alleen-voor-de-demonstratie"  # noqa: S105
POLLS = Path(__file__).parent / "polls"


@dataclass(frozen=True, slots=True)
class Ports:
    issuer: int
    shuffler: int
    ballot_box: int
    app: int


@dataclass(frozen=True, slots=True)
class Mix:
    """The demonstration mixes with a small threshold and a short interval (seconds)."""

    least: int = 3
    every: float = 10.0


@dataclass
class Town:
    """Everything below `folder`. Nothing of it is worth protecting: it is all invented."""

    folder: Path
    ports: Ports
    mix: Mix

    def __post_init__(self) -> None:
        self.office = Office.at(self.folder / "office", lambda: PASSPHRASE, now)
        self.issuer = self._role("issuer", self.ports.issuer)
        box = ("--ballot-box", self._url(self.ports.ballot_box))
        self.shuffler = self._role("shuffler", self.ports.shuffler, *box)
        self.ballot_box = self._role("ballot-box", self.ports.ballot_box)
        self.app = self._app()

    @property
    def servers(self) -> tuple[Process, ...]:
        return (self.issuer, self.ballot_box, self.shuffler)

    def found(self) -> None:
        """Make keys, card, addresses and the app's list of municipalities."""
        card = self.office.found(ID, NAME)
        self.office.set_addresses(
            Addresses(
                issuer=self._url(self.ports.issuer),
                shuffler=self._url(self.ports.shuffler),
                ballot_box=self._url(self.ports.ballot_box),
                app=self._url(self.ports.app),
                telephone="010 000 00 00",  # no number in the Netherlands begins like that
            )
        )
        known = [{"id": ID, "name": NAME, "root_key": card.root_key, "address": self._url(self.ports.issuer)}]
        (self.folder / "municipalities.json").write_text(json.dumps(known), "utf-8")

    def start(self, *processes: Process) -> None:
        """Start them together and wait for all."""
        for process in processes:
            process.start()
        for process in processes:
            process.wait_ready()

    def stop(self) -> None:
        for process in (self.app, *self.servers):
            process.stop()

    def publishing(self, http: httpx.Client) -> Publishing:
        return Publishing(self.office, Servers(self.office, http))

    def publish(self, path: Path) -> None:
        with new_http_client() as http:
            self.publishing(http).publish(path.read_bytes())

    def invite(self, count: int, *segments: str) -> list[Code]:
        """New invitations, valid for a year."""
        codes = [new_code(secrets.token_bytes) for _ in range(count)]
        until = now() + timedelta(days=365)
        messages = [
            InvitationMessage(code_hash=code_hash(code), segments=segments, expires_at=until)
            for code in codes
        ]
        with new_http_client() as http:
            Servers(self.office, http).invite(messages)
        return codes

    def at_shuffler(self) -> int:
        """How many envelopes wait at the shuffler now, read from its own file."""
        with closing(sqlite3.connect(self.folder / "servers" / "shuffler.sqlite", timeout=30)) as file:
            return int(file.execute("SELECT count(*) FROM envelope").fetchone()[0])

    def municipality(self) -> Municipality:
        """What a phone knows of this town."""
        root_key = unb64(self.office.card().root_key)
        return Municipality(ID, NAME, root_key, self._url(self.ports.issuer))

    def _role(self, role: str, port: int, *more: str) -> Process:
        command = python(
            *("-m", "server", "--role", role, "--port", str(port)),
            *("--data", str(self.folder / "servers")),
            *("--municipality", str(self.folder / "office" / "municipality.json")),
            *("--mix-least", str(self.mix.least), "--mix-every", str(self.mix.every), *more),
        )
        return Process(role, command, self._url(port) + paths.HEALTH, self.folder / "logs" / f"{role}.log")

    def _app(self) -> Process:
        command = python("-m", "web", "--port", str(self.ports.app))
        where = {"SAMENSPRAAK_DATA": str(self.folder), "SAMENSPRAAK_ROUND": str(self.mix.every)}
        log = self.folder / "logs" / "app.log"
        return Process("app", command, self._url(self.ports.app), log, where)

    @staticmethod
    def _url(port: int) -> str:
        return f"http://127.0.0.1:{port}"


def now() -> datetime:
    return datetime.now(UTC)
