"""State machine: answers, bad networks, kills and clocks in any order; saved means delivered or not."""

from __future__ import annotations

import asyncio
import itertools
import random
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from domain.errors import PollClosed
from domain.participation import Standing
from protocol.receipts import envelope_digest
from sync.client import Client
from tests.attack.fleet import FORKS
from tests.attack.gullible import Gullible, believing_any_receipt
from tests.attack.row import Row, Scale
from tests.attack.storm import AFTER, FINAL, LYING, SILENT, TROUBLED
from tests.attack.stormy_town import BALLOT_BOX, HOSTS, POLLS, SHUFFLER, StormyTown, answers_of

STEPS = 8
ROUNDS = st.sampled_from(["asked", "asked", "quiet", "two drainers", "killed"])
WEATHERS = st.sampled_from(["", "", *SILENT, *LYING, *TROUBLED, *AFTER, *FINAL])
OTHERS = st.sampled_from(["", "", "", *SILENT, *LYING, *TROUBLED, *AFTER])
MEANWHILE = (
    *("reopened", "servers restart", "clock jumps", "hours pass", "published", "closed early"),
    *("mixed", "timeout after commit", "503"),
)
"""What else happens; the last three are the mix, and what comes between it and the ballot box."""
MEMORY = Path("/dev/shm")
"""Where syncing costs nothing, if there is such a place: here no power is cut."""
VISIBLY_NOT = frozenset({Standing.SET_ASIDE, Standing.TOO_LATE})
JUMPS = (timedelta(), timedelta(days=-400), timedelta(hours=-5), timedelta(minutes=10), timedelta(days=400))


