"""Subtraction: what follows from published tables by adding and subtracting whole groups."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from domain.answers import Answer, Chosen
from domain.poll import Poll
from domain.result import Counts, Group, ReleasedTable, Result
from protocol.outcome import ResultDocument, read_result, write_document
from results.disclosure import release
from results.tally import UNKNOWN, tally
from tests.attack.free_filters import isolated_share
from tests.attack.random_polls import random_answers, random_poll
from tests.attack.rounding import pinned_numbers
from tests.support.row import Row, Scale

LARGEST_SMALL = 9


@dataclass(frozen=True, slots=True)
class Subtraction:
    """What was found. The bound: no `derivable` group and no `pinned` number.

    `derivable`: groups of 1 to 9 whose answers follow from published groups. `pinned`: numbers of 1 to 9,
    or "nobody in this group", that follow exactly in spite of the rounding. `shown`: how many of the tables
    had figures at all. The `hiding_` figures are of a release that hides small groups and merges none, its
    `pinned` of the first polls only. `filtered_share`: share of residents that free filters isolate.
    """

    polls: int
    tables: int
    shown: int
    derivable: int
    pinned: int
    hiding_derivable: int
    hiding_pinned: int
    filtered_share: float


def attack(scale: Scale, _folder: Path) -> Row:
    found = subtract(1, 300, scale)
    least_share = 0.2 if scale.full else 0.15  # the short form asks about one population only
    return Row(
        promise="subtraction over every published table and release",
        figure=f"{found.polls} polls, {found.tables} tables, {found.shown} shown: {found.derivable} groups "
        f"of 1-9 derivable, {found.pinned} small numbers follow in spite of rounding",
        bound="no group of 1-9, no small number",
        held=found.derivable == 0 and found.pinned == 0,
        control=f"small groups hidden only: {found.hiding_derivable} groups, {found.hiding_pinned} numbers; "
        f"free filters isolate {found.filtered_share:.0%} of residents",
        caught=found.hiding_derivable > 0 and found.hiding_pinned > 0 and found.filtered_share >= least_share,
    )


def subtract(seed: int, residents: int, scale: Scale) -> Subtraction:
    """Random polls, each answered by 5 to `residents` people, released as staff release them."""
    chance = Random(seed)
    polls, controls = (200, 20) if scale.full else (12, 3)
    tables = shown = derivable = pinned = hiding_derivable = hiding_pinned = 0
    for number in range(polls):
        scale.tell(f"subtraction: poll {number} of {polls}")
        poll = random_poll(chance)
        people = int(5 * (residents / 5) ** chance.random())
        answers = random_answers(poll, chance, people)
        result, control = published(poll, answers), hiding(poll, answers)
        tables += len(result.tables)
        shown += sum(bool(table.groups) for table in result.tables)
        derivable += len(derivable_groups(poll, result.tables, answers))
        pinned += len(pinned_numbers(poll, result))
        hiding_derivable += len(derivable_groups(poll, control.tables, answers))
        if number < controls:
            hiding_pinned += len(pinned_numbers(poll, control))
    shares = [isolated_share(chance, 300) for _ in range(4 if scale.full else 1)]
    share = sum(shares) / len(shares)
    return Subtraction(
        polls, tables, shown, derivable, pinned, hiding_derivable, hiding_pinned, filtered_share=share
    )


def published(poll: Poll, answers: Sequence[Mapping[str, Answer]]) -> Result:
    """As everybody downloads it."""
    counts = _counts(answers)
    result = Result(poll.id, counts, release(poll, tally(poll, answers), counts))
    return read_result(write_document(ResultDocument.from_domain(result)))


def hiding(poll: Poll, answers: Sequence[Mapping[str, Answer]]) -> Result:
    """The control: every group of ten or more with its exact counts, smaller ones left out."""
    tables = []
    for table in tally(poll, answers):
        groups = tuple(
            Group((group.of,) if group.of else (), group.size, tuple(group.counts.items()))
            for group in table.groups
            if group.size > LARGEST_SMALL
        )
        tables.append(ReleasedTable(table.table.question, table.statement, table.table.by, groups))
    return Result(poll.id, _counts(answers), tuple(tables))


def derivable_groups(
    poll: Poll, tables: Sequence[ReleasedTable], answers: Sequence[Mapping[str, Answer]]
) -> set[frozenset[str]]:
    """Groups of 1 to 9 that are a linear combination of the groups that tables of one question show.

    Each published group is a vector over the answers to the question that it is broken down by: any sum or
    difference of any number of groups, each any number of times, is in their span.
    """
    found: set[frozenset[str]] = set()
    for question in {table.question for table in tables}:
        mine = [table for table in tables if table.question == question and table.groups]
        [by] = {table.by for table in mine if table.by} or {None}
        if by is None:
            continue
        options = [option.id for option in poll.question(by).options]
        atoms = [*options, UNKNOWN]
        vectors = [
            [float(not group.of or atom in group.of) for atom in atoms]
            for table in mine
            for group in table.groups
        ]
        sizes = _sizes(question, by, atoms, answers)
        basis = np.array(vectors)
        rank = np.linalg.matrix_rank(basis)
        for count in range(1, len(atoms) + 1):
            for some in itertools.combinations(range(len(atoms)), count):
                if not 0 < sum(sizes[place] for place in some) <= LARGEST_SMALL:
                    continue
                wanted = [float(place in some) for place in range(len(atoms))]
                if np.linalg.matrix_rank(np.vstack([basis, wanted])) == rank:
                    found.add(frozenset(atoms[place] for place in some))
    return found


def _sizes(
    question: str, by: str, atoms: Sequence[str], answers: Sequence[Mapping[str, Answer]]
) -> list[int]:
    """How many answered the question, for each answer to the other."""
    sizes = dict.fromkeys(atoms, 0)
    for given in answers:
        if question in given:
            who = given.get(by)
            sizes[who.options[0] if isinstance(who, Chosen) else UNKNOWN] += 1
    return list(sizes.values())


def _counts(answers: Sequence[Mapping[str, Answer]]) -> Counts:
    return Counts(max(25, 2 * len(answers)), len(answers), len(answers), 0, 0, 0)
