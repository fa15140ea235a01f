"""A resident reads what people said: sentences that are true, tables that add up, nothing said twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import flet as ft
import pytest

from components.result_sentence import sentence
from domain.answers import Answer, Chosen, Figure
from domain.participation import Standing
from domain.poll import Kind, Poll
from domain.result import Action, Counts, Feedback, Group, Promise, Result, Row, Withheld
from domain.texts import Texts
from i18n.wording import Wording
from results.disclosure import release
from results.rounding import percentages
from results.tally import tally
from tests.support.desk import FakeDesk, card
from tests.support.polls import every_kind
from tests.views.test_answering import opened

DUTCH = Wording("nl")
ROUNDING = "We ronden aantallen af: 5, 10, 15 en zo verder. Zo is niemand te herkennen."
TOGETHER = "Mensen konden meer dan één antwoord geven. Samen kan het dus meer zijn dan 100%."


def group(*counts: int, size: int | None = None) -> Group:
    size = size or sum(counts)
    percents = percentages(counts, size, several=False)
    return Group((), size, tuple(Row(f"r{n}", c, percents[n]) for n, c in enumerate(counts)))


def said(found: Group, kind: Kind = Kind.ONE) -> str:
    names = {f"r{n}": f"{n + 1}" for n in range(10)}
    return sentence(found, kind, names, DUTCH).removeprefix(f"Ongeveer {found.size} mensen gaven antwoord. ")


@pytest.mark.parametrize(
    ("counts", "kind", "expected"),
    [
        ((5, 10, 15), Kind.ONE, "Het vaakst gekozen: 3 (50%)."),
        ((15, 15, 5), Kind.ONE, "Het vaakst gekozen, ongeveer even vaak: 1 en 2."),
        ((10, 15, 15, 15, 15), Kind.MARK, "Het vaakst gekozen, ongeveer even vaak: 2, 3, 4 en 5."),
        ((10, 10, 10), Kind.SMILEY, "Alle antwoorden zijn ongeveer even vaak gegeven."),
        ((20, 10), Kind.RANKING, "Het vaakst op de eerste plaats gezet: 1 (67%)."),
        ((15, 15, 0), Kind.RANKING, "Het vaakst op de eerste plaats gezet, ongeveer even vaak: 1 en 2."),
        ((5, 20), Kind.NUMBER, "Het vaakst geantwoord: 2 (80%)."),
        ((20, 20, 5), Kind.NUMBER, "Het vaakst geantwoord, ongeveer even vaak: 1 en 2."),
        ((30, 0), Kind.ONE, "Bijna iedereen antwoordde: 1."),
    ],
)
def test_the_sentence_of_a_table_is_true_also_where_no_answer_stands_out(counts, kind, expected):
    assert said(group(*counts), kind) == expected


def test_what_is_withheld_because_nearly_all_said_it_is_what_most_people_said():
    most = Row("r0", None, None, Withheld.NEARLY_ALL_IN_GROUP)
    other = Row("r1", 5, 13)
    assert said(Group(("jong",), 40, (most, other))) == "Bijna iedereen antwoordde: 1."


def test_where_each_answer_was_given_by_a_few_none_is_called_the_most_chosen():
    few = tuple(Row(f"r{n}", None, None, Withheld.FEW_IN_GROUP) for n in range(8))
    assert said(Group(("jong",), 15, few)) == "Elk antwoord is door maar een paar mensen gegeven."
    assert said(group(0, 0, 0, 0, 0, size=10)) == "Elk antwoord is door maar een paar mensen gegeven."


def answers(number: int) -> dict[str, Answer]:
    return {
        "een": Chosen((("rood", "rood", "blauw")[number % 3],)),
        "meer": Chosen(("appel", "peer") if number % 2 else ("appel",)),
        "cijfer": Figure(Decimal((6, 8)[number % 2])),
    }


def outcome(poll: Poll) -> Result:
    counts = Counts(100, 80, 60, 0, 0, 0)
    return Result(poll.id, counts, release(poll, tally(poll, [answers(n) for n in range(60)]), counts))


def heard(poll: Poll) -> Feedback:
    will = Action(Promise.WILL, Texts({"nl": "Er komt een bankje."}), Texts({"nl": "in mei"}))
    return Feedback(poll.id, date(2027, 1, 2), Texts({"nl": "U wilt zitten."}), (will,))


def desk_with(poll: Poll) -> FakeDesk:
    desk = FakeDesk([card(poll, Standing.COUNTED, has_result=True, has_feedback=True, ended=True)])
    desk.results[poll.id], desk.feedbacks[poll.id] = outcome(poll), heard(poll)
    return desk


async def test_each_table_says_in_words_and_figures_what_people_chose():
    screen = await opened(desk_with(every_kind()), "/polls/alle-soorten/result")
    texts = screen.texts()
    assert "Ongeveer 60 mensen gaven antwoord. Het vaakst gekozen: Rood (67%)." in texts
    assert {"67%", "33%", "40 mensen", "20 mensen"} <= set(texts)
    tables = screen.all(ft.DataTable)
    heard_of_first = [control.label for control in screen.all(ft.Semantics, within=tables[0])]
    assert [label for label in heard_of_first if label] == [
        "Antwoord",
        "Hoeveel",
        "67%, ongeveer 40 mensen",
        "33%, ongeveer 20 mensen",
    ]


async def test_what_is_true_of_all_tables_is_said_once():
    poll = every_kind()
    twice = replace(poll, tables=(*poll.tables, *(t for t in poll.tables if t.question == "meer")))
    texts = (await opened(desk_with(twice), "/polls/alle-soorten/result")).texts()
    met = Counter(note for note in (ROUNDING, TOGETHER) for text in texts if note in text)
    assert met == {ROUNDING: 1, TOGETHER: 1}
    assert sum("Het vaakst gekozen: Appel (100%)" in t or "antwoordde: Appel" in t for t in texts) == 2


async def test_nobody_is_called_nobody_in_the_same_words_everywhere():
    texts = (await opened(desk_with(every_kind()), "/polls/alle-soorten/result")).texts()
    assert "bijna niemand" in texts
    assert not [text for text in texts if text.startswith("0%") or text == "0 mensen"]


async def test_marks_that_nobody_gave_take_no_room():
    screen = await opened(desk_with(every_kind()), "/polls/alle-soorten/result")
    texts = screen.texts()
    assert "Het gemiddelde cijfer is ongeveer een 7." in texts
    assert "Bijna niemand gaf een ander cijfer." in texts
    [marks] = [table for table in screen.all(ft.DataTable) if len(table.rows) == 3]
    shown = [control.value for control in screen.all(ft.Text, within=marks)]
    assert [value for value in shown if value.isdigit()] == ["6", "7", "8"]


async def test_when_something_happens_is_a_line_of_its_own():
    texts = (await opened(desk_with(every_kind()), "/polls/alle-soorten/result")).texts()
    assert texts[texts.index("Er komt een bankje.") + 1] == "Wanneer: in mei"
