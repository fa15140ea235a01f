"""A result on staff's screen: every row in words, and nothing that was withheld."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated
from domain.result import Counts, Result, Withheld
from i18n.wording import Wording
from results.disclosure import release
from results.tally import tally
from staff.count_text import WITHHELD, result_text
from tests.support.polls import every_kind, transport

DUTCH = Wording("nl", "staff")
COUNTS = Counts(invited=1200, issued=70, received=60, invalid=1, late=2, below_threshold=3)


def lines(poll, ballots: list[dict[str, Answer]]) -> list[str]:
    counts = replace(COUNTS, received=len(ballots) or COUNTS.received)
    result = Result(poll.id, counts, release(poll, tally(poll, ballots), counts))
    return [" ".join(line.split()) for line in result_text(poll, result, DUTCH).splitlines()]


def test_the_counts_come_first():
    assert lines(transport(), [])[:6] == [
        "Uitgenodigd 1.200",
        "Telefoons die konden meedoen 70",
        "Geteld 60",
        "Ongeldig, niet geteld 1",
        "Te laat, niet geteld 2",
        "Doorgegeven in een te kleine groep 3",
    ]


def test_a_broken_down_table_says_what_is_withheld_and_why_nothing_is_there():
    young, old, silent = (Chosen(("tot-65",)), Chosen(("80-plus",)), Declined(Declining.PREFER_NOT))
    late, good = Chosen(("slecht",)), Chosen(("goed",))
    ballots: list[dict[str, Answer]] = [
        *[{"op-tijd": late, "leeftijd": young}] * 20,
        *[{"op-tijd": good, "leeftijd": old}] * 10,
        *[{"op-tijd": late, "leeftijd": old}] * 10,
        *[{"op-tijd": good, "leeftijd": silent}] * 20,
    ]
    said = lines(transport(), ballots)
    table = said[said.index("Komt het vervoer op tijd? Naar: Hoe oud bent u?") :]

    assert table[1:4] == [
        "Jonger dan 65 jaar (ongeveer 20 mensen)",
        "Bijna nooit bijna iedereen",
        "Soms weinig of niemand",
    ]
    assert "Bijna altijd 10 50%" in table
    assert "Onbekend (ongeveer 20 mensen)" in table
    assert "Te weinig antwoorden: deze tabel wordt niet gepubliceerd." in said


def test_every_kind_of_question_has_words_for_its_rows():
    answers: dict[str, Answer] = {
        "getal": Figure(Decimal(9)),
        "cijfer": Figure(Decimal(8)),
        "volgorde": Chosen(("rust", "groen", "licht")),
        "stellingen": Rated({"schoon": "ja", "veilig": "dont-know"}),
    }
    said = lines(every_kind(), [answers] * 20)

    for wanted in (
        "Hoeveel uren helpt u?",
        "8 of minder 0 0%",
        "Meer dan 8 20 100%",
        "Gemiddeld cijfer: 8",
        "Wat is het belangrijkst? Op de eerste plaats:",
        "Rust 20 100%",
        "Wat vindt u van uw straat? Mijn straat is veilig.",
        "Weet ik niet 20 100%",
    ):
        assert wanted in said


def test_a_long_label_does_not_push_its_figures_away():
    said = result_text(every_kind(), Result("x", COUNTS, ()), Wording("en", "staff"))
    assert {len(line) for line in said.splitlines()} == {70}


@pytest.mark.parametrize(
    ("invited", "said"),
    [
        (19, "Er zijn minder dan 20 mensen uitgenodigd: deze tabel wordt niet gepubliceerd."),
        (20, "Te weinig antwoorden: deze tabel wordt niet gepubliceerd."),
    ],
)
def test_a_withheld_table_says_why(invited: int, said: str):
    counts = replace(COUNTS, invited=invited, received=5)
    ballots = [{"hoe-vaak": Chosen(("nooit",))}] * 5
    result = Result("x", counts, release(transport(), tally(transport(), ballots), counts))
    assert f"  {said}" in result_text(transport(), result, DUTCH).splitlines()


def test_every_reason_to_withhold_a_table_has_words():
    of_a_table = set(Withheld) - {Withheld.FEW_IN_GROUP, Withheld.NEARLY_ALL_IN_GROUP}
    assert set(WITHHELD) == of_a_table
    assert len({DUTCH.text(words) for words in WITHHELD.values()}) == len(of_a_table)
