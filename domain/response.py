"""One resident's complete set of answers to one poll (respons)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.answers import Answer, Declined, Rated
from domain.errors import AnswerMissing
from domain.fitting import check_answer
from domain.poll import Kind, Poll
from domain.route import on_route, steps


class BallotKind(StrEnum):
    """Free text travels as a ballot of its own, so that nobody can put it beside the choices."""

    CHOICES = "choices"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Response:
    """Carries no resident, no device, no id and no clock time."""

    poll: str
    answers: Mapping[str, Answer]


def complete_response(poll: Poll, answers: Mapping[str, Answer]) -> Response:
    """Turn answers into a response: those off the route removed, every rule checked.

    Raises `AnswerMissing` or `AnswerUnfit` for the first step of the route that breaks a rule.
    """
    kept = on_route(poll, answers)
    for step in steps(poll, kept):
        question = step.question
        if question.required and not step.is_answered(kept):
            raise AnswerMissing(question.id, step.statement.id if step.statement else None)
        if question.id in kept:
            check_answer(question, kept[question.id])
    return Response(
        poll.id, {id: a for id, a in kept.items() if not (isinstance(a, Rated) and not a.ratings)}
    )


def split(poll: Poll, response: Response) -> dict[BallotKind, dict[str, Answer]]:
    """The ballots of a response. The choices are always there; the texts only where the poll asks for text.

    A poll that asks for text gets a texts ballot even when nothing was written: its absence would
    tell apart who wrote.
    """
    texts = {q.id for q in poll.questions if q.kind is Kind.TEXT}
    ballots = {BallotKind.CHOICES: {id: a for id, a in response.answers.items() if id not in texts}}
    if texts:
        written = {id: a for id, a in response.answers.items() if id in texts}
        ballots[BallotKind.TEXTS] = {id: a for id, a in written.items() if not isinstance(a, Declined)}
    return ballots
