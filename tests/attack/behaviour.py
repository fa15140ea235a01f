"""When people look at the app and when they answer: an assumption, to be fitted to a pilot.

First synchronising after 20 hours on average; 30 % answer within about a minute of it, the others a day later
on average. `docs/privacy.md` says that this is assumed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

MEAN_FIRST, MEAN_LATER, AT_ONCE, SHARE_AT_ONCE = 20.0, 24.0, 0.02, 0.3
"""Hours; the last one is a share."""


@dataclass(frozen=True, slots=True)
class Person:
    """Hours after publication: when the phone first synchronised, and when its owner answered."""

    first: float
    answered: float


def people(count: int, chance: Random) -> list[Person]:
    """Whoever hears early answers early: that is what an attacker hopes for."""
    found = []
    for _ in range(count):
        first = chance.expovariate(1 / MEAN_FIRST)
        at_once = chance.random() < SHARE_AT_ONCE
        later = chance.uniform(0, AT_ONCE) if at_once else chance.expovariate(1 / MEAN_LATER)
        found.append(Person(first, first + later))
    return found


def answered_within(hours: float) -> float:
    """The share of people who have answered so many hours after their first synchronising."""
    if hours <= 0:
        return 0.0
    at_once = SHARE_AT_ONCE * min(hours / AT_ONCE, 1.0)
    return at_once + (1 - SHARE_AT_ONCE) * (1 - math.exp(-hours / MEAN_LATER))
