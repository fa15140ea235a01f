"""What is published tells what a crowd said, and of nobody apart."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.conditions import ChoseAny
from domain.poll import Access, Poll, Table
from domain.result import Counts, Group, ReleasedTable, Row, Withheld
from protocol.poll_document import read_poll
from results.disclosure import release, rounded
from results.reader import given_away
from results.tally import UNKNOWN, ExactGroup, ExactTable
from tests.attack.free_filters import isolated_share
from tests.attack.random_polls import random_answers, random_poll
from tests.attack.rounding import pinned_numbers
from tests.attack.subtraction import derivable_groups, hiding, published
from tests.support.polls import raw
from tests.support.small_poll import small_poll

ROWS = ("rood", "blauw", "groen")
AGES = ("jong", "midden", "oud", "oudst")
LEAST = 10


def poll_with_ages() -> Poll:
    ages = {
        "id": "leeftijd",
        "kind": "one",
        "prefer_not": True,
        "text": {"nl": "Hoe oud?"},
        "options": [{"id": id, "label": {"nl": id}} for id in AGES],
    }
    data = small_poll()
    tables = [{"question": "een"}, {"question": "een", "by": "leeftijd"}]
    return read_poll(raw({**data, "questions": [*data["questions"], ages], "tables": tables}))


POLL = poll_with_ages()
Sizes = dict[str, Counter[str]]


def total(groups: Sizes) -> ExactTable:
    counts: Counter[str] = sum(groups.values(), Counter())
    return ExactTable(Table("een"), None, ROWS, (ExactGroup(None, counts.total(), counts),))


def broken_down(groups: Sizes) -> ExactTable:
    parts = tuple(ExactGroup(of, counts.total(), counts) for of, counts in groups.items())
    return ExactTable(Table("een", "leeftijd"), None, ROWS, parts)


def released(groups: Sizes) -> tuple[ReleasedTable, ReleasedTable]:
    first, second = release(POLL, [total(groups), broken_down(groups)], counts(groups))
    return first, second


def counts(groups: Sizes, invited: int = 1000) -> Counts:
    """Of a poll that all these people took part in."""
    return Counts(invited, invited, sum(g.total() for g in groups.values()), 0, 0, 0)


def same(count: int) -> Counter[str]:
    """So many people, all of one opinion but a few."""
    few = count // 3
    return Counter({"rood": count - few, "blauw": few})


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_counts_are_rounded_to_five(count: int, shown: int):
    assert rounded(count) == shown


def test_what_fewer_than_ten_people_said_is_withheld_and_says_so():
    for size in range(10):
        [table] = release(POLL, [total({"jong": same(size)})], counts({"jong": same(size)}))
        assert (table.groups, table.withheld) == ((), Withheld.TOO_FEW)
    [table] = release(POLL, [total({"jong": same(10)})], counts({"jong": same(10)}))
    assert (table.groups[0].size, table.withheld) == (10, None), "the control"


def test_a_poll_may_ask_for_larger_groups():
    data = small_poll(smallest_group=25)
    larger = read_poll(raw(data))
    few, enough = {"jong": same(24)}, {"jong": same(25)}
    assert release(larger, [total(few)], counts(few))[0].withheld is Withheld.TOO_FEW
    assert release(larger, [total(enough)], counts(enough))[0].withheld is None


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ((20, 20, 20, 20), [("jong",), ("midden",), ("oud",), ("oudst",)]),
        ((9, 20, 20, 20), [("jong", "midden"), ("oud",), ("oudst",)]),
        ((20, 9, 20, 20), [("jong",), ("midden", "oud"), ("oudst",)]),
        ((20, 20, 20, 9), [("jong",), ("midden",), ("oud", "oudst")]),
        ((4, 4, 4, 20), [("jong", "midden", "oud"), ("oudst",)]),
        ((20, 4, 4, 1), []),
        ((20, 4, 4, 4), [("jong",), ("midden", "oud", "oudst")]),
        ((9, 9, 0, 0), []),
        ((40, 0, 0, 0), []),
        ((40, 0, 3, 0), []),
    ],
)
def test_a_group_that_is_too_small_is_merged_with_its_neighbour(sizes: tuple[int, ...], groups: list):
    people = {of: same(size) for of, size in zip(AGES, sizes, strict=True)}
    table = released(people)[1]
    assert [group.of for group in table.groups] == groups
    assert (table.withheld is Withheld.TOO_FEW) is (not groups), "one group alone would be everybody"


def test_those_who_did_not_say_are_a_group_like_the_others():
    people = {"jong": same(20), "midden": same(20), UNKNOWN: same(4)}
    assert [g.of for g in released(people)[1].groups] == [("jong",), ("midden", UNKNOWN)]


def test_in_a_group_no_answer_reads_as_given_by_none_or_by_all():
    people = {
        "jong": Counter({"rood": 40}),
        "midden": Counter({"rood": 38, "blauw": 2}),
        "oud": Counter({"rood": 20, "blauw": 20}),
        "oudst": Counter({"rood": 1497, "blauw": 3}),
    }
    everybody, table = released(people)
    found = {group.of[0]: {row.id: row for row in group.rows} for group in table.groups}
    assert found["jong"]["rood"] == Row("rood", None, None, Withheld.NEARLY_ALL_IN_GROUP)
    assert found["jong"]["blauw"] == Row("blauw", None, None, Withheld.FEW_IN_GROUP)
    assert found["midden"]["rood"].withheld is Withheld.NEARLY_ALL_IN_GROUP
    assert found["oud"]["rood"] == Row("rood", 20, 50)
    assert found["oudst"]["blauw"].withheld is Withheld.FEW_IN_GROUP, "5 of 1500 reads as 0 percent"
    assert found["oudst"]["rood"].withheld is Withheld.NEARLY_ALL_IN_GROUP
    assert {row.id: row.withheld for row in everybody.groups[0].rows} == dict.fromkeys(ROWS)
    assert everybody.groups[0].rows[2] == Row("groen", 0, 0), "that nobody at all chose it may be said"


def test_the_average_mark_is_made_of_the_rounded_counts():
    data = small_poll(questions=[{"id": "een", "kind": "mark", "dont_know": True, "text": {"nl": "Cijfer?"}}])
    poll = read_poll(raw(data))
    given = Counter({"7": 11, "8": 9, "3": 1, "dont-know": 12})
    rows = (*(str(mark) for mark in range(1, 11)), "dont-know")
    exact = ExactTable(Table("een"), None, rows, (ExactGroup(None, 33, given),))
    [table] = release(poll, [exact], Counts(33, 33, 33, 0, 0, 0))
    assert table.average == Decimal("7.5"), "(7 x 10 + 8 x 10) / 20; the one 3 and the unknowing do not show"


people = st.dictionaries(
    st.sampled_from([*AGES, UNKNOWN]),
    st.builds(
        lambda counts: Counter({row: n for row, n in zip(ROWS, counts, strict=True) if n}),
        st.tuples(*(st.one_of(st.integers(0, 12), st.integers(0, 3000)) for _ in ROWS)),
    ),
    min_size=1,
).map(lambda found: {of: found.get(of, Counter()) for of in (*AGES, UNKNOWN)})


def names(table: ReleasedTable) -> set[str]:
    return {of for group in table.groups for of in group.of}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(people)
def test_whatever_people_said_every_rule_of_the_release_holds(groups: Sizes):
    everybody, table = released(groups)
    for group in (*everybody.groups, *table.groups):
        assert group.size >= LEAST
        assert group.size % 5 == 0
        for row in group.rows:
            assert row.count is None or row.count % 5 == 0
            assert (row.count is None) == (row.percent is None) == (row.withheld is not None)
            assert row.percent is None or 0 <= row.percent <= 100
    for group in table.groups:
        exact = sum(groups[of].total() for of in group.of)
        assert exact >= LEAST
        assert group.size == rounded(exact)
        assert not {row.percent for row in group.rows} & {0, 100}
    if table.groups:
        assert names(table) == set(groups), "the groups are everybody, and empty ones are not left out"
        assert len(names(table)) == sum(len(group.of) for group in table.groups), "and nobody twice"
        assert len(table.groups) > 1
    if everybody.groups:
        assert derivable(groups, table.groups) == set()
    else:
        assert table.groups == ()


def derivable(groups: Sizes, published: Iterable[Group]) -> set[frozenset[str]]:
    """Small groups that adding and subtracting published ones leads to, with the total beside them."""
    everybody = frozenset(of for of, counts in groups.items() if counts)
    known = {frozenset(group.of) for group in published}
    found = {everybody}
    for count in range(1, len(known) + 1):
        for some in itertools.combinations(known, count):
            union = frozenset().union(*some)
            found |= {union, everybody - union}
    return {part for part in found if 0 < sum(groups[of].total() for of in part) < LEAST}


def test_a_release_that_only_hides_small_groups_is_caught_by_subtraction():
    """The control: hide what is too small, merge nothing, and the total gives it away."""
    groups = {"jong": same(30), "midden": same(30), "oud": same(4), "oudst": Counter(), UNKNOWN: Counter()}
    hidden = [Group((of,), counts.total(), ()) for of, counts in groups.items() if counts.total() >= LEAST]
    assert derivable(groups, hidden) == {frozenset({"oud"})}
    assert derivable(groups, released(groups)[1].groups) == set()


@pytest.mark.parametrize(("access", "least"), [("invited", 20), ("open", 10)])
def test_a_group_has_twenty_answers_where_people_were_invited_one_by_one(access: str, least: int):
    """Nobody knows how many invitees are young; but twenty answers are of twenty invitees."""
    poll = replace(POLL, access=Access(access))
    for size in (least - 1, least):
        people = {"jong": same(size), "midden": same(45), "oud": same(45), "oudst": same(45)}
        table = release(poll, [total(people), broken_down(people)], counts(people))[1]
        assert (table.groups[0].of == ("jong",)) is (size == least)


@pytest.mark.parametrize("invited", [19, 20])
def test_nothing_is_published_of_a_poll_to_which_fewer_than_twenty_were_invited(invited: int):
    people = {"jong": same(15), UNKNOWN: Counter()}
    invited_one_by_one = replace(POLL, access=Access.INVITED)
    [table] = release(invited_one_by_one, [total(people)], counts(people, invited))
    assert table.withheld is (Withheld.FEW_INVITED if invited < 20 else None)
    [table] = release(POLL, [total(people)], counts(people, invited))
    assert table.withheld is None, "to an open poll nobody is invited"


def test_a_group_that_nobody_is_in_is_not_left_out_in_silence():
    people = {"jong": same(30), "midden": Counter(), "oud": same(30), "oudst": Counter(), UNKNOWN: Counter()}
    assert [g.of for g in released(people)[1].groups] == [("jong",), ("midden", "oud", "oudst", UNKNOWN)]


def test_a_group_that_nobody_can_be_in_is_not_named():
    ages = replace(POLL.questions[1], prefer_not=False)
    always_known = replace(POLL, questions=(POLL.questions[0], ages))
    people = {"jong": same(30), "midden": same(30), "oud": same(30), "oudst": same(30), UNKNOWN: Counter()}
    table = release(always_known, [total(people), broken_down(people)], counts(people))[1]
    assert [g.of for g in table.groups] == [("jong",), ("midden",), ("oud",), ("oudst",)]


def test_a_question_that_not_all_are_asked_tells_of_none_and_all_as_little_as_a_group_does():
    color = replace(POLL.questions[0], show_if=ChoseAny("leeftijd", ("jong",)))
    some = replace(POLL, questions=(POLL.questions[1], color))
    people = {"jong": Counter({"rood": 38, "blauw": 22})}
    [table] = release(some, [total(people)], Counts(500, 500, 200, 0, 0, 0))
    assert table.groups[0].rows[2] == Row("groen", None, None, Withheld.FEW_IN_GROUP)
    [everybody] = release(POLL, [total(people)], counts(people))
    assert everybody.groups[0].rows[2] == Row("groen", 0, 0), "the control"


def test_what_the_exact_number_of_ballots_would_give_away_is_withheld():
    """42 reads as 40 and 2 as 0; with 44 in the list after closing both are known exactly."""
    two = replace(POLL, questions=(replace(POLL.questions[0], options=POLL.questions[0].options[:2]),))
    for red, blue, shown in ((42, 2, False), (41, 3, True), (42, 12, True), (43, 8, False)):
        exact = ExactGroup(None, red + blue, {"rood": red, "blauw": blue})
        table = ExactTable(Table("een"), None, ROWS[:2], (exact,))
        [found] = release(two, [table], Counts(99, 99, red + blue, 0, 0, 0))
        assert found.withheld is (None if shown else Withheld.DERIVABLE), (red, blue)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.integers(5, 150))
def test_no_small_number_of_any_poll_follows_from_what_is_published(seed: int, people: int):
    chance = Random(seed)
    poll = random_poll(chance)
    answers = random_answers(poll, chance, people)
    result = published(poll, answers)
    assert derivable_groups(poll, result.tables, answers) == set()
    assert pinned_numbers(poll, result) == set()
    assert given_away(poll, result.tables, result.counts.received) == ()


def test_the_search_for_small_numbers_finds_them_where_nothing_is_merged_or_rounded():
    """The control of the test above."""
    chance = Random(7)
    poll = random_poll(chance)
    answers = random_answers(poll, chance, 60)
    assert pinned_numbers(poll, hiding(poll, answers))


def test_free_filters_isolate_a_third_of_the_people():
    assert 0.2 < isolated_share(Random(5), 300) < 0.45
