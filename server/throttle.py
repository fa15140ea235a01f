"""How often may be asked: buckets in memory only, by a hash of the address that nobody can undo."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from ipaddress import IPv6Address, IPv6Network, ip_address

MOST_ADDRESSES = 50_000
"""Of which a bucket is kept, about 10 MB; with more, all are forgotten and only the whole server counts."""
FORGET_AFTER = 600.0
"""Seconds. Longer than a bucket takes to fill up, so that forgetting gives nobody more."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`per_second` requests for ever, `burst` at once. None at all is `NO_LIMIT`."""

    per_second: float
    burst: float


NO_LIMIT = Rate(float("inf"), float("inf"))


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: float

    def lacks(self, rate: Rate, now: float) -> float:
        """Fill up to `now`; seconds until one request fits, 0 if one does."""
        self.left = min(rate.burst, self.left + (now - self.seen) * rate.per_second)
        self.seen = now
        return max(0.0, (1 - self.left) / rate.per_second)


@dataclass
class Throttle:
    """A bucket for the whole server (`whole`), and one for each address (`each`).

    An address is kept nowhere: the buckets' names are keyed hashes, and the key is random, in memory only,
    and thrown away with all buckets every `FORGET_AFTER` seconds. `tick` is a clock that only goes forward.
    """

    whole: Rate
    each: Rate
    tick: Callable[[], float]
    random: Callable[[int], bytes] = os.urandom
    _all: _Bucket = field(init=False)
    _buckets: dict[bytes, _Bucket] = field(init=False)

    def __post_init__(self) -> None:
        self._all = _Bucket(self.whole.burst, self.tick())
        self._forget()

    def take(self, address: str | None) -> float:
        """0 if the request may go on; else how many seconds to wait. Without an address: the whole only."""
        now = self.tick()
        if now - self._since > FORGET_AFTER or len(self._buckets) > MOST_ADDRESSES:
            self._forget()
        asked = [(self._all, self.whole)] if self.whole is not NO_LIMIT else []
        if address is not None and self.each is not NO_LIMIT:
            new = _Bucket(self.each.burst, now)
            asked.append((self._buckets.setdefault(self._name(address), new), self.each))
        wait = max((bucket.lacks(rate, now) for bucket, rate in asked), default=0.0)
        if not wait:
            for bucket, _ in asked:
                bucket.left -= 1
        return wait

    def _name(self, address: str) -> bytes:
        return blake2b(household(address).encode(), key=self._key, digest_size=16).digest()

    def _forget(self) -> None:
        self._buckets, self._key, self._since = {}, self.random(32), self.tick()


def household(address: str) -> str:
    """What one connection to the internet has: an IPv4 address, or an IPv6 network of 64 bits."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found)
