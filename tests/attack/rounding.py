"""What follows from rounded tables all the same: every number they leave room for, by linear programming.

Written from the poll and the published result alone, apart from `results.reader`, so that one can be wrong
without the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from domain.answers import Answer, Chosen, Declined, Declining
from domain.conditions import holds, leaves
from domain.poll import PICKS_ONE, Kind, Poll, Question
from domain.result import Group, Result, Row, Withheld

LARGEST_SMALL = 9
NONE = "none"
"""Gave no answer, or was not asked."""
TOO_MANY = 10**6
Sum = Counter[tuple[str, ...]]
"""Unknown numbers of people, each as often as it counts."""


@dataclass
class Unknowns:
    """How many people there are of each sort, and what must be true of sums of those."""

    facts: list[tuple[Sum, float, float]] = field(default_factory=list)
    targets: list[tuple[str, Sum, bool]] = field(default_factory=list)

    def fact(self, sum_: Sum, low: float, high: float) -> None:
        self.facts.append((sum_, low, high))

    def equal(self, one: Sum, other: Sum) -> None:
        self.fact(_minus(one, other), 0, 0)

    def target(self, name: str, sum_: Sum, of_some: bool) -> None:
        self.targets.append((name, sum_, of_some))


def pinned_numbers(poll: Poll, result: Result) -> set[str]:
    """Names of numbers of 1 to 9, and of nobodies in a group that is not everybody, that are certain."""
    model = _Model(poll, result)
    return _certain(model.unknowns)


class _Model:
    def __init__(self, poll: Poll, result: Result) -> None:
        self.poll, self.unknowns = poll, Unknowns()
        self.crossed = next((t for t in result.tables if t.by and t.groups), None)
        self.everybody = result.counts.received
        self.exact = any(isinstance(row, tuple) for t in result.tables for g in t.groups for row in g.rows)
        for question in poll.questions:
            self._structure(question)
        for table in result.tables:
            for group in table.groups:
                self._read(poll.question(table.question), group, bool(table.by))

    def rows(self, question: Question) -> list[str]:
        return [*(o.id for o in question.options or ()), *self._marks(question), *self._declines(question)]

    def row(self, question: Question, id: str, of: Iterable[str] | None = None) -> Sum:
        """How many gave this answer; `of`: of those who gave these answers to the other question."""
        if self.crossed and question.id == self.crossed.question:
            return Counter({(question.id, who, id): 1 for who in (of or self._whos())})
        if self.crossed and question.id == self.crossed.by:
            return self._all_of(id)
        return Counter({(question.id, "", id): 1})

    def size(self, question: Question, of: Iterable[str] | None = None) -> Sum:
        if question.kind is Kind.SEVERAL:
            if self.crossed and question.id == self.crossed.question:
                return Counter({(question.id, who, "answered"): 1 for who in (of or self._whos())})
            return Counter({(question.id, "", "answered"): 1})
        total: Sum = Counter()
        for id in self.rows(question):
            total.update(self.row(question, id, of))
        return total

    def _structure(self, question: Question) -> None:
        none, size = self.row(question, NONE), self.size(question)
        whole = size + none
        self.unknowns.fact(whole, self.everybody, self.everybody)
        if question.kind is Kind.SEVERAL:
            self._overlap(question)
        if question.show_if is None:
            if question.required:
                self.unknowns.fact(none, 0, 0)
        else:
            self._condition(question)
        for id in self.rows(question):
            self.unknowns.target(f"{question.id}={id}", self.row(question, id), False)

    def _overlap(self, question: Question) -> None:
        crossed = self.crossed and question.id == self.crossed.question
        for who in self._whos() if crossed else [""]:
            answered: Sum = Counter({(question.id, who, "answered"): 1})
            rows: Sum = Counter({(question.id, who, id): 1 for id in self.rows(question)})
            self.unknowns.fact(_minus(rows, answered), 0, TOO_MANY)
            for one in rows:
                self.unknowns.fact(_minus(answered, Counter({one: 1})), 0, TOO_MANY)

    def _condition(self, question: Question) -> None:
        """Who was asked is known from an earlier answer, here of the one question that decides."""
        [before] = {leaf.question for leaf in leaves(question.show_if)}
        earlier = self.poll.question(before)
        if earlier.kind not in PICKS_ONE:
            return
        asked = {id: holds(question.show_if, {earlier.id: _answer(id)}) for id in self.rows(earlier)}
        asked[NONE] = holds(question.show_if, {})
        expected: Sum = Counter()
        for id, is_asked in asked.items():
            if is_asked:
                expected.update(self.row(earlier, id))
        rest = _minus(expected, self.size(question))
        self.unknowns.fact(rest, 0, 0 if question.required else TOO_MANY)
        if self.crossed and (question.id, earlier.id) == (self.crossed.question, self.crossed.by):
            for who, is_asked in asked.items():
                if not is_asked:
                    self.unknowns.fact(self.size(question, [who]), 0, 0)
                elif question.required:
                    self.unknowns.fact(self.row(question, NONE, [who]), 0, 0)

    def _read(self, question: Question, group: Group, crossed: bool) -> None:
        whos = self._group(group) if crossed else None
        size = self.size(question, whos)
        of_some = crossed or question.show_if is not None
        self.unknowns.fact(size, *self._around(group.size))
        for id, low, high in self._bounds(question, group):
            cell = self.row(question, id, whos)
            self.unknowns.fact(cell, low, high)
            name = f"{question.id}={id} of {','.join(group.of) or 'those asked'}"
            self.unknowns.target(name, cell, of_some)
            self.unknowns.target(f"not {name}", _minus(size, cell), of_some)

    def _bounds(self, question: Question, group: Group) -> Iterable[tuple[str, float, float]]:
        if self.exact:
            exact = dict(group.rows)
            return [(id, exact.get(id, 0), exact.get(id, 0)) for id in self.rows(question)]
        return [(row.id, *_room(row, group.size)) for row in group.rows]

    def _around(self, size: int) -> tuple[float, float]:
        return (size, size) if self.exact else (size - 2, size + 2)

    def _group(self, group: Group) -> list[str]:
        by = self.poll.question(self.crossed.by)
        unknown = [*self._declines(by), NONE]
        return [w for w in self._whos() if w in group.of or (w in unknown and "unknown" in group.of)]

    def _whos(self) -> list[str]:
        return [*self.rows(self.poll.question(self.crossed.by)), NONE]

    def _all_of(self, who: str) -> Sum:
        """Everybody who gave this answer to the question that the table is broken down by."""
        question = self.poll.question(self.crossed.question)
        answered = self.size(question, [who])
        return answered + self.row(question, NONE, [who])

    @staticmethod
    def _marks(question: Question) -> list[str]:
        return [str(mark) for mark in range(1, 11)] if question.kind is Kind.MARK else []

    @staticmethod
    def _declines(question: Question) -> list[str]:
        offered = {Declining.DONT_KNOW: question.dont_know, Declining.PREFER_NOT: question.prefer_not}
        return [why.value for why, is_offered in offered.items() if is_offered]


def _answer(id: str) -> Answer:
    return Declined(Declining(id)) if id in list(Declining) else Chosen((id,))


def _minus(one: Sum, other: Sum) -> Sum:
    found = Counter(one)
    found.subtract(other)
    return found


def _room(row: Row, size: int) -> tuple[float, float]:
    """Exact counts between which a published row leaves room; percentages are of rounded counts."""
    if row.count is not None:
        return max(0, row.count - 2), row.count + 2
    percents = {count: floor(100 * count / size + 0.5) for count in range(0, size + 1, 5)}
    if row.withheld is Withheld.NEARLY_ALL_IN_GROUP:
        return min(count for count, percent in percents.items() if percent == 100) - 2, TOO_MANY
    return 0, max(count for count, percent in percents.items() if percent == 0) + 2


def _certain(unknowns: Unknowns) -> set[str]:
    names = sorted({name for sum_, _, _ in unknowns.facts for name in sum_})
    place = {name: number for number, name in enumerate(names)}
    facts = _matrix([fact[0] for fact in unknowns.facts], place)
    targets = _matrix([target[1] for target in unknowns.targets], place)
    low, high = (np.array([fact[n] for fact in unknowns.facts]) for n in (1, 2))
    constraints = LinearConstraint(facts, low, high)

    def solve(objective: np.ndarray) -> np.ndarray | None:
        found = milp(objective, constraints=constraints, bounds=Bounds(0, np.inf))
        return None if found.x is None else targets @ found.x

    least = np.full(len(unknowns.targets), np.inf)
    most = -least
    random = np.random.default_rng(1)
    first = [random.normal(size=len(names)) for _ in range(6)]
    for objective in (one for vector in first for one in (vector, -vector)):
        if (values := solve(objective)) is None:
            raise AssertionError("what was published contradicts itself, or the attack reads it wrongly")
        least, most = np.minimum(least, values), np.maximum(most, values)
    for number in range(len(unknowns.targets)):
        objective = targets[[number], :].toarray()[0]
        for sign in (1, -1):
            if _could_be_certain(least[number], most[number]):
                values = solve(sign * objective)
                least, most = np.minimum(least, values), np.maximum(most, values)
    return {
        name
        for (name, _, of_some), lowest, highest in zip(unknowns.targets, least, most, strict=True)
        if _could_be_certain(lowest, highest) and (of_some or floor(highest + 1e-6) > 0)
    }


def _could_be_certain(lowest: float, highest: float) -> bool:
    """Whether what was seen so far leaves one whole number, and a small one."""
    return ceil(lowest - 1e-6) >= floor(highest + 1e-6) and highest <= LARGEST_SMALL + 1e-6


def _matrix(sums: Sequence[Sum], place: dict[tuple[str, ...], int]) -> csr_array:
    entries = [(n, place[name], value) for n, sum_ in enumerate(sums) for name, value in sum_.items()]
    rows, columns, values = zip(*entries, strict=True)
    return csr_array((values, (rows, columns)), shape=(len(sums), len(place)))
