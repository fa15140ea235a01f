"""Made-up answers to any poll: of one resident, and of many for a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random

from demonstration.residents import some_answers
from domain.answers import Answer, Written
from domain.errors import AnswerError
from domain.poll import Kind, Poll
from domain.response import complete_response
from domain.result import Counts, Result
from domain.route import on_route
from results.disclosure import release
from results.tally import tally

TRIES = 200
INVITED, JOINED = 480, 240
"""People in a made-up result: enough for a table that is broken down."""


def example(poll: Poll, written: str) -> dict[str, Answer] | None:
    """One resident's answers, with `written` where text is asked; None where no complete ones were found.

    Of several, those with the longest route: it shows most questions.
    """
    found = list(islice(_complete(poll, written), 20))
    return max(found, key=len) if found else None


def made_up_result(poll: Poll) -> Result:
    """What would be published if people had answered at random; protected like any other."""
    given: list[Mapping[str, Answer]] = list(islice(_complete(poll, ""), JOINED))
    counts = Counts(INVITED, len(given), len(given), 0, 0, 0)
    return Result(poll.id, counts, release(poll, tally(poll, given), counts))


def _complete(poll: Poll, written: str) -> Iterator[dict[str, Answer]]:
    """Complete sets of answers, the same every time."""
    for seed in range(TRIES + JOINED):
        answers = some_answers(poll, Random(seed))  # noqa: S311  (made up, and the same every time)
        for question in poll.questions:
            if question.kind is Kind.TEXT and (written or question.required):
                answers[question.id] = Written((written or "x")[: question.max_length])
        try:
            yield dict(complete_response(poll, on_route(poll, answers)).answers)
        except AnswerError:
            continue