class Storm(RuleBasedStateMachine):
    """One resident, two polls, three servers. `town` is shared by all runs of a process."""

    town: ClassVar[StormyTown]
    loop: ClassVar[asyncio.AbstractEventLoop]
    runs: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1
        self.numbers = itertools.count(1)
        self.saved: dict[str, list[tuple[int, int]]] = {}
        self.town.begin()

    def now(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    @rule(poll=st.sampled_from(POLLS))
    def send(self, poll: str) -> None:
        """A first answer, or a change. Refused only when the phone's clock says that the poll closed."""
        number, desk = next(self.numbers), self.town.desk
        try:
            desk.send(poll, answers_of(number))
        except PollClosed:
            card = desk.card(poll)
            assert card is None or card.ended
            return
        earlier = self.saved.setdefault(poll, [])
        earlier.append((len(earlier) + 1, number))

    @initialize()
    def first_answer(self) -> None:
        self.send(POLLS[0])

    @rule(
        how=ROUNDS,
        shuffler=WEATHERS,
        others=OTHERS,
        at=st.integers(0, 5),
    )
    def round(self, how: str, shuffler: str, others: str, at: int) -> None:
        """The phone and the servers talk, in this weather; the first request has number 0."""
        self.town.weather = {**dict.fromkeys(HOSTS, others), SHUFFLER: shuffler or others}
        if how == "killed":
            self.now(self.town.killed_in_a_round(at))
        elif how == "two drainers":
            self.now(self._two_drainers())
        elif how == "quiet":  # nobody asks: what was postponed keeps its pause
            self.now(self.town.drainer().round())
        else:
            self.now(self.town.sync())

    @rule(what=st.sampled_from(MEANWHILE), poll=st.sampled_from(POLLS), jump=st.sampled_from(JUMPS))
    def meanwhile(self, what: str, poll: str, jump: timedelta) -> None:
        town = self.town
        if what == "reopened":
            town.reopen()
        elif what == "servers restart":
            town.restart()
        elif what == "clock jumps":
            town.offset = jump
        elif what == "hours pass":
            town.town.clock.advance(hours=1 + abs(jump.days) % 7)
        elif what == "published":
            self.now(town.update())
        elif what == "closed early":
            self.now(town.close_early(poll))
        else:
            town.weather = {BALLOT_BOX: what}
            self.now(town.mix())

    async def _two_drainers(self) -> None:
        await asyncio.gather(self.town.drainer().round(), self.town.drainer().round())

    @invariant()
    def nothing_is_dropped_and_the_status_is_true(self) -> None:
        if not self.saved:
            return
        cards = {card.poll.id: card.standing for card in self.town.desk.cards()}
        for poll, sent in self.saved.items():
            ballot = self.town.ballot(poll)
            assert ballot is not None, f"{poll} is gone"
            assert ballot.revision == sent[-1][0], "not what was sent last"
            self._check_word(poll, cards[poll], envelope_digest(ballot.envelope))
        status, words = self.town.desk.status(), list(cards.values())
        assert status.waiting == words.count(Standing.WAITING)
        assert status.set_aside == words.count(Standing.SET_ASIDE)

    def _check_word(self, poll: str, word: Standing, name: str) -> None:
        """What the resident reads, against what happened to this envelope."""
        if word is Standing.SENT:
            assert name in self.town.truth.taken, "called sent, and no shuffler has it"
        elif word in VISIBLY_NOT:
            assert name in self.town.truth.refused or self.town.is_over(poll), f"called {word} for nothing"
        elif word is Standing.COUNTED:
            assert self._last(poll) in self.town.counted(poll), "called counted"
        elif word is Standing.NOT_COUNTED:
            assert self._last(poll) not in self.town.counted(poll), "called not counted"
        else:
            assert word is Standing.WAITING, word

    def teardown(self) -> None:
        if not self.saved:
            return
        self.town.calm()
        self.now(self._deliver())
        self.now(self._close())
        for poll in self.saved:
            self._check_outcome(poll)
        self.nothing_is_dropped_and_the_status_is_true()

    async def _deliver(self) -> None:
        """The network is back. Servers' longest pause is six hours; nothing waits for longer."""
        for _ in range(8):
            await self.town.sync()
            if not self.town.desk.status().waiting:
                return
            self.town.town.clock.advance(hours=1)
        raise AssertionError("still waiting, eight hours after the storm")

    async def _close(self) -> None:
        """Every envelope travels on, the polls end, and the phone looks at the lists."""
        await self.town.mix()
        await self.town.end_all()
        await self.town.mix()
        await self.town.sync()

    def _check_outcome(self, poll: str) -> None:
        counted, card, ballot = self.town.counted(poll), self.town.desk.card(poll), self.town.ballot(poll)
        assert len(counted) <= 1, "two ballots"
        assert card is not None
        assert ballot is not None
        word = card.standing
        taken = self.town.truth.taken.get(envelope_digest(ballot.envelope))
        ends = self.town.ends_at(poll)
        if taken is not None and ends is not None and taken < ends:
            assert counted == [self._last(poll)], "the last word was taken in time and does not count"
            assert word is Standing.COUNTED, word
        else:
            assert word in VISIBLY_NOT | {Standing.NOT_COUNTED, Standing.COUNTED}, word

    def _last(self, poll: str) -> tuple[int, int]:
        return self.saved[poll][-1]


@dataclass(frozen=True, slots=True)
class Ran:
    runs: int
    broken: str = ""


def attack(scale: Scale, folder: Path) -> Row:
    runs = 2000 if scale.full else 24
    scale.tell(f"{runs} runs of {STEPS} steps")
    chosen = random.SystemRandom().getrandbits(32) if scale.full else 1
    with ProcessPoolExecutor(2, mp_context=FORKS) as pool:
        parts = [pool.submit(_run, runs // 2, chosen + n) for n in range(2)]
        ran = [part.result() for part in parts]
        scale.tell("the control: a phone that takes any 2xx for success")
        control = pool.submit(_run, 300, 1, True).result()
    broken = [part.broken for part in ran if part.broken]
    return Row(
        promise="state machine",
        figure=f"{sum(part.runs for part in ran):,} runs: " + (" / ".join(broken) or "every invariant held"),
        bound=f"saved means delivered or visibly not, never two, the last word wins, in {runs:,} runs",
        held=not broken and sum(part.runs for part in ran) >= runs,
        control=f"any 2xx taken for success: {control.broken or 'nothing'}, after {control.runs} runs",
        caught=bool(control.broken),
    )


def _run(runs: int, chosen: int, gullible: bool = False) -> Ran:
    """In a process of its own. Returns at the first run that breaks an invariant."""
    with tempfile.TemporaryDirectory(prefix="storm-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        return _run_in(Path(folder), runs, chosen, gullible)


def _run_in(folder: Path, runs: int, chosen: int, gullible: bool) -> Ran:
    machine = type("Machine", (Storm,), {"loop": asyncio.new_event_loop(), "runs": 0})
    machine.town = StormyTown(folder, Gullible if gullible else Client)
    machine.loop.run_until_complete(machine.town.found())
    few = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    try:
        if gullible:
            with believing_any_receipt():
                run_state_machine_as_test(seed(chosen)(machine), settings=few)
        else:
            run_state_machine_as_test(seed(chosen)(machine), settings=few)
    except AssertionError as exc:
        return Ran(machine.runs, str(exc).split("\n")[0])
    return Ran(machine.runs)
