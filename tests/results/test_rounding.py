"""The percentages of a table add up, and say nothing that the numbers beside them do not."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.poll import Kind
from results.disclosure import is_of_some
from results.rounding import percent_of, percentages, rounded
from tests.attack.random_polls import random_answers, random_poll
from tests.attack.subtraction import published

HUNDRED = 100


@pytest.mark.parametrize(
    ("counts", "size", "expected"),
    [
        ((5, 10, 15), 25, (17, 33, 50)),  # of 25 they would be 20, 40 and 60: together 120
        ((30, 5), 40, (86, 14)),
        ((10, 10, 10), 30, (34, 33, 33)),
        ((15, 15, 0), 30, (50, 50, 0)),
        ((5, 1495), 1500, (0, 100)),
        ((None, 20, 30), 50, (None, 40, 60)),
    ],
)
def test_the_shares_of_one_answer_each_add_up_to_a_hundred(counts, size, expected):
    assert percentages(counts, size, several=False) == expected


@pytest.mark.parametrize(
    ("counts", "size", "expected"),
    [
        ((20, 0, 0, 0, 0, 0, 0, 0, 0, 0), 40, (50, *[0] * 9)),
        ((None, None, 35), 45, (None, None, 78)),
        ((0, 0, 0, 0), 10, (0, 0, 0, 0)),
        ((None, 5), 40, (None, 13)),  # the other is nearly everybody
    ],
)
def test_people_who_must_be_in_rows_that_read_as_nobody_are_counted_as_well(counts, size, expected):
    """Twenty of forty are half of them, also when the others gave ten answers of which two each."""
    assert percentages(counts, size, several=False) == expected


def test_of_several_answers_each_is_a_share_of_the_people():
    assert percentages((20, 30, None, 0), 40, several=True) == (50, 75, None, 0)


exact_groups = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 3000)), min_size=2, max_size=12)


@given(exact_groups)
def test_whatever_people_chose_the_shares_keep_the_order_of_the_numbers(exact: list[int]):
    size, counts = rounded(sum(exact)), [rounded(n) for n in exact]
    if not size:
        return
    shares = percentages(counts, size, several=False)
    for one, other in zip(counts, shares, strict=True):
        assert other == 0 or one > 0
        assert not percent_of(one, size) or other >= 1, "what is half a percent or more is not nothing"
    ordered = [share for _, share in sorted(zip(counts, shares, strict=True))]
    assert ordered == sorted(ordered)
    lacking = size - sum(counts)
    assert sum(shares) == HUNDRED or lacking > 2 * (1 + sum(n > 0 for n in counts))
    assert sum(shares) <= HUNDRED


@pytest.mark.parametrize("seed", range(12))
def test_a_reader_makes_the_same_percentages_of_the_published_numbers(seed: int):
    """So they give nothing away: whatever the exact numbers were, the rounded ones say it already."""
    chance = Random(seed)
    poll = random_poll(chance)
    met: Counter[bool] = Counter()
    for table in published(poll, random_answers(poll, chance, 90)).tables:
        question = poll.question(table.question)
        several = question.kind is Kind.SEVERAL
        for group in table.groups:
            counts = [row.count for row in group.rows]
            shown = [row.percent for row in group.rows]
            assert shown == list(percentages(counts, group.size, several))
            if is_of_some(poll, table.question, table.by):
                assert not {0, HUNDRED} & set(shown)
            met[several] += 1
    assert met


def test_a_forged_count_makes_no_auditor_wait():
    """Each part is at most the whole, so that there are never more than a hundred steps to a hundred."""
    assert percentages((10**30, -(10**30) + 5), 50, several=False) == (100, 0)
