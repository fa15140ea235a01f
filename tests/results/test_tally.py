"""The count of every kind of question equals a count by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from demonstration.residents import counted_by_hand, some_answers
from domain.answers import Chosen, Declined, Declining, Figure, Rated, Written
from domain.poll import Poll, Table
from protocol.poll_document import read_poll
from results.tally import ExactTable, tally
from tests.support.polls import EVERY_KIND, document, every_kind, raw

DONT_KNOW = Declined(Declining.DONT_KNOW)

BALLOTS = [
    {
        "een": Chosen(("rood",)),
        "meer": Chosen(("appel", "peer")),
        "eens": Chosen(("wel",)),
        "gezicht": Chosen(("goed",)),
        "cijfer": Figure(Decimal(7)),
        "getal": Figure(Decimal(8)),
        "volgorde": Chosen(("rust", "groen", "licht")),
        "stellingen": Rated({"schoon": "ja", "veilig": "nee"}),
        "tekst": Written("telt niet mee"),
    },
    {
        "een": Chosen(("rood",)),
        "meer": Chosen(("geen",)),
        "cijfer": Figure(Decimal("10")),
        "getal": Figure(Decimal("8.5")),
        "volgorde": Chosen(("rust", "licht", "groen")),
        "stellingen": Rated({"schoon": "dont-know"}),
    },
    {"een": Chosen(("blauw",)), "cijfer": Figure(Decimal(1)), "stellingen": DONT_KNOW},
    {},
]

BY_HAND = {
    ("een", None): (3, {"rood": 2, "blauw": 1}),
    ("meer", None): (2, {"appel": 1, "peer": 1, "geen": 1}),
    ("eens", None): (1, {"wel": 1}),
    ("gezicht", None): (1, {"goed": 1}),
    ("cijfer", None): (3, {"7": 1, "10": 1, "1": 1}),
    ("getal", None): (2, {"0": 1, "1": 1}),
    ("volgorde", None): (2, {"rust": 2}),
    ("stellingen", "schoon"): (3, {"ja": 1, "dont-know": 2}),
    ("stellingen", "veilig"): (2, {"nee": 1, "dont-know": 1}),
}


def by_name(tables: tuple[ExactTable, ...]) -> dict[tuple[str, str | None], tuple[int, dict[str, int]]]:
    return {
        (t.table.question, t.statement): (t.groups[0].size, dict(t.groups[0].counts))
        for t in tables
        if t.table.by is None
    }


def test_every_kind_is_counted_as_by_hand():
    assert by_name(tally(every_kind(), BALLOTS)) == BY_HAND


def test_every_row_there_could_be_is_in_the_table_in_its_own_order():
    rows = {(t.table.question, t.statement): t.rows for t in tally(every_kind(), [])}
    assert rows["meer", None] == ("appel", "peer", "kers", "geen")
    assert rows["cijfer", None] == tuple(str(mark) for mark in range(1, 11))
    assert rows["getal", None] == ("0", "1"), "up to and with 8, and above"
    assert rows["stellingen", "schoon"] == ("ja", "nee", "dont-know")
    for ballot in BALLOTS:
        for table in tally(every_kind(), [ballot]):
            assert set(table.groups[0].counts) <= set(table.rows)


def crossed() -> Poll:
    """Every kind, each broken down by the first question, which one may decline: more than a poll may."""
    data = document(EVERY_KIND)
    data["questions"][0]["prefer_not"] = True
    others = [q["id"] for q in data["questions"][1:] if q["kind"] != "text"]
    return replace(read_poll(raw(data)), tables=tuple(Table(q, "een") for q in others))


def test_the_groups_of_a_table_are_everybody_who_answered_and_nobody_twice():
    poll, chance = crossed(), Random(3)
    ballots = [some_answers(poll, chance) for _ in range(80)]
    for ballot in ballots[:30]:
        ballot["een"] = Declined(Declining.PREFER_NOT)
    for ballot in ballots[30:35]:
        del ballot["een"]
    for table in tally(poll, ballots):
        assert [group.of for group in table.groups] == ["rood", "blauw", "unknown"]
        answered = [b for b in ballots if table.table.question in b]
        assert sum(group.size for group in table.groups) == len(answered) == 80
        for group in table.groups:
            mine = [b for b in ballots if _group_of(b) == group.of]
            if table.statement is None and table.table.question != "volgorde":
                assert dict(group.counts) == _numbers(table.table.question, mine)


def _group_of(ballot) -> str:
    answer = ballot.get("een")
    return answer.options[0] if isinstance(answer, Chosen) else "unknown"


def _numbers(question: str, ballots) -> dict[str, int]:
    found = counted_by_hand(ballots, question)
    if question != "getal":
        return found
    above = sum(count for value, count in found.items() if int(value) > 8)
    return {row: n for row, n in (("0", sum(found.values()) - above), ("1", above)) if n}
