"""The way through a poll, and what a complete response is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.answers import Chosen, Declined, Declining, Figure, Rated, Written, from_plain, to_plain
from domain.conditions import AllOf, Answered, AnyOf, Between, ChoseAny, Not, holds
from domain.errors import AnswerMissing, AnswerUnfit
from domain.fitting import RULES, check_answer
from domain.response import BallotKind, complete_response, split
from domain.route import on_route, steps
from tests.support.polls import every_kind, neighbourhood, transport

WEEKLY = {
    "hoe-vaak": Chosen(("wekelijks",)),
    "waarheen": Chosen(("arts", "familie")),
    "op-tijd": Chosen(("goed",)),
    "cijfer": Figure(Decimal(7)),
    "leeftijd": Chosen(("80-plus",)),
}


def test_who_never_travels_is_not_asked_where_to():
    assert [s.question.id for s in steps(transport(), {"hoe-vaak": Chosen(("nooit",))})] == [
        "hoe-vaak",
        "cijfer",
        "leeftijd",
        "wens",
    ]


def test_answers_on_a_route_no_longer_taken_are_removed():
    changed = {**WEEKLY, "hoe-vaak": Chosen(("nooit",))}
    assert set(on_route(transport(), changed)) == {"hoe-vaak", "cijfer", "leeftijd"}
    assert "waarheen" not in complete_response(transport(), changed).answers


def test_statements_are_asked_one_by_one():
    screens = [s.statement.id for s in steps(neighbourhood(), {}) if s.statement]
    assert screens == ["schoon", "veilig"]


def test_a_skipped_required_question_is_named():
    with pytest.raises(AnswerMissing) as missing:
        complete_response(transport(), {k: v for k, v in WEEKLY.items() if k != "cijfer"})
    assert missing.value.question == "cijfer"


def test_a_statement_that_was_not_judged_is_named():
    answers = {"thuis": Chosen(("mee-eens",)), "stellingen": Rated({"schoon": "eens"})}
    with pytest.raises(AnswerMissing) as missing:
        complete_response(neighbourhood(), answers)
    assert (missing.value.question, missing.value.statement) == ("stellingen", "veilig")


def test_dont_know_counts_as_an_answer():
    response = complete_response(transport(), {**WEEKLY, "cijfer": Declined(Declining.DONT_KNOW)})
    assert response.answers["cijfer"] == Declined(Declining.DONT_KNOW)


def test_free_text_is_split_off_and_its_absence_tells_nothing():
    silent = split(transport(), complete_response(transport(), WEEKLY))
    writing = split(transport(), complete_response(transport(), {**WEEKLY, "wens": Written("Bel terug.")}))
    assert silent[BallotKind.TEXTS] == {}
    assert writing[BallotKind.TEXTS] == {"wens": Written("Bel terug.")}
    assert silent[BallotKind.CHOICES] == writing[BallotKind.CHOICES]


def test_conditions_combine_with_and_or_not():
    yes = ChoseAny("q", ("a",))
    answers = {"q": Chosen(("a", "b")), "n": Figure(Decimal(5))}
    assert holds(AllOf((yes, Between("n", Decimal(5), Decimal(9)))), answers)
    assert holds(AnyOf((ChoseAny("q", ("z",)), Answered("n"))), answers)
    assert not holds(AllOf((yes, Not(Answered("n")))), answers)
    assert not holds(Between("n", at_most=Decimal(4)), answers)
    assert not holds(yes, {})


UNFIT = [
    ("een", Chosen(("groen",)), "option-unknown"),
    ("een", Chosen(("rood", "blauw")), "one-option-only"),
    ("een", Written("rood"), "wrong-kind"),
    ("een", Declined(Declining.DONT_KNOW), "declining-not-offered"),
    ("meer", Chosen(("appel", "peer", "kers")), "too-many-options"),
    ("meer", Chosen(("geen", "appel")), "exclusive-option-with-others"),
    ("cijfer", Figure(Decimal(11)), "figure-out-of-range"),
    ("cijfer", Figure(Decimal("7.5")), "figure-too-precise"),
    ("getal", Figure(Decimal(-1)), "figure-out-of-range"),
    ("volgorde", Chosen(("groen", "licht")), "ranking-incomplete"),
    ("stellingen", Rated({"stil": "ja"}), "statement-unknown"),
    ("stellingen", Rated({"schoon": "misschien"}), "option-unknown"),
    ("tekst", Written("   "), "text-empty"),
    ("tekst", Written("a" * 1001), "text-too-long"),
]


@pytest.mark.parametrize(("question", "answer", "rule"), UNFIT)
def test_an_unfit_answer_is_refused_with_its_rule(question, answer, rule):
    with pytest.raises(AnswerUnfit) as unfit:
        check_answer(every_kind().question(question), answer)
    assert unfit.value.rule == rule


def test_every_rule_about_answers_has_an_example():
    assert {rule for _, _, rule in UNFIT} == set(RULES)


@pytest.mark.parametrize(
    "answer",
    [
        Chosen(("a", "b")),
        Figure(Decimal("2.50")),
        Written("Dag ’s morgens"),
        Rated({"s": "ja"}),
        Declined(Declining.PREFER_NOT),
    ],
)
def test_an_answer_survives_being_written_down(answer):
    assert from_plain(to_plain(answer)) == answer


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"chosen": "a"}, {"figure": "NaN"}, {"figure": "1e99"}, {"declined": "no"}, {"x": 1}],
)
def test_what_is_no_answer_is_refused(data):
    with pytest.raises(ValueError, match=r".+"):
        from_plain(data)
