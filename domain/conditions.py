"""When a question is asked: conditions over earlier answers (doorverwijzing)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.answers import Answer, Chosen, Figure


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts holds (of)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds (en)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold (niet)."""

    part: Condition


@dataclass(frozen=True, slots=True)
class ChoseAny:
    """The answer to `question` contains at least one of `options`."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The figure given to `question` lies within the bounds, both included; None is no bound."""

    question: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The question has an answer, "don't know" included."""

    question: str


Condition = AnyOf | AllOf | Not | ChoseAny | Between | Answered


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether the condition holds. A question without an answer makes its own leaf false."""
    match condition:
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)
        case AllOf(parts):
            return all(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)
        case Answered(question):
            return question in answers
        case ChoseAny(question, options):
            answer = answers.get(question)
            return isinstance(answer, Chosen) and not set(options).isdisjoint(answer.options)
        case Between(question, at_least, at_most):
            figure = answers.get(question)
            return (
                isinstance(figure, Figure)
                and (at_least is None or figure.value >= at_least)
                and (at_most is None or figure.value <= at_most)
            )


def leaves(condition: Condition) -> Iterator[ChoseAny | Between | Answered]:
    """Every leaf of the condition, from left to right."""
    match condition:
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case ChoseAny() | Between() | Answered():
            yield condition
