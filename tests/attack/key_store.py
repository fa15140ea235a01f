"""The phone's key store wiped between "Send" and sending: drafts are lost, and nothing else."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import httpx
from sqlmodel import Session, select

from domain.answers import Answer, Figure
from domain.errors import KeyLost, KeyStoreFailed
from protocol import paths
from protocol.ballots import open_answers
from protocol.canonical import unb64
from protocol.problems import Problem
from server.ballot_box_tables import BallotRow
from storage.database import open_phone
from storage.key_store import from_store
from sync.client import Client
from sync.desk import Desk
from sync.phone import Phone
from sync.run import Synchroniser
from tests.attack.locked_outbox import LockedOutbox
from tests.support.problems import refusal
from tests.support.row import Row, Scale
from tests.support.small_poll import small_poll
from tests.support.small_town import SmallTown

SENT, BEGUN, QUESTION = "verstuurd", "begonnen", "getal"
NUMBER = {
    **{"id": QUESTION, "kind": "number", "minimum": 0, "maximum": 9_999, "groups": [5_000]},
    "text": {"nl": "Welk getal?"},
}


@dataclass
class Store:
    """A platform's key store; and what happens to one."""

    key: bytes | None = field(default=None, repr=False)
    fails: bool = False

    async def get(self) -> bytes | None:
        if self.fails:
            raise KeyStoreFailed
        return self.key

    async def put(self, key: bytes) -> None:
        if self.fails:
            raise KeyStoreFailed
        self.key = key


def erased(store: Store) -> None:
    """As some libraries do when reading fails once."""
    store.key = None


def replaced(store: Store) -> None:
    """A restored back-up brings another phone's key."""
    store.key = secrets.token_bytes(32)


def locked(store: Store) -> None:
    store.fails = True


def damaged(store: Store) -> None:
    store.key = b"\0"


WAYS = (erased, replaced, locked, damaged)


@dataclass(frozen=True, slots=True)
class Found:
    delivered: int
    wrong: int
    drafts_kept: int


def attack(scale: Scale, folder: Path) -> Row:
    phones, control = (80, 16) if scale.full else (8, 4)
    scale.tell(f"{phones} phones")
    found = asyncio.run(_wiped(folder / "real", phones, locked_outbox=False))
    scale.tell("the control: an outbox under that key")
    off = asyncio.run(_wiped(folder / "locked", control, locked_outbox=True))
    return Row(
        promise="key store wiped",
        figure=(
            f"{phones} phones wiped before sending, in {len(WAYS)} ways: {found.delivered} delivered, "
            f"{found.wrong} wrong, {phones - found.drafts_kept} drafts lost"
        ),
        bound="all delivered, 0 wrong; a draft may be lost",
        held=found.delivered == phones and not found.wrong,
        control=f"an outbox under that key: {off.delivered} of {control} delivered",
        caught=off.delivered == 0,
    )


async def _wiped(folder: Path, phones: int, locked_outbox: bool) -> Found:
    town = SmallTown(folder / "servers")
    for id in (SENT, BEGUN):
        town.add_poll(small_poll(id, questions=[NUMBER], tables=[{"question": QUESTION}]))
    await town.publish()
    drafts = 0
    for number in range(phones):
        way = WAYS[number // 2 % len(WAYS)]
        store, place = Store(), folder / f"phone-{number}"
        await _answer(town, place, store, number, locked_outbox)
        way(store)
        drafts += await _send(town, place, store, locked_outbox)
    await town.mix()
    counted = _counted(town)
    town.close()
    return Found(len(counted), len(set(counted) ^ set(range(phones))), drafts)


async def _answer(town: SmallTown, place: Path, store: Store, number: int, locked_outbox: bool) -> None:
    """Join, press Send without a network, begin another poll, and put the phone away."""
    phone, rounds = await _open(town, place, store, locked_outbox)
    desk = Desk(phone)
    desk.join_without_code()
    if number % 2:  # without its token: only the answers are sealed
        town.wire.trouble = _no_tokens
    await rounds.round()
    town.wire.calm()
    answers: dict[str, Answer] = {QUESTION: Figure(Decimal(number))}
    desk.send(SENT, answers)
    desk.save(BEGUN, answers)
    phone.outbox.engine.dispose()


async def _send(town: SmallTown, place: Path, store: Store, locked_outbox: bool) -> bool:
    """The next day, with a network. Returns whether the draft is still there."""
    phone, rounds = await _open(town, place, store, locked_outbox)
    with suppress(KeyLost):
        phone.protect()
    await rounds.round()
    kept = bool(Desk(phone).answers(BEGUN))
    phone.outbox.engine.dispose()
    return kept


async def _open(
    town: SmallTown, place: Path, store: Store, locked_outbox: bool
) -> tuple[Phone, Synchroniser]:
    engine = open_phone(place)
    at_rest = await from_store(store, engine, secrets.token_bytes)
    phone = Phone.on(engine, town.municipality, town.clock, secrets.token_bytes, at_rest)
    if locked_outbox:
        phone = replace(phone, outbox=LockedOutbox(engine, at_rest))
    return phone, Synchroniser(phone, Client(town.http), lambda: None)


def _no_tokens(request: httpx.Request) -> httpx.Response | None:
    return refusal(Problem.TOO_MANY) if request.url.path == paths.TOKENS else None


def _counted(town: SmallTown) -> list[int]:
    """What each ballot says when it is opened."""
    published = town.manifest.poll(SENT)
    assert published is not None
    found = []
    with Session(town.ballot_box.state.engine) as session:
        for row in session.exec(select(BallotRow).where(BallotRow.poll == SENT)):
            private, nullifier = town.counting.private, unb64(row.nullifier)
            answer = open_answers(row.sealed, private, published.entry, nullifier, row.revision)[QUESTION]
            assert isinstance(answer, Figure)
            found.append(int(answer.value))
    return found
