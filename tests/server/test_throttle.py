"""How often may be asked: fair to a family, a town behind one address, and a flood."""

from __future__ import annotations

import gc
from dataclasses import dataclass

import pytest

from server import throttle
from server.door import LIMITED, address_of
from server.throttle import FORGET_AFTER, NO_LIMIT, Rate, Throttle, household

SOMEONE, ANOTHER = "203.0.113.7", "198.51.100.9"


@dataclass
class Tick:
    """A clock that only goes forward, in seconds."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def scope(peer: str | None, *forwarded: str) -> dict[str, object]:
    client = (peer, 4711) if peer else None
    return {"client": client, "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded]}


def test_who_asks_too_often_waits_and_nobody_else_does():
    tick = Tick()
    limit = Throttle(NO_LIMIT, Rate(2, 3), tick)
    assert [limit.take(SOMEONE) for _ in range(3)] == [0, 0, 0]
    assert limit.take(SOMEONE) == pytest.approx(0.5)
    assert limit.take(ANOTHER) == 0
    tick.now += 0.5
    assert limit.take(SOMEONE) == 0
    assert limit.take(SOMEONE) > 0


def test_without_limits_nobody_waits():
    limit = Throttle(NO_LIMIT, NO_LIMIT, Tick())
    assert {limit.take(SOMEONE) for _ in range(100_000)} == {0}


def test_a_flood_from_everywhere_meets_the_bucket_of_the_whole_server():
    limit = Throttle(Rate(10, 50), Rate(10, 50), Tick())
    taken = [limit.take(f"203.0.113.{number}") for number in range(100)]
    assert (taken.count(0), min(taken[50:])) == (50, pytest.approx(0.1))


def test_a_request_that_is_refused_costs_nothing():
    """Else a flood from one address would use up what is for all."""
    tick = Tick()
    limit = Throttle(Rate(1, 10), Rate(1, 2), tick)
    for _ in range(100):
        limit.take(SOMEONE)
    assert [limit.take(ANOTHER), limit.take(ANOTHER)] == [0, 0]


def test_a_household_is_one_address_however_many_it_has():
    assert household("2001:db8:1:2::7") == household("2001:db8:1:2:ffff::1") != household("2001:db8:1:3::7")
    assert household("::ffff:203.0.113.7") == household("203.0.113.7")
    assert len(household("x" * 100_000)) == 64


def test_no_address_can_be_found_in_memory_and_the_key_is_thrown_away():
    tick = Tick()
    limit = Throttle(NO_LIMIT, Rate(1, 2), tick)
    limit.take(SOMEONE)
    kept = [thing for thing in gc.get_referents(limit, vars(limit), limit._buckets) if thing is not tick]
    assert SOMEONE not in repr(kept)
    [(name, key)] = [(name, limit._key) for name in limit._buckets]
    assert len(name) == 16
    tick.now += FORGET_AFTER + 1
    limit.take(ANOTHER)
    assert limit._key != key
    assert name not in limit._buckets
    fresh = Throttle(NO_LIMIT, Rate(1, 2), tick)
    fresh.take(SOMEONE)
    assert name not in fresh._buckets, "another process names the same address differently"


def test_forgetting_gives_nobody_more_than_waiting_would():
    for rate in (LIMITED.whole, LIMITED.each, LIMITED.enrolments, LIMITED.enrolments_each):
        assert rate.burst / rate.per_second < FORGET_AFTER


def test_the_buckets_do_not_grow_without_end():
    limit = Throttle(NO_LIMIT, Rate(1, 2), Tick())
    for number in range(throttle.MOST_ADDRESSES + 10):
        limit.take(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(limit._buckets) <= throttle.MOST_ADDRESSES + 1


def test_a_family_and_a_town_behind_one_mobile_operator_are_not_kept_out():
    """Five thousand phones that open the app in one hour, with twenty new polls: 70 requests, one code."""
    tick = Tick()
    asks, codes = (
        Throttle(LIMITED.whole, LIMITED.each, tick),
        Throttle(NO_LIMIT, LIMITED.enrolments_each, tick),
    )
    for _ in range(5000):
        tick.now += 3600 / 5000
        assert {asks.take(SOMEONE) for _ in range(70)} == {0}
        assert codes.take(SOMEONE) == 0


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        (0, SOMEONE, (), SOMEONE),
        (0, SOMEONE, (ANOTHER,), SOMEONE),  # anybody can write that
        (0, "127.0.0.1", (ANOTHER,), None),  # a proxy nobody told us about: only the whole server counts
        (0, "::1", (), None),
        (0, None, (), None),
        (0, "testclient", (), None),
        (1, "127.0.0.1", (SOMEONE,), SOMEONE),
        (1, "10.0.0.1", (f"{ANOTHER}, {SOMEONE}",), SOMEONE),
        (1, "10.0.0.1", (ANOTHER, SOMEONE), SOMEONE),
        (2, "10.0.0.1", (f"6.6.6.6, {SOMEONE}, 10.0.0.2",), SOMEONE),
        (2, "10.0.0.1", (SOMEONE,), None),  # it came past a proxy of ours
        (1, "10.0.0.1", (), None),
    ],
)
def test_the_address_is_the_one_our_own_proxies_vouch_for(proxies, peer, forwarded, address):
    assert address_of(scope(peer, *forwarded), proxies) == address
