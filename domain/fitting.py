"""Whether an answer fits its question."""

from __future__ import annotations

from collections.abc import Callable

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated, Written
from domain.errors import AnswerUnfit
from domain.extent import BYTES_PER_CHARACTER, written_size
from domain.poll import PICKS_ONE, Kind, Question

MARKS = (1, 10)
"""A Dutch school mark (rapportcijfer): 1 is the worst, 10 the best."""

RULES = (
    "wrong-kind",
    "declining-not-offered",
    "option-unknown",
    "one-option-only",
    "too-many-options",
    "exclusive-option-with-others",
    "ranking-incomplete",
    "figure-out-of-range",
    "figure-too-precise",
    "text-too-long",
    "text-empty",
    "statement-unknown",
)


def check_answer(question: Question, answer: Answer) -> None:
    """Raise `AnswerUnfit` with one of `RULES` if the answer does not fit the question."""
    if isinstance(answer, Declined):
        _need(answer.why in offered_declining(question), question, "declining-not-offered")
        return
    checks: dict[type, Callable[[Question, Answer], None]] = {
        Chosen: _check_chosen,
        Figure: _check_figure,
        Written: _check_written,
        Rated: _check_rated,
    }
    checks[type(answer)](question, answer)


def offered_declining(question: Question) -> tuple[Declining, ...]:
    """Which of "don't know" and "prefer not to say" this question offers."""
    offered = []
    if question.dont_know:
        offered.append(Declining.DONT_KNOW)
    if question.prefer_not:
        offered.append(Declining.PREFER_NOT)
    return tuple(offered)


def _need(condition: bool, question: Question, rule: str) -> None:
    if not condition:
        raise AnswerUnfit(question.id, rule)


def _check_chosen(question: Question, answer: Answer) -> None:
    assert isinstance(answer, Chosen)
    chosen, kind = answer.options, question.kind
    _need(kind in PICKS_ONE or kind in (Kind.SEVERAL, Kind.RANKING), question, "wrong-kind")
    known = {option.id for option in question.options}
    _need(
        bool(chosen) and set(chosen) <= known and len(set(chosen)) == len(chosen), question, "option-unknown"
    )
    if kind in PICKS_ONE:
        _need(len(chosen) == 1, question, "one-option-only")
    elif kind is Kind.RANKING:
        _need(set(chosen) == known, question, "ranking-incomplete")
    else:
        most = question.max_choices or len(known)
        _need(len(chosen) <= most, question, "too-many-options")
        alone = any(option.exclusive and option.id in chosen for option in question.options)
        _need(not alone or len(chosen) == 1, question, "exclusive-option-with-others")


def _check_figure(question: Question, answer: Answer) -> None:
    assert isinstance(answer, Figure)
    _need(question.kind in (Kind.MARK, Kind.NUMBER), question, "wrong-kind")
    low, high = question.minimum, question.maximum
    decimals = question.decimals
    if question.kind is Kind.MARK:
        _need(MARKS[0] <= answer.value <= MARKS[1], question, "figure-out-of-range")
        decimals = 0
    _need(low is None or answer.value >= low, question, "figure-out-of-range")
    _need(high is None or answer.value <= high, question, "figure-out-of-range")
    _need(answer.value == round(answer.value, decimals), question, "figure-too-precise")


def _check_written(question: Question, answer: Answer) -> None:
    assert isinstance(answer, Written)
    _need(question.kind is Kind.TEXT, question, "wrong-kind")
    _need(bool(answer.text.strip()), question, "text-empty")
    _need(len(answer.text) <= question.max_length, question, "text-too-long")
    _need(written_size(answer.text) <= BYTES_PER_CHARACTER * question.max_length, question, "text-too-long")


def _check_rated(question: Question, answer: Answer) -> None:
    assert isinstance(answer, Rated)
    _need(question.kind is Kind.STATEMENTS, question, "wrong-kind")
    statements = {statement.id for statement in question.statements}
    scale = {option.id for option in question.options} | {why.value for why in offered_declining(question)}
    for statement, option in answer.ratings.items():
        _need(statement in statements, question, "statement-unknown")
        _need(option in scale, question, "option-unknown")
