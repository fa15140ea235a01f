"""What a poll is: questions a municipality asks its residents (peiling)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.conditions import Condition
from domain.pictures import Picture
from domain.texts import Texts

SMALLEST_GROUP = 10
"""No published group may be smaller; a poll may ask for more, never for less."""

FEWEST_INVITED = 20
"""No published group may have fewer invitees: else it is too well known who answered."""


class Kind(StrEnum):
    """Kinds of question (soort vraag)."""

    ONE = "one"
    SEVERAL = "several"
    AGREEMENT = "agreement"
    SMILEY = "smiley"
    MARK = "mark"
    NUMBER = "number"
    RANKING = "ranking"
    TEXT = "text"
    STATEMENTS = "statements"


PICKS_ONE = frozenset({Kind.ONE, Kind.AGREEMENT, Kind.SMILEY})
"""Kinds whose answer is exactly one option."""


class Access(StrEnum):
    """Who may answer: those with an invitation, or anybody in the municipality (open peiling)."""

    INVITED = "invited"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice (antwoordoptie). An exclusive one, such as "none of these", stands alone."""

    id: str
    label: Texts
    exclusive: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement judged on its question's scale (stelling)."""

    id: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Question:
    """One question (vraag). Which fields matter depends on the kind; `domain.checks` says how."""

    id: str
    kind: Kind
    text: Texts
    help: Texts | None = None
    options: tuple[Option, ...] = ()
    statements: tuple[Statement, ...] = ()
    required: bool = True
    dont_know: bool = False
    prefer_not: bool = False
    max_choices: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    unit: Texts | None = None
    groups: tuple[Decimal, ...] = ()
    max_length: int = 1000
    show_if: Condition | None = None

    def option(self, id: str) -> Option | None:
        return next((option for option in self.options if option.id == id), None)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that will be published: one question, or one question by another (tabel)."""

    question: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as published. It never changes: a correction is a cancellation and a new poll."""

    id: str
    topic: Texts
    title: Texts
    introduction: Texts
    languages: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    questions: tuple[Question, ...]
    tables: tuple[Table, ...]
    segments: tuple[str, ...] = ()
    access: Access = Access.INVITED
    smallest_group: int = SMALLEST_GROUP
    grace: timedelta = timedelta(days=3)
    """How long after closing an answer that was sent in time may still arrive (uitlooptijd)."""
    picture: Picture | None = None

    def question(self, id: str) -> Question | None:
        return next((question for question in self.questions if question.id == id), None)

    def minutes(self) -> int:
        """How long answering takes, in whole minutes: a slow reader's 30 seconds a screen."""
        screens = sum(max(1, len(question.statements)) for question in self.questions)
        return max(1, round(screens / 2))

    def has_text(self) -> bool:
        return any(question.kind is Kind.TEXT for question in self.questions)
