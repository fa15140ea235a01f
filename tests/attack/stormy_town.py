"""A town, a phone and the weather between them; and what really happened to every envelope."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from domain.answers import Answer, Figure
from domain.errors import Unreachable
from protocol import paths
from protocol.ballots import open_answers
from protocol.canonical import unb64
from protocol.receipts import envelope_digest
from server.ballot_box_tables import BallotRow
from storage.database import open_phone
from storage.outbox import SealedBallot
from sync.client import Client
from sync.desk import Desk
from sync.phone import Phone
from sync.run import Synchroniser
from tests.attack.storm import AFTER, BEFORE, FINAL
from tests.support.small_poll import small_poll
from tests.support.small_town import BALLOT_BOX as BOX_URL
from tests.support.small_town import SmallTown
from tests.support.town_phone import TownPhone

POLLS = ("eerste", "tweede")
QUESTION = "getal"
NUMBER = {
    **{"id": QUESTION, "kind": "number", "minimum": 0, "maximum": 9_999, "groups": [5_000]},
    "text": {"nl": "Welk getal?"},
}
SHUFFLER = "shuffler.test"
BALLOT_BOX = "ballot-box.test"
HOSTS = ("issuer.test", SHUFFLER, BALLOT_BOX)


def poll_file(id: str) -> dict[str, object]:
    return small_poll(id, grace_hours=2, questions=[NUMBER], tables=[{"question": QUESTION}])


@dataclass
class Truth:
    """What really happened to the envelopes, by digest."""

    taken: dict[str, datetime] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


class StormyTown:
    """One poll is there at the start and the phone has its token; the other may be published later."""

    def __init__(self, folder: Path, client: type[Client] = Client) -> None:
        self.town, self._client = SmallTown(folder / "servers"), client
        self.offset = timedelta()
        self.truth = Truth()
        self.phone: Phone
        self.synchroniser: Synchroniser
        self.engine: Engine
        self.weather: dict[str, str] = {}
        self._interruption: tuple[int, Callable[[], None]] | None = None

    async def found(self) -> None:
        await self.town.publish_poll(poll_file(POLLS[0]))
        phone = TownPhone(self.town, self._place)
        await phone.join()
        phone.close()
        self.engine = open_phone(self._place)
        self.engine.dispose()
        self.town.keep()

    def begin(self) -> None:
        """As it was at first."""
        self.engine.dispose()
        self.town.restore()
        self.truth, self.weather, self.offset = Truth(), {}, timedelta()
        self.town.wire.trouble, self.town.wire.after = self._before, self._after
        self._start_app()

    def now(self) -> datetime:
        """By the phone's clock."""
        return self.town.clock() + self.offset

    @property
    def desk(self) -> Desk:
        return Desk(self.phone)

    def drainer(self) -> Synchroniser:
        return Synchroniser(self.phone, self._client(self.town.http), lambda: None)

    async def sync(self) -> None:
        """A round, with everything that was postponed."""
        self.synchroniser.nudge()
        await self.synchroniser.round()

    def ballot(self, poll: str) -> SealedBallot | None:
        return next((b for b in self.phone.outbox.all(self.town.card.id) if b.poll == poll), None)

    def reopen(self) -> None:
        """The app ends and starts: its file is looked through."""
        self.engine.dispose()
        open_phone(self._place).dispose()
        self._start_app()

    async def killed_in_a_round(self, request: int) -> None:
        """A round in which the app is killed at this request; the servers may have done their work."""
        await self.interrupted_round(request, self._photograph)
        if self._at_death.exists():  # it happened: back to what the disk held then
            self.engine.dispose()
            shutil.rmtree(self._place)
            self._at_death.rename(self._place)
            self.reopen()

    async def interrupted_round(self, request: int, by: Callable[[], None]) -> None:
        """A round in which something happens on the phone just before this request leaves; 0 is the first."""
        self._interruption = (request, by)
        await self.sync()
        self._interruption = None

    def restart(self) -> None:
        """All servers: what they had in memory only is gone."""
        self.town.close()
        self.town.mixing.swept_at = None

    async def mix(self) -> None:
        with suppress(Unreachable):
            await self.town.mixing.tick(self.town.manifest, self._hand_on)

    async def update(self) -> None:
        """Staff publish; the first time the other poll. By another way than the phone's."""
        if self.town.manifest.poll(POLLS[1]) is None:
            await self._in_the_sun(self.town.publish_poll(poll_file(POLLS[1])))
        else:
            await self._in_the_sun(self.town.publish())

    async def close_early(self, poll: str) -> None:
        found = self.town.manifest.poll(poll)
        if found is not None and found.state.closed_at is None:
            await self._in_the_sun(self.town.change_poll(poll, closed_at=self.town.clock()))

    async def end_all(self) -> None:
        """Past the end of every poll."""
        self.town.clock.moment = max(poll.ends_at() for poll in self.town.manifest.polls) + timedelta(hours=1)

    def ends_at(self, poll: str) -> datetime | None:
        found = self.town.manifest.poll(poll)
        return found.ends_at() if found else None

    def is_over(self, poll: str) -> bool:
        ends = self.ends_at(poll)
        return ends is not None and self.town.clock() >= ends

    def counted(self, poll: str) -> list[tuple[int, int]]:
        """(revision, number) of every ballot of the poll, as staff read them."""
        published = self.town.manifest.poll(poll)
        with Session(self.town.ballot_box.state.engine) as session:
            rows = session.exec(select(BallotRow).where(BallotRow.poll == poll)).all()
        found = []
        for row in rows:
            assert published is not None
            private, nullifier = self.town.counting.private, unb64(row.nullifier)
            answer = open_answers(row.sealed, private, published.entry, nullifier, row.revision)[QUESTION]
            assert isinstance(answer, Figure)
            found.append((row.revision, int(answer.value)))
        return found

    def calm(self) -> None:
        self.weather.clear()

    def _start_app(self) -> None:
        """On the same engine each time: a new one takes long to get going. Its files are other ones."""
        self.phone = Phone.on(self.engine, self.town.municipality, self.now, secrets.token_bytes)
        self.synchroniser = self.drainer()

    @property
    def _place(self) -> Path:
        return self.town.folder / "phone"

    @property
    def _at_death(self) -> Path:
        return self.town.folder / "phone.at-death"

    def _before(self, request: httpx.Request) -> httpx.Response | None:
        self._interrupt()
        what = self.weather.get(request.url.host, "")
        if what in FINAL and request.url.path == paths.ENVELOPES:
            self.truth.refused.add(envelope_digest(request.content))
            return FINAL[what][0](request)
        return BEFORE[what](request) if what in BEFORE else None

    def _after(self, request: httpx.Request, reply: httpx.Response) -> httpx.Response:
        if request.url.path == paths.ENVELOPES and reply.status_code == 200:
            self.truth.taken.setdefault(envelope_digest(request.content), self.town.clock())
        what = self.weather.get(request.url.host, "")
        return AFTER[what](request, reply) if what in AFTER else reply

    def _interrupt(self) -> None:
        if self._interruption is None:
            return
        left, happens = self._interruption
        self._interruption = (left - 1, happens) if left else None
        if not left:
            happens()

    def _photograph(self) -> None:
        shutil.copytree(self._place, self._at_death, ignore=shutil.ignore_patterns("*-shm"))

    async def _in_the_sun(self, work: Awaitable[object]) -> None:
        weather, self.weather = self.weather, {}
        await work
        self.weather = weather

    async def _hand_on(self, _cut: str, batch: dict[str, object]) -> bool:
        """As the shuffler's own way onward: without a network no other batch would arrive either."""
        try:
            reply = await self.town.http.post(BOX_URL + paths.BATCHES, json=batch)
        except httpx.HTTPError as exc:
            raise Unreachable(type(exc).__name__) from exc
        return reply.is_success


def answers_of(number: int) -> dict[str, Answer]:
    return {QUESTION: Figure(Decimal(number))}
