"""One process with the phones of several people: each joins, answers every poll, and changes some answers."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import httpx

from demonstration.town import now
from domain.answers import Answer, Figure
from domain.participation import Membership, Municipality
from storage.database import open_phone
from sync.client import Client, new_http_client
from sync.desk import Desk
from sync.phone import Phone
from sync.run import Synchroniser
from tests.attack.journal import Journal, Sent

QUESTION = "getal"
PAUSE = 0.05
"""Seconds until the next round while a server is down."""
LATER = timedelta(minutes=3)
"""After a crash the app is opened again this much later, by the phone's clock: its lease is void by then."""


@dataclass(frozen=True, slots=True)
class Errand:
    """`people`: numbers with invitation codes. `polls`: ids; one answer in `changes` is changed."""

    folder: Path
    municipality: Municipality
    people: Mapping[int, str]
    polls: tuple[str, ...]
    changes: int = 8

    @property
    def journal(self) -> Journal:
        return Journal(self.folder / "journal")

    def wanted(self, poll: int, person: int) -> int:
        """How often this person wants to have saved an answer to this poll."""
        return 2 if (poll + person) % self.changes == 0 else 1

    def clock(self) -> Callable[[], datetime]:
        """Of a process that starts now."""
        starts = self.folder / "starts"
        with starts.open("ab") as file:
            file.write(b".")
        ahead = starts.stat().st_size * LATER
        return lambda: now() + ahead

    def presses(self) -> int:
        return sum(self.wanted(poll, person) for poll in range(len(self.polls)) for person in self.people)


def run(errand: Errand) -> None:
    """Until everything is handed over. Cut off anywhere, it can be started again."""
    asyncio.run(_everybody(errand))


async def _everybody(errand: Errand) -> None:
    errand.folder.mkdir(parents=True, exist_ok=True)
    clock = errand.clock()
    async with new_http_client() as http:
        for person, code in errand.people.items():
            ready = errand.folder / f"{person}.ready"
            if not ready.exists():
                await _one(errand, person, code, http, clock)
                ready.touch()


async def _one(
    errand: Errand, person: int, code: str, http: httpx.AsyncClient, clock: Callable[[], datetime]
) -> None:
    engine = open_phone(errand.folder / str(person))
    phone = Phone.on(engine, errand.municipality, clock, secrets.token_bytes)
    desk, rounds = Desk(phone), Synchroniser(phone, Client(http), lambda: None)
    if desk.joined().membership is Membership.NONE:
        desk.join(code)
    chance = Random()
    while (left := _left(errand, person)) or phone.outbox.has_to_go(phone.municipality.id):
        if desk.joined().membership is Membership.INVITED:
            for poll in chance.sample(left, min(len(left), chance.randint(1, 4))):
                _answer(errand, desk, poll, person)
        rounds.nudge()
        if await rounds.round() is not None:
            await asyncio.sleep(PAUSE)
    engine.dispose()


def _left(errand: Errand, person: int) -> list[int]:
    """Polls to which this person has still something to say."""
    saved = errand.journal.all_saved()
    return [p for p in range(len(errand.polls)) if len(saved[p, person]) < errand.wanted(p, person)]


def _answer(errand: Errand, desk: Desk, poll: int, person: int) -> None:
    """A fresh number for every press, also when the app was killed before it said "saved"."""
    attempt = len(errand.journal.all_meant()[poll, person]) + 1
    sent = Sent(poll, person, attempt)
    errand.journal.means(sent)
    answers: dict[str, Answer] = {QUESTION: Figure(Decimal(sent.number))}
    desk.send(errand.polls[poll], answers)
    errand.journal.saved(sent)
