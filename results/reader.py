"""What the published tables of one poll tell a reader, as bounds and sums. From public things only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.answers import Answer, Chosen, Declined, Declining
from domain.conditions import holds, leaves
from domain.poll import PICKS_ONE, Kind, Poll, Question
from domain.result import Group, ReleasedTable, Row, Withheld
from results.derivable import MOST, Key, Knowledge
from results.rounding import OFF, ROUND_TO, percent_of
from results.tally import UNKNOWN, row_ids

EVERYBODY = "everybody"
Part = tuple[str, str | None]
"""A question, and its statement where it has statements."""


def given_away(poll: Poll, tables: Iterable[ReleasedTable], received: int) -> tuple[Key, ...]:
    """Names of small numbers that these tables give away; what is so without any table is no news."""
    shown = tuple(tables)
    nothing = [replace(table, groups=(), average=None) for table in shown]
    before = set(what_readers_know(poll, nothing, received).given_away())
    return tuple(k for k in what_readers_know(poll, shown, received).given_away() if k not in before)


def what_readers_know(poll: Poll, tables: Iterable[ReleasedTable], received: int) -> Knowledge:
    """`received`: how many took part, which the list after closing tells exactly."""
    reader = _Reader(poll, received)
    for table in tables:
        reader.read(table)
    return reader.known


class _Reader:
    def __init__(self, poll: Poll, received: int) -> None:
        self.poll, self.known = poll, Knowledge()
        self.known.between(EVERYBODY, received, received)
        self._met: set[Part] = set()

    def read(self, table: ReleasedTable) -> None:
        question = self._question(table.question)
        part = (question.id, table.statement)
        self._meet(question, table.statement)
        if table.by is None:
            for group in table.groups:
                self.known.between(("size", part), *_around(group.size))
                for row in group.rows:
                    self.known.between(("row", part, row.id), *_bounds(row, group.size))
        elif table.groups:
            self._read_crossed(question, part, table)

    def _read_crossed(self, question: Question, part: Part, table: ReleasedTable) -> None:
        known, several = self.known, question.kind is Kind.SEVERAL
        places = range(len(table.groups))
        known.adds_up(("size", part), (("group", part, i) for i in places))
        for place, group in enumerate(table.groups):
            whole = ("group", part, place)
            known.between(whole, *_around(group.size))
            self._divide(whole, ("cell", part, place), [row.id for row in group.rows], several, True)
            for row in group.rows:
                known.between(("cell", part, place, row.id), *_bounds(row, group.size))
            self._tie_to_by(question, part, place, self._question(table.by or ""), group)
        for id in row_ids(question):
            cells = [("cell", part, place, id) for place in places]
            known.adds_up(("row", part, id), cells)
            known.adds_up(("others", ("row", part, id)), (("others", cell) for cell in cells))
            for place in places if len(cells) > 2 else ():
                rest = ("elsewhere", part, place, id)
                known.adds_up(("row", part, id), (cells[place], rest))
                known.adds_up(rest, (cell for cell in cells if cell != cells[place]))
                known.watch(rest, True)

    def _tie_to_by(self, question: Question, part: Part, place: int, by: Question, group: Group) -> None:
        """A group is of those who gave its answers to the `by` question, whose own table may be published."""
        self._meet(by, None)
        mine = ("by", part, place)
        rows: list[object] = [("row", (by.id, None), id) for id in group.of if id != UNKNOWN]
        if UNKNOWN in group.of:
            rows += [("row", (by.id, None), id) for id in row_ids(by) if id in list(Declining)]
            rows.append(("rest", (by.id, None)))
        self.known.adds_up(mine, rows)
        self.known.adds_up(mine, (("group", part, place), ("skipped", part, place)))
        if question.required and question.show_if is None:
            self.known.between(("skipped", part, place), 0, 0)

    def _meet(self, question: Question, statement: str | None) -> None:
        """What is true of a question whatever is published of it."""
        part = (question.id, statement)
        if part in self._met:
            return
        self._met.add(part)
        asked = self._asked(question, part)
        self.known.adds_up(asked, (("size", part), ("rest", part)))
        if question.required and asked == EVERYBODY:
            self.known.between(("rest", part), 0, 0)
        if question.required and asked != EVERYBODY:
            self.known.adds_up(("size", part), (asked,))
        sub_group = question.show_if is not None
        several = question.kind is Kind.SEVERAL
        self._divide(("size", part), ("row", part), row_ids(question), several, sub_group)

    def _asked(self, question: Question, part: Part) -> object:
        """Who is asked: everybody, or those with some answers to one earlier question."""
        if question.show_if is None:
            return EVERYBODY
        before = {leaf.question for leaf in leaves(question.show_if)}
        earlier = self._question(min(before))
        asked = ("asked", part)
        if len(before) > 1 or earlier.kind not in PICKS_ONE:
            self.known.adds_up(EVERYBODY, (asked, ("not asked", part)))
            return asked
        self._meet(earlier, None)
        asked_of: dict[bool, list[object]] = {True: [], False: []}
        for id in row_ids(earlier):
            answer: Answer = Declined(Declining(id)) if id in list(Declining) else Chosen((id,))
            is_asked = holds(question.show_if, {earlier.id: answer})
            asked_of[is_asked].append(("row", (earlier.id, None), id))
        silent = asked_of[holds(question.show_if, {})]
        silent.append(("rest", (earlier.id, None)))
        if earlier.show_if is not None:
            silent.append(("not asked", (earlier.id, None)))
        self.known.adds_up(asked, asked_of[True])
        self.known.adds_up(("not asked", part), asked_of[False])
        self.known.adds_up(EVERYBODY, (asked, ("not asked", part)))
        return asked

    def _divide(
        self, whole: object, name: tuple[object, ...], ids: Iterable[str], several: bool, sub_group: bool
    ) -> None:
        """The rows of a group make it up; of a question with several answers they overlap."""
        rows = [(*name, id) for id in ids]
        (self.known.within if several else self.known.adds_up)(whole, rows)
        for row in rows:
            others = ("others", row)
            self.known.adds_up(whole, (row, others))
            self.known.watch(row, sub_group)
            self.known.watch(others, sub_group)
            if not several:
                self.known.adds_up(others, (other for other in rows if other != row))

    def _question(self, id: str) -> Question:
        found = self.poll.question(id)
        assert found is not None, "checked by domain.checks"
        return found


def _around(rounded: int) -> tuple[int, int]:
    return rounded - OFF, rounded + OFF


def _bounds(row: Row, size: int) -> tuple[int, int]:
    """Exact counts that show as this row in a group of this rounded size."""
    if row.count is not None:
        return _around(row.count)
    steps = range(0, size + ROUND_TO, ROUND_TO)
    if row.withheld is Withheld.NEARLY_ALL_IN_GROUP:
        return min(step for step in steps if percent_of(step, size) >= 100) - OFF, MOST
    return 0, max(step for step in steps if percent_of(step, size) == 0) + OFF
