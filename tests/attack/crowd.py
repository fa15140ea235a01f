"""A municipality of real server processes in which hundreds of real phones draw tokens and answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx

from demonstration.processes import Process, free_ports
from demonstration.residents import Resident
from demonstration.town import Mix, Ports, Town
from demonstration.waiting import wait_until
from domain.answers import Chosen
from domain.response import BallotKind
from protocol import tokens
from protocol.canonical import b64
from protocol.codes import code_hash
from server.issuing import secret_hash
from staff.servers import new_http_client
from tests.attack.behaviour import people
from tests.support.small_poll import small_poll

COLOURS = ("rood", "blauw", "groen")
LIMITS = ("--limit", "--limit-address", "--limit-codes", "--limit-codes-address")
NO_LIMITS = tuple(word for limit in LIMITS for word in (limit, "off"))
Tell = Callable[[str], None]


class CrowdedTown(Town):
    """Everybody comes from one address here, so the servers count no requests."""

    def _role(self, role: str, port: int, *more: str) -> Process:
        return super()._role(role, port, *more, *NO_LIMITS)


class UndefendedTown(CrowdedTown):
    """The same servers with the defences off: rows are numbered and dated, and nothing is rewritten."""

    def _role(self, role: str, port: int, *more: str) -> Process:
        process = super()._role(role, port, *more)
        command = ["tests.attack.undefended" if word == "server" else word for word in process.command]
        return replace(process, command=command)


@dataclass
class Happened:
    """The truth: who has which ballot, by poll. `names`: how the issuer's tables name each invitee."""

    polls: list[str]
    names: dict[str, dict[str, int]] = field(default_factory=dict)
    ballots: dict[str, dict[int, str]] = field(default_factory=dict)


@contextmanager
def running(kind: type[CrowdedTown], folder: Path, mix: Mix, polls: int) -> Iterator[tuple[Town, Happened]]:
    """The servers with so many polls, each with one question for all who are invited."""
    town = kind(folder, Ports(*free_ports(4)), mix)
    town.found()
    ids = [f"kleur-{number}" for number in range(polls)]
    try:
        town.start(*town.servers)
        for id in ids:
            now = datetime.now(UTC).replace(microsecond=0)
            dates = {"opens_at": _iso(now - timedelta(days=1)), "closes_at": _iso(now + timedelta(days=1))}
            path = folder / f"{id}.json"
            path.write_text(json.dumps(small_poll(id, access="invited", grace_hours=0, **dates)), "utf-8")
            town.publish(path)
        yield town, Happened(ids)
    finally:
        town.stop()


async def everybody_answers(town: Town, happened: Happened, count: int, tell: Tell, *, early: bool) -> None:
    """`early`: tokens are drawn when the polls come in, as the product does; else when answering."""
    codes = town.invite(count)
    happened.names = {
        "invitation": {code_hash(code): number for number, code in enumerate(codes)},
        "draw": {},
    }
    chance = Random(1)
    events: list[tuple[float, int, int]] = []
    for number, person in enumerate(people(count, chance)):
        events += [(person.first if early else person.answered, 0, number), (person.answered, 1, number)]
    residents: dict[int, Resident] = {}
    async with httpx.AsyncClient(timeout=60) as http:
        for done, (_, answers, number) in enumerate(sorted(events)):
            tell(f"linkage: {done} of {len(events)}")
            if not answers:
                resident = residents[number] = Resident(town, town.folder / "phones" / str(number), http)
                await resident.join(codes[number])
                _note(happened, number, resident)
                continue
            resident = residents.pop(number)
            for poll in happened.polls:
                resident.desk.send(poll, {"een": Chosen((chance.choice(COLOURS),))})
            await resident.sync()
            if not early:
                wait_until(lambda: not town.at_shuffler(), 30)


def close_all(town: Town, happened: Happened, count: int) -> None:
    """Close every poll and wait until the ballot box has every ballot."""
    with new_http_client() as http:
        for poll in happened.polls:
            town.publishing(http).close(poll, datetime.now(UTC).replace(microsecond=0))
        box = town.office.addresses().ballot_box

        def all_there() -> bool:
            replies = [http.get(f"{box}/v1/polls/{poll}/list") for poll in happened.polls]
            return all(reply.is_success for reply in replies)

        wait_until(all_there, 60 + 5 * town.mix.every)
        lists = [http.get(f"{box}/v1/polls/{poll}/list").json() for poll in happened.polls]
        assert [one["received"] for one in lists] == [count] * len(lists)


def copy_of_files(town: Town, to: Path) -> Path:
    """All files of all servers, as they lie there while the servers run."""
    shutil.copytree(town.folder / "servers", to)
    return to


def _note(happened: Happened, number: int, resident: Resident) -> None:
    membership = resident.phone.wallet.membership("waterrijk")
    assert membership is not None
    happened.names["draw"][secret_hash(membership.secret)] = number
    for poll in happened.polls:
        token = resident.phone.wallet.token("waterrijk", poll, BallotKind.CHOICES)
        assert token is not None
        ballot = b64(tokens.nullifier(poll, BallotKind.CHOICES, token.message))
        happened.ballots.setdefault(poll, {})[number] = ballot


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
