"""Exact counts of opened ballots. They stay on the staff's computer; only released tables leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated
from domain.fitting import MARKS, offered_declining
from domain.poll import Kind, Poll, Question, Table

UNKNOWN = "unknown"
"""Group of those who gave no answer, or declined, to the question a table is broken down by."""


@dataclass(frozen=True, slots=True)
class ExactGroup:
    """`size`: how many answered the question; `counts`: row id -> how many gave it."""

    of: str | None
    size: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ExactTable:
    table: Table
    statement: str | None
    rows: tuple[str, ...]
    groups: tuple[ExactGroup, ...]


def tally(poll: Poll, ballots: Iterable[Mapping[str, Answer]]) -> tuple[ExactTable, ...]:
    """Count every table the poll declares. A ballot that skips a question is not in that table."""
    opened = list(ballots)
    tables: list[ExactTable] = []
    for table in poll.tables:
        question = poll.question(table.question)
        assert question is not None
        statements = [s.id for s in question.statements] if question.kind is Kind.STATEMENTS else [None]
        for statement in statements:
            tables.append(_count(poll, table, question, statement, opened))
    return tuple(tables)


def row_ids(question: Question) -> tuple[str, ...]:
    """The rows of a question's table, in the order they are shown."""
    if question.kind is Kind.MARK:
        rows = [str(mark) for mark in range(MARKS[0], MARKS[1] + 1)]
    elif question.kind is Kind.NUMBER:
        rows = [str(index) for index in range(len(question.groups) + 1)]
    else:
        rows = [option.id for option in question.options]
    return (*rows, *(why.value for why in offered_declining(question)))


def _count(
    poll: Poll,
    table: Table,
    question: Question,
    statement: str | None,
    ballots: list[Mapping[str, Answer]],
) -> ExactTable:
    rows = row_ids(question)
    if table.by is None:
        return ExactTable(table, statement, rows, (_group(None, question, statement, ballots),))
    by = poll.question(table.by)
    assert by is not None
    parts: dict[str, list[Mapping[str, Answer]]] = {option.id: [] for option in by.options}
    parts[UNKNOWN] = []
    for ballot in ballots:
        answer = ballot.get(by.id)
        known = isinstance(answer, Chosen) and answer.options[0] in parts
        parts[answer.options[0] if known and isinstance(answer, Chosen) else UNKNOWN].append(ballot)
    groups = tuple(_group(of, question, statement, part) for of, part in parts.items())
    return ExactTable(table, statement, rows, groups)


def _group(
    of: str | None, question: Question, statement: str | None, ballots: list[Mapping[str, Answer]]
) -> ExactGroup:
    counts: Counter[str] = Counter()
    size = 0
    for ballot in ballots:
        rows = _rows_of(question, statement, ballot.get(question.id))
        size += bool(rows)
        counts.update(rows)
    return ExactGroup(of, size, counts)


def _rows_of(question: Question, statement: str | None, answer: Answer | None) -> tuple[str, ...]:
    match answer:
        case Declined(why):
            return (why.value,)
        case Rated(ratings):
            return (ratings[statement],) if statement is not None and statement in ratings else ()
        case Chosen(options):
            return options[:1] if question.kind is Kind.RANKING else options
        case Figure(value) if question.kind is Kind.NUMBER:
            return (str(sum(value > bound for bound in question.groups)),)
        case Figure(value):
            return (str(int(value)),)
        case _:
            return ()


DECLINED_ROWS = frozenset(why.value for why in Declining)
