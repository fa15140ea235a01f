"""A phone's storage as screens see it, in memory. Passes the same checks as the real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from domain.answers import Answer
from domain.errors import CodeUnreadable, LetterForeign, PollClosed, StorageFull, UnknownWord
from domain.participation import Joined, Membership, Municipality, PollCard, Standing, SyncStatus, Voice
from domain.poll import Poll
from domain.response import complete_response
from domain.result import Feedback, Result
from state.services import Services

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WATERRIJK = Municipality("waterrijk", "Gemeente Waterrijk", bytes(32), "http://issuer.test")

MISTYPED = {"fits": ("fiets",), "bom": ("boom", "bomen"), "qqq": ()}
"""Words that are in no code, with what they may have been."""


def card(poll: Poll, standing: Standing = Standing.TO_ANSWER, **changes: object) -> PollCard:
    return replace(PollCard(poll, standing, poll.closes_at), **changes)


@dataclass
class FakeDesk:
    polls: list[PollCard] = field(default_factory=list)
    membership: Joined = field(default_factory=lambda: Joined(Membership.INVITED))
    sync: SyncStatus = field(default_factory=lambda: SyncStatus(NOW))
    kept: dict[str, str] = field(default_factory=lambda: {"welcomed": "yes"})
    drafts: dict[str, Mapping[str, Answer]] = field(default_factory=dict)
    sent: dict[str, Mapping[str, Answer]] = field(default_factory=dict)
    copies: dict[str, Mapping[str, Answer]] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    feedbacks: dict[str, Feedback] = field(default_factory=dict)
    joined_with: list[str | None] = field(default_factory=list)
    voices: dict[str, Voice] = field(default_factory=dict)
    number: str | None = None
    full: bool = False

    def join(self, text: str) -> None:
        unknown = tuple(
            UnknownWord(position, word, MISTYPED[word])
            for position, word in enumerate(text.split(), start=1)
            if word in MISTYPED
        )
        if unknown:
            raise CodeUnreadable("word-unknown", tuple(text.split()), unknown)
        if "FFFFFFFFFFFFFFFF" in text:
            raise LetterForeign
        self.joined_with.append(text)

    def join_without_code(self) -> None:
        self.joined_with.append(None)
        self.membership = Joined(Membership.OPEN)

    def joined(self) -> Joined:
        return self.membership

    def cards(self) -> tuple[PollCard, ...]:
        return tuple(self.polls)

    def card(self, poll: str) -> PollCard | None:
        return next((card for card in self.polls if card.poll.id == poll), None)

    def answers(self, poll: str) -> Mapping[str, Answer]:
        return self.drafts.get(poll, {})

    def save(self, poll: str, answers: Mapping[str, Answer]) -> None:
        if self.full:
            raise StorageFull
        self.drafts[poll] = answers
        self._show(poll)

    def send(self, poll: str, answers: Mapping[str, Answer], keep_copy: bool = False) -> None:
        found = self.card(poll)
        if found is None or found.ended:
            raise PollClosed(poll)
        if self.full:
            raise StorageFull
        self.sent[poll] = complete_response(found.poll, answers).answers
        self.drafts.pop(poll, None)
        self.copies.pop(poll, None)
        if keep_copy:
            self.copies[poll] = self.sent[poll]
        self.polls = [replace(c, standing=Standing.WAITING) if c.poll.id == poll else c for c in self.polls]
        self._show(poll)
        self.sync = replace(self.sync, waiting=1)

    def copy(self, poll: str) -> Mapping[str, Answer] | None:
        return self.copies.get(poll)

    def remove_copy(self, poll: str) -> None:
        self.copies.pop(poll, None)
        self._show(poll)

    def change(self, poll: str) -> None:
        found = self.card(poll)
        if found is None or not found.can_change:
            raise PollClosed(poll)
        self.drafts.setdefault(poll, self.copies.get(poll, {}))
        self._show(poll)

    def stop_changing(self, poll: str) -> None:
        self.drafts.pop(poll, None)
        self._show(poll)

    def export_set_aside(self) -> bytes:
        return b'{"version": 1, "municipality": "waterrijk", "ballots": []}'

    def fingerprint(self) -> str:
        return "0000 1111"

    def _show(self, poll: str) -> None:
        """Put in the card what is kept beside it."""
        sent = {Standing.WAITING, Standing.SENT, Standing.SET_ASIDE}
        self.polls = [
            replace(
                card,
                can_change=card.standing in sent and not card.ended,
                changing=card.standing in sent and poll in self.drafts,
                has_copy=poll in self.copies,
            )
            if card.poll.id == poll
            else card
            for card in self.polls
        ]

    def result(self, poll: str) -> Result | None:
        return self.results.get(poll)

    def feedback(self, poll: str) -> Feedback | None:
        return self.feedbacks.get(poll)

    def voice(self, poll: str, tag: str, screen: str) -> Voice:
        return self.voices.get(f"{poll}/{tag}/{screen}", Voice())

    def telephone(self) -> str | None:
        return self.number

    def status(self) -> SyncStatus:
        return self.sync

    def settings(self) -> dict[str, str]:
        return dict(self.kept)

    def put_setting(self, name: str, value: str) -> None:
        if self.full:
            raise StorageFull
        self.kept[name] = value


def services(desk: FakeDesk, in_browser: bool = False) -> Services:
    return Services(desk, WATERRIJK, lambda: NOW, lambda: None, in_browser)
