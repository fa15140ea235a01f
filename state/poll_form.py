"""The answers a resident is giving to one poll: kept at every change, checked when moving on."""

from __future__ import annotations

from dataclasses import dataclass, field

import flet as ft

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated, Written
from domain.errors import AnswerError, AnswerMissing, PollClosed, StorageError
from domain.figures import FigureUnreadable, parse_figure
from domain.fitting import check_answer
from domain.poll import Kind, Poll
from domain.response import complete_response
from domain.route import Step, on_route, steps
from state.services import Services


@ft.observable
@dataclass
class PollForm:
    """`trouble`: why something could not be kept or sent: the word of a `StorageError`, or `closed`.

    `reviewing`: the resident came from the overview, and goes back there. `changing`: something was sent
    before, and counts until this is sent. `keep_copy`: she asked for a copy that she can look at.
    `orders`: how rankings stand on the screen, by question, whether or not they are an answer.
    """

    poll: Poll
    services: Services
    answers: dict[str, Answer] = field(default_factory=dict)
    reviewing: bool = False
    changing: bool = False
    keep_copy: bool = False
    trouble: str | None = None
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[Step, ...]:
        return steps(self.poll, self.answers)

    def step(self, number: int) -> Step:
        """The screen with this number, from 1; the last one for a number past the end."""
        return self.steps[min(max(number, 1), len(self.steps)) - 1]

    def first_unanswered(self) -> int:
        """Where to go on: the number of the first screen without an answer, else 1."""
        numbered = enumerate(self.steps, start=1)
        return next((number for number, step in numbered if not step.is_answered(self.answers)), 1)

    def answer(self, step: Step) -> Answer | None:
        return self.answers.get(step.question.id)

    def choose(self, step: Step, option: str) -> None:
        """One option, or one place on a scale."""
        if step.statement is not None:
            before = self.answer(step)
            ratings = dict(before.ratings) if isinstance(before, Rated) else {}
            self._put(step, Rated({**ratings, step.statement.id: option}))
        elif step.question.kind is Kind.MARK:
            self._put(step, Figure(parse_figure(option)))
        else:
            self._put(step, Chosen((option,)))

    def toggle(self, step: Step, option: str) -> str | None:
        """Tick or untick one of several; an exclusive option and the others exclude each other.

        Returns the rule that keeps a tick off, or None: one too many would have to be taken away later.
        """
        before = self.answer(step)
        chosen = set(before.options) if isinstance(before, Chosen) else set()
        exclusive = {o.id for o in step.question.options if o.exclusive}
        if option in chosen:
            chosen.remove(option)
        elif option in exclusive:
            chosen = {option}
        else:
            chosen = (chosen - exclusive) | {option}
        most = step.question.max_choices
        if most is not None and len(chosen) > most:
            return "too-many-options"
        if chosen:
            self._put(step, Chosen(tuple(o.id for o in step.question.options if o.id in chosen)))
        else:
            self._remove(step)
        return None

    def decline(self, step: Step, why: Declining) -> None:
        """ "Don't know" or "prefer not to say"."""
        self._put(step, Declined(why))

    def write(self, step: Step, text: str) -> None:
        """What stands in the field now; kept as an answer as soon as it is one."""
        if not text.strip():
            self._remove(step)
        elif step.question.kind is Kind.TEXT:
            self._put(step, Written(text))
        else:
            try:
                self._put(step, Figure(parse_figure(text)))
            except FigureUnreadable:
                self._remove(step)

    def typed(self, step: Step) -> str:
        """What stands in the field when the screen opens."""
        match self.answer(step):
            case Written(text):
                return text
            case Figure(value):
                return str(value)
            case _:
                return ""

    def ranking(self, step: Step) -> tuple[str, ...]:
        """The order on the screen: hers, or the printed one, which is no answer until she says so."""
        answer = self.answer(step)
        if isinstance(answer, Chosen):
            return answer.options
        return self.orders.get(step.question.id) or tuple(o.id for o in step.question.options)

    def agree(self, step: Step) -> None:
        """The order on the screen is the answer, or is not any more."""
        order = self.orders[step.question.id] = self.ranking(step)
        if isinstance(self.answer(step), Chosen):
            self._remove(step)
        else:
            self._put(step, Chosen(order))

    def move(self, step: Step, option: str, places: int) -> None:
        """Move an option up (-1) or down (+1) in a ranking; who does so has an answer."""
        order = list(self.ranking(step))
        old = order.index(option)
        order.insert(min(max(old + places, 0), len(order) - 1), order.pop(old))
        self._put(step, Chosen(tuple(order)))

    def problem(self, step: Step, typed: str = "") -> str | None:
        """The rule that keeps the resident on this screen, or None."""
        question = step.question
        if question.kind is Kind.NUMBER and typed.strip() and self.answer(step) is None:
            return "figure-unreadable"
        if not step.is_answered(self.answers):
            return "answer-missing" if question.required else None
        try:
            check_answer(question, self.answers[question.id])
        except AnswerError as error:
            return error.rule
        return None

    def incomplete(self) -> int | None:
        """The number of the first screen that keeps the response from being complete, or None."""
        try:
            complete_response(self.poll, self.answers)
        except AnswerError as error:
            statement = error.statement if isinstance(error, AnswerMissing) else None
            for number, step in enumerate(self.steps, start=1):
                same = statement is None or (step.statement is not None and step.statement.id == statement)
                if step.question.id == error.question and same:
                    return number
        return None

    def toggle_copy(self) -> None:
        self.keep_copy = not self.keep_copy

    def send(self) -> bool:
        """Seal the response into the outbox. False if it could not be: `trouble` says why."""
        try:
            self.services.desk.send(self.poll.id, self.answers, self.keep_copy)
        except PollClosed:
            self.trouble = "closed"
        except StorageError as error:
            self.trouble = error.word
        else:
            self.trouble = None
            self.services.synchronise()
            return True
        return False

    def summary(self) -> list[tuple[int, Step, Answer | None]]:
        """Every screen of the route, numbered from 1, with its answer."""
        kept = on_route(self.poll, self.answers)
        return [(number, step, kept.get(step.question.id)) for number, step in enumerate(self.steps, start=1)]

    def _put(self, step: Step, answer: Answer) -> None:
        self._keep({**self.answers, step.question.id: answer})

    def _remove(self, step: Step) -> None:
        self._keep({id: a for id, a in self.answers.items() if id != step.question.id})

    def _keep(self, answers: dict[str, Answer]) -> None:
        """Keep on the phone at once. What is on a route no longer taken stays in the draft: a resident
        who changes her mind twice finds it again. It is removed when she sends."""
        try:
            self.services.desk.save(self.poll.id, answers)
            self.trouble = None
        except StorageError as error:
            self.trouble = error.word
        self.answers = answers
