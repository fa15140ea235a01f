"""What a reader of released tables can work out beyond them, by adding and subtracting within the rounding.

Every published number bounds an exact one: a count of 15 says 13 to 17, the list after closing says exactly
how many took part. `Knowledge` holds those bounds and the sums they must obey, and narrows them until
nothing changes, as a reader with patience could.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MOST = 10**9
"""No bound."""
LARGEST_SMALL = 9
"""People; so many or fewer are a small group."""
ROUNDS = 200

Key = Hashable


@dataclass
class Knowledge:
    """Bounds by name. `small` must not become known exactly while 1 to 9, `parts` not while 0 either."""

    low: dict[Key, int] = field(default_factory=dict)
    high: dict[Key, int] = field(default_factory=dict)
    sums: list[tuple[Key, tuple[Key, ...], bool]] = field(default_factory=list)
    small: dict[Key, None] = field(default_factory=dict)
    parts: dict[Key, None] = field(default_factory=dict)

    def between(self, key: Key, low: int = 0, high: int = MOST) -> None:
        """The number lies in these bounds, and in those told before."""
        self.low[key] = max(self.low.get(key, 0), low, 0)
        self.high[key] = min(self.high.get(key, MOST), high)

    def adds_up(self, whole: Key, parts: Iterable[Key]) -> None:
        """The parts make the whole."""
        self._sum(whole, parts, True)

    def within(self, whole: Key, parts: Iterable[Key]) -> None:
        """The parts together are at least the whole: people may be in several."""
        self._sum(whole, parts, False)

    def watch(self, key: Key, part_of_some: bool) -> None:
        """`part_of_some`: of a group that is not everybody, "nobody" must not become known either."""
        self.between(key)
        self.small[key] = None
        if part_of_some:
            self.parts[key] = None

    def given_away(self) -> Iterator[Key]:
        """What is watched and can be worked out exactly."""
        self._narrow()
        for key in self.small:
            low, high = self.low[key], self.high[key]
            least = 0 if key in self.parts else 1
            if low == high and least <= low <= LARGEST_SMALL:
                yield key

    def _sum(self, whole: Key, parts: Iterable[Key], exact: bool) -> None:
        named = tuple(parts)
        for key in (whole, *named):
            self.between(key)
        self.sums.append((whole, named, exact))

    def _narrow(self) -> None:
        for _ in range(ROUNDS):
            changed = [self._narrow_one(*one) for one in self.sums]
            if not any(changed):
                return

    def _narrow_one(self, whole: Key, parts: Sequence[Key], exact: bool) -> bool:
        least, most = sum(self.low[p] for p in parts), sum(self.high[p] for p in parts)
        changed = self._tighten(whole, least if exact else 0, most)
        for part in parts:
            others_low, others_high = least - self.low[part], most - self.high[part]
            high = self.high[whole] - others_low if exact else self.high[whole]
            changed |= self._tighten(part, self.low[whole] - others_high, high)
        return changed

    def _tighten(self, key: Key, low: int, high: int) -> bool:
        """A bound that contradicts what is known says nothing: the numbers are real."""
        before = self.low[key], self.high[key]
        new_low, new_high = max(before[0], low), min(before[1], high)
        if new_low <= new_high:
            self.low[key], self.high[key] = new_low, new_high
        return before != (self.low[key], self.high[key])
