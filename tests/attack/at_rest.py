"""What lies readable in any file of phones and servers before closing: answers, addresses, codes."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx

from demonstration.processes import Process, free_ports
from demonstration.town import Mix, Ports, Town, now
from demonstration.waiting import wait_until
from domain.answers import Answer, Chosen, Figure, Written
from protocol.canonical import b64
from protocol.codes import Code, to_link_part
from storage.at_rest import AtRest
from storage.database import open_phone
from sync.client import Client
from sync.desk import Desk
from sync.phone import Phone
from sync.run import Synchroniser
from tests.attack.talkative import LIVE_KEY
from tests.support.row import Row, Scale
from tests.support.small_poll import small_poll

POLL = "geheim"
ADDRESS, PROGRAM = "127.0.0.77", "merkteken-toestel-9f3a"
NUMBER = {
    "id": "getal",
    "kind": "number",
    "minimum": 0,
    "maximum": 999_999_999,
    "text": {"nl": "Hoeveel?"},
    "unit": {"nl": "keer"},
}
TEXT = {"id": "wens", "kind": "text", "text": {"nl": "Wat wilt u zeggen?"}}
MIX = Mix(least=1, every=1.0)


class TalkativeTown(Town):
    """The same servers with an access log, and a ballot box that has the counting key."""

    def _role(self, role: str, port: int, *more: str) -> Process:
        process = super()._role(role, port, *more)
        words = ["tests.attack.talkative" if word == "server" else word for word in process.command]
        return replace(process, command=words)

    def publish(self, path: Path) -> None:
        super().publish(path)
        self.ballot_box.stop()
        key = b64(self.office.counting_key(POLL))
        self.ballot_box = replace(self.ballot_box, environment={LIVE_KEY: key})
        self.start(self.ballot_box)


class Readable(AtRest):
    """A phone that keeps drafts as they are."""

    def seal(self, plain: bytes, place: str) -> bytes:
        return plain


@dataclass
class Searched:
    """Markers found: in the phones while answering, in the phones after sending, with the servers."""

    drafts: int = 0
    phones: int = 0
    servers: int = 0
    files: int = 0
    answers: list[bytes] = field(default_factory=list)
    traces: list[bytes] = field(default_factory=list)

    @property
    def hits(self) -> int:
        return self.drafts + self.phones + self.servers


def attack(scale: Scale, folder: Path) -> Row:
    count = 40 if scale.full else 6
    found = asyncio.run(_search(scale, Town, folder / "defended", count))
    control = asyncio.run(_search(scale, TalkativeTown, folder / "talkative", 3))
    return Row(
        promise="plaintext at rest, markers in logs, on phone and servers",
        figure=f"{count} residents, {len(found.answers) + len(found.traces)} markers in {found.files} files: "
        f"{found.drafts} in drafts, {found.phones} on phones after sending, {found.servers} with the servers",
        bound="0",
        held=found.hits == 0,
        control=f"readable drafts, access log, counting key at the box: {control.drafts} in drafts, "
        f"{control.servers} with the servers",
        caught=control.drafts == 2 * 3 and control.servers >= 2 * 3 + 1,
    )


async def _search(scale: Scale, kind: type[Town], folder: Path, count: int) -> Searched:
    town, found = kind(folder, Ports(*free_ports(4)), MIX), Searched()
    town.found()
    found.traces += [ADDRESS.encode(), PROGRAM.encode()]
    try:
        town.start(*town.servers)
        town.publish(_poll(folder))
        transport = httpx.AsyncHTTPTransport(local_address=ADDRESS)
        headers = {"user-agent": PROGRAM}
        async with httpx.AsyncClient(transport=transport, headers=headers, timeout=60) as http:
            for number, code in enumerate(town.invite(count)):
                scale.tell(f"at rest: resident {number} of {count}")
                phones = folder / "phones" / str(number)
                await _answer(town, found, phones, code, http, readable=kind is TalkativeTown)
        wait_until(lambda: not town.at_shuffler(), 60)
        found.phones = sum(_hits(folder / "phones", found.answers).values())
        there = _hits(folder / "servers", [*found.answers, *found.traces])
        there.update(_hits(folder / "logs", [*found.answers, *found.traces]))
        found.servers, found.files = sum(there.values()), len(there)
    finally:
        town.stop()
    return found


async def _answer(
    town: Town, found: Searched, folder: Path, code: Code, http: httpx.AsyncClient, *, readable: bool
) -> None:
    engine = open_phone(folder)
    kept = Readable((secrets.token_bytes(32),), secrets.token_bytes) if readable else None
    phone = Phone.on(engine, town.municipality(), now, secrets.token_bytes, kept)
    desk, rounds = Desk(phone), Synchroniser(phone, Client(http), lambda: None)
    desk.join(to_link_part(code))
    assert await rounds.round() is None
    text, number = f"Merk {secrets.token_hex(8)}", 10**8 + secrets.randbelow(9 * 10**8)
    answers: dict[str, Answer] = {
        "een": Chosen(("rood",)),
        "getal": Figure(Decimal(number)),
        "wens": Written(text),
    }
    mine = [text.encode(), str(number).encode()]
    found.answers += mine
    found.traces += [to_link_part(code).encode(), b64(code.value).encode()]
    desk.save(POLL, answers)
    found.drafts += sum(_hits(folder, mine).values())
    desk.send(POLL, answers)
    assert await rounds.round() is None
    engine.dispose()


def _poll(folder: Path) -> Path:
    moment = datetime.now(UTC).replace(microsecond=0)
    dates = {
        "opens_at": (moment - timedelta(days=1)).isoformat(),
        "closes_at": (moment + timedelta(days=1)).isoformat(),
    }
    poll = small_poll(POLL, access="invited", **dates)
    poll["questions"] += [NUMBER, TEXT]
    path = folder / "geheim.json"
    path.write_text(json.dumps(poll), "utf-8")
    return path


def _hits(folder: Path, markers: list[bytes]) -> dict[Path, int]:
    """How many of the markers each file has, in any of the ways in which a program may write them."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: _in(path.read_bytes(), markers) for path in files}


def _in(data: bytes, markers: list[bytes]) -> int:
    return sum(any(form in data for form in _forms(marker)) for marker in markers)


def _forms(marker: bytes) -> Iterator[bytes]:
    yield marker
    yield marker.hex().encode()
    yield marker.decode().encode("utf-16-le")
    for shift in range(3):  # base64, wherever the marker begins in what was encoded
        yield b64(bytes(shift) + marker)[4:-4].encode()
