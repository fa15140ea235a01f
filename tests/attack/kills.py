"""`kill -9` of phones and servers at random moments: what was called saved is counted once, as last sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx

from demonstration.processes import Process, free_ports
from demonstration.town import Mix, Ports, Town, now
from demonstration.waiting import wait_until
from domain.answers import Figure
from domain.errors import SyncError
from protocol.ballots import open_answers
from protocol.canonical import unb64
from protocol.codes import to_link_part
from server.commands import serve
from staff.servers import Servers, new_http_client
from tests.attack import naive_queue, phone_process
from tests.attack.fleet import Campaign, Member
from tests.attack.journal import Sent
from tests.attack.phone_process import QUESTION, Errand
from tests.support.polls import raw
from tests.support.row import Row, Scale
from tests.support.small_poll import small_poll

NUMBER = {
    "id": QUESTION,
    "kind": "number",
    "minimum": 0,
    "maximum": 9_999_999,
    "groups": [1_000_000],
    "text": {"nl": "Welk getal?"},
}
PHONES_AT_ONCE = 6
NO_LIMITS = ("--limit=off", "--limit-address=off", "--limit-codes=off", "--limit-codes-address=off")
"""All these phones share one address, and hurry."""


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    polls: int
    kills: int
    naive_answers: int
    naive_kills: int


FULL = Size(people=500, polls=8, kills=420, naive_answers=600, naive_kills=60)
SHORT = Size(people=12, polls=2, kills=12, naive_answers=150, naive_kills=15)


@dataclass(frozen=True, slots=True)
class Found:
    lost: int
    stale: int
    wrong: int
    double: int

    @property
    def held(self) -> bool:
        return self == Found(0, 0, 0, 0)


def attack(scale: Scale, folder: Path) -> Row:
    size = FULL if scale.full else SHORT
    found, kills, changes = _real(size, folder / "town", scale)
    scale.tell("the control: a naive queue")
    doubles, naive_kills = naive_queue.run(size.naive_answers, size.naive_kills, folder / "naive", scale.tell)
    return Row(
        promise="kill -9",
        figure=(
            f"{kills} kills of phones and servers over {size.people * size.polls:,} answers, {changes:,} "
            f"changed: {found.lost} lost, {found.stale} stale, {found.wrong} wrong, {found.double} double"
        ),
        bound=f"at least {size.kills} kills: 0 lost, stale, wrong, double",
        held=found.held and kills >= size.kills,
        control=f"a naive queue, {naive_kills} kills over {size.naive_answers} answers: {doubles} doubles",
        caught=doubles > 0,
    )


def _real(size: Size, folder: Path, scale: Scale) -> tuple[Found, int, int]:
    """What was found, kills, answers that were changed."""
    town = Town(folder, Ports(*free_ports(4)), Mix(least=3, every=0.5))
    town.found()
    scale.tell("publishing polls and inviting people")
    servers = [_server(process, folder) for process in town.servers]
    for member in servers:
        member.start()
    for process in town.servers:
        wait_until(lambda process=process: _answers(process), 60)
    polls = _publish(town, size.polls)
    codes = town.invite(size.people)
    people = {number: to_link_part(code) for number, code in enumerate(codes)}
    errands = [
        Errand(
            folder / f"phones-{n}", town.municipality(), dict(list(people.items())[n::PHONES_AT_ONCE]), polls
        )
        for n in range(PHONES_AT_ONCE)
    ]
    phones = [
        Member(e.folder.name, phone_process.run, (e,), folder / "logs" / e.folder.name, 3) for e in errands
    ]
    presses = sum(errand.presses() for errand in errands)

    def saved() -> int:
        return sum(errand.journal.count_saved() for errand in errands)

    for member in servers:
        member.kill()
    campaign = Campaign(servers, phones, presses, size.kills, saved, Random(3), scale.tell)
    try:
        kills = campaign.run()
        scale.tell("closing and counting")
        counted = _counted(town, polls)
    finally:
        campaign.stop()
    return _judge(errands, counted), kills, presses - size.people * size.polls


def _server(process: Process, folder: Path) -> Member:
    """The very command of the town, in a process that can be killed and started in no time."""
    arguments = [*process.command[3:], *NO_LIMITS]  # without python -m server
    return Member(process.name, _serve, (arguments,), folder / "logs" / process.name, weight=2)


def _serve(arguments: list[str]) -> None:
    serve.main(arguments)


def _answers(process: Process) -> bool:
    try:
        return httpx.get(process.ready, timeout=5).is_success
    except httpx.TransportError:
        return False


def _publish(town: Town, count: int) -> tuple[str, ...]:
    """Polls with one number to fill in."""
    ids = tuple(f"getal-{n}" for n in range(count))
    for id in ids:
        poll = small_poll(
            id, grace_hours=0, access="invited", questions=[NUMBER], tables=[{"question": QUESTION}]
        )
        path = town.folder / f"{id}.json"
        path.write_bytes(raw(poll))
        town.publish(path)
    return ids


def _counted(town: Town, polls: Iterable[str]) -> dict[int, list[Sent | None]]:
    """By poll: what each ballot says when staff open it; None for one that cannot be read."""
    with new_http_client() as http:
        publishing, servers = town.publishing(http), Servers(town.office, http)
        for poll in polls:
            publishing.close(poll, now().replace(microsecond=0))
        return {
            n: wait_until(lambda poll=poll: _opened(town, servers, poll), 60) for n, poll in enumerate(polls)
        }


def _opened(town: Town, servers: Servers, poll: str) -> list[Sent | None] | None:
    """None while the ballot box still waits for the shuffler's word."""
    manifest = town.office.manifest()
    published = manifest.poll(poll) if manifest else None
    assert published is not None
    try:
        ballots = servers.ballots(poll)
    except SyncError:
        return None
    private, found = town.office.counting_key(poll), []
    for ballot in ballots.ballots:
        sealed, nullifier = unb64(ballot.sealed), unb64(ballot.nullifier)
        answer = open_answers(sealed, private, published.entry, nullifier, ballot.revision).get(QUESTION)
        found.append(Sent.of(int(answer.value)) if isinstance(answer, Figure) else None)
    return [*found, *[None] * (ballots.invalid + ballots.late)]


def _judge(errands: Iterable[Errand], counted: Mapping[int, list[Sent | None]]) -> Found:
    """`lost`: called saved, not counted. `stale`: an earlier attempt than the last one called saved."""
    by_person: Counter[tuple[int, int]] = Counter()
    attempts: dict[tuple[int, int], int] = {}
    wrong = lost = stale = 0
    meant: dict[tuple[int, int], list[int]] = {}
    saved: dict[tuple[int, int], list[int]] = {}
    for errand in errands:
        meant |= errand.journal.all_meant()
        saved |= errand.journal.all_saved()
    for poll, answers in counted.items():
        for sent in answers:
            if sent is None or sent.poll != poll or sent.attempt not in meant.get((poll, sent.person), ()):
                wrong += 1
                continue
            by_person[poll, sent.person] += 1
            attempts[poll, sent.person] = sent.attempt
    for key, tries in saved.items():
        lost += bool(tries) and key not in attempts
        stale += key in attempts and attempts[key] < max(tries, default=0)
    return Found(lost, stale, wrong, sum(count - 1 for count in by_person.values()))
