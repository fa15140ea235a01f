"""The way through a poll: which screens a resident sees, given the answers so far (route)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.answers import Answer, Rated
from domain.conditions import holds
from domain.poll import Kind, Poll, Question, Statement
from domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: a question, or one statement of a question with statements."""

    question: Question
    statement: Statement | None = None

    @property
    def id(self) -> str:
        """Of the screen, within its poll."""
        return f"{self.question.id}.{self.statement.id}" if self.statement else self.question.id

    @property
    def heading(self) -> Texts:
        """The statement, or the question itself."""
        return self.statement.text if self.statement else self.question.text

    def is_answered(self, answers: Mapping[str, Answer]) -> bool:
        answer = answers.get(self.question.id)
        if self.statement is None:
            return answer is not None
        if isinstance(answer, Rated):
            return self.statement.id in answer.ratings
        return answer is not None


def all_steps(poll: Poll) -> tuple[Step, ...]:
    """Every screen that the poll can have, whatever is answered."""
    return tuple(step for question in poll.questions for step in _screens(question))


def on_route(poll: Poll, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers that count: those to questions on the route. Others are left out.

    A condition sees only answers that are themselves on the route.
    """
    kept: dict[str, Answer] = {}
    for question in poll.questions:
        if question.id in answers and _is_asked(question, kept):
            kept[question.id] = answers[question.id]
    return kept


def steps(poll: Poll, answers: Mapping[str, Answer]) -> tuple[Step, ...]:
    """The screens of the route, in order; statements one by one."""
    kept = on_route(poll, answers)
    return tuple(step for q in poll.questions if _is_asked(q, kept) for step in _screens(q))


def _screens(question: Question) -> tuple[Step, ...]:
    if question.kind is Kind.STATEMENTS:
        return tuple(Step(question, statement) for statement in question.statements)
    return (Step(question),)


def _is_asked(question: Question, kept: Mapping[str, Answer]) -> bool:
    return question.show_if is None or holds(question.show_if, kept)
