"""A result on staff's screen: every row in words, and nothing that was withheld."""

from __future__ import annotations

from decimal import Decimal

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated
from domain.result import Counts, Result
from i18n.wording import Wording
from results.disclosure import release
from results.tally import tally
from staff.count_text import result_text
from tests.support.polls import every_kind, transport

DUTCH = Wording("nl", "staff")
COUNTS = Counts(invited=1200, issued=70, received=60, invalid=1, late=2, below_threshold=3)


def lines(poll, ballots: list[dict[str, Answer]]) -> list[str]:
    result = Result(poll.id, COUNTS, release(poll, tally(poll, ballots)))
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
