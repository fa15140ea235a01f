"""The rules of `state_machine`: what can happen, and what must be true after each step and in the end."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.errors import PollClosed
from domain.participation import Standing
from protocol.receipts import envelope_digest
from tests.attack.storm import AFTER, FINAL, LYING, SILENT, TROUBLED
from tests.attack.stormy_town import BALLOT_BOX, HOSTS, POLLS, SHUFFLER, StormyTown, answers_of

ROUNDS = st.sampled_from(["asked", "asked", "quiet", "two drainers", "killed", "changed"])
CALM = st.just("")
WEATHERS = CALM | st.sampled_from([*SILENT, *LYING, *TROUBLED, *AFTER, *FINAL])
OTHERS = CALM | CALM | st.sampled_from([*SILENT, *LYING, *TROUBLED, *AFTER])
MEANWHILE = (
    *("reopened", "servers restart", "clock jumps", "hours pass", "published", "closed early"),
    *("mixed", "timeout after commit", "503"),
)
"""What else happens; the last three are the mix, and what comes between it and the ballot box."""
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
        at=st.integers(0, 3),
        poll=st.sampled_from(POLLS),
    )
    def round(self, how: str, shuffler: str, others: str, at: int, poll: str) -> None:
        """The phone and the servers talk, in this weather; the first request has number 0."""
        self.town.weather = {**dict.fromkeys(HOSTS, others), SHUFFLER: shuffler or others}
        if how == "killed":
            self.now(self.town.killed_in_a_round(at))
        elif how == "changed":  # the resident thinks again while her answer is on its way
            self.now(self.town.interrupted_round(at, lambda: self.send(poll)))
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
            town.town.clock.advance(hours=1.5)
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
