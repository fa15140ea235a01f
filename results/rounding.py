"""Rounded counts, and whole percentages made of them: of published figures only, so they tell no more."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

ROUND_TO = 5
OFF = ROUND_TO // 2
"""How far an exact count can be from its rounded one."""
HUNDRED = 100


def rounded(count: int) -> int:
    """To the nearest multiple of 5; 2.5 cannot occur."""
    return ROUND_TO * ((count + OFF) // ROUND_TO)


def percent_of(count: int, size: int) -> int:
    """Whole percentage, half up; of rounded figures only."""
    return (2 * HUNDRED * count + size) // (2 * size)


def percentages(counts: Sequence[int | None], size: int, several: bool) -> tuple[int | None, ...]:
    """One for each row of a group, from the rounded counts and size; None where the count is withheld.

    `several`: people may be in several rows; each is a share of the people. Else the rows are shares of
    what they make together, and add up to 100 (largest remainder). Only where the size says that people
    must be in rows that read as nobody, those are part of the whole too, and the rest adds up to less.
    """
    if several:
        return tuple(None if count is None else percent_of(count, size) for count in counts)
    shown = [max(count, 0) for count in counts if count is not None]
    least = [min(1, percent_of(count, size)) for count in shown]
    whole = iter(_whole_shares([*shown, _unseen(shown, size)], [*least, 0]))
    return tuple(None if count is None else next(whole) for count in counts)


def _unseen(shown: Sequence[int], size: int) -> int:
    """People that no row shows; none where the rounding of the rows and of the size can explain it."""
    lacking = size - sum(shown)
    explained = OFF * (1 + sum(count > 0 for count in shown))
    return lacking if lacking > explained else 0


def _whole_shares(parts: Sequence[int], least: Sequence[int]) -> list[int]:
    """Whole numbers near the parts' shares of a hundred, which add up to a hundred; 0 for no parts at all.

    What is left over goes where most was cut off, the first of equals. `least`: for each, so many at least.
    """
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    shares = [Fraction(HUNDRED * part, total) for part in parts]
    given = [max(floor(share), low) for share, low in zip(shares, least, strict=True)]
    places = range(len(parts))
    while sum(given) < HUNDRED:
        given[max(places, key=lambda place: shares[place] - given[place])] += 1
    while sum(given) > HUNDRED:
        rich = [place for place in places if given[place] > least[place]]
        given[max(rich, key=lambda place: given[place] - shares[place])] -= 1
    return given
