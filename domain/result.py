"""What is published of a poll: protected tables (uitslag), and what is done with them (terugkoppeling)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.texts import Texts


class Withheld(StrEnum):
    """Why a number or a table is not shown (onderdrukken)."""

    TOO_FEW = "too-few"
    FEW_INVITED = "few-invited"
    DERIVABLE = "derivable"
    FEW_IN_GROUP = "few-in-group"
    NEARLY_ALL_IN_GROUP = "nearly-all-in-group"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in one group. `count` is rounded to 5, `percent` is whole; both None when withheld.

    Where people give one answer, the percentages of a group add up to 100 (`results.rounding`).

    `id` is an option's id, a mark, the index of a number's group, or a `Declining` value.
    """

    id: str
    count: int | None
    percent: int | None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody (`of` is empty), or those who gave one of the answers `of` to the table's `by` question.

    `size` is rounded to 5. The word "unknown" in `of` stands for those who did not say.
    """

    of: tuple[str, ...]
    size: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """One table as published. Without groups it is withheld, and `withheld` says why."""

    question: str
    statement: str | None
    by: str | None
    groups: tuple[Group, ...]
    withheld: Withheld | None = None
    average: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many, for the whole poll. Not rounded: they say nothing about anybody's answer."""

    invited: int
    issued: int
    received: int
    invalid: int
    late: int
    below_threshold: int


@dataclass(frozen=True, slots=True)
class Result:
    poll: str
    counts: Counts
    tables: tuple[ReleasedTable, ...]


class Promise(StrEnum):
    """What the municipality says about one thing it heard."""

    DONE = "done"
    WILL = "will"
    WONT = "wont"


@dataclass(frozen=True, slots=True)
class Action:
    """One promise with its words; `when` is a month or day in words, where there is one."""

    promise: Promise
    text: Texts
    when: Texts | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was done with the answers."""

    poll: str
    published_on: date
    heard: Texts
    actions: tuple[Action, ...]
    contact: Texts | None = None
