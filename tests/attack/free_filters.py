"""The control of `subtraction`: a dashboard with free filters, where only groups of ten or more are shown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from random import Random

LEAST = 10
WEIGHTS = ((35, 25, 20, 15, 5), (20, 55, 25), (1, 1))
"""Five neighbourhoods, three ages, two sexes: what a municipality's dashboard usually filters by."""
Filter = tuple[frozenset[int], ...]


def isolated_share(chance: Random, residents: int) -> float:
    """Share of residents who are in a group of 1 to 9 that is the difference of two groups that are shown."""
    people = [tuple(chance.choices(range(len(w)), w)[0] for w in WEIGHTS) for _ in range(residents)]
    shown = {asked: found for asked in _filters() if (found := _found(people, asked)).bit_count() >= LEAST}
    isolated = 0
    for asked, found in shown.items():
        for narrower in _narrower(asked):
            rest = found & ~shown.get(narrower, 0)
            if narrower in shown and 0 < rest.bit_count() < LEAST:
                isolated |= rest
    return isolated.bit_count() / residents


def _filters() -> Iterator[Filter]:
    return itertools.product(*(_subsets(range(len(weights))) for weights in WEIGHTS))


def _subsets(values: Sequence[int] | frozenset[int]) -> list[frozenset[int]]:
    return [
        frozenset(some) for size in range(1, len(values) + 1) for some in itertools.combinations(values, size)
    ]


def _narrower(asked: Filter) -> Iterator[Filter]:
    for place, chosen in enumerate(asked):
        for fewer in _subsets(chosen):
            if fewer < chosen:
                yield (*asked[:place], fewer, *asked[place + 1 :])


def _found(people: Sequence[tuple[int, ...]], asked: Filter) -> int:
    """Who fits, a bit for each."""
    return sum(
        1 << n for n, person in enumerate(people) if all(v in c for v, c in zip(person, asked, strict=True))
    )
