"""The screens of the app that make sense for a poll, and what has happened on the phone before each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.answers import Answer
from domain.participation import PollCard, Standing
from domain.poll import Poll
from domain.route import steps
from i18n.wording import Wording

LONGEST_TITLE = 60
"""Characters of a question in the list of screens."""


class Moment(StrEnum):
    """How far a resident is. `any`: that does not matter to this screen."""

    FIRST = "first"
    CODE = "code"
    NEW = "new"
    ANSWERED = "answered"
    SAVED = "saved"
    SENT = "sent"
    ENDED = "ended"
    STUCK = "stuck"
    ANY = "any"


_STANDINGS = {
    Moment.NEW: (Standing.TO_ANSWER,),
    Moment.ANSWERED: (Standing.STARTED,),
    Moment.SAVED: (Standing.WAITING,),
    Moment.SENT: (Standing.SENT,),
    Moment.ENDED: (Standing.COUNTED, Standing.MISSED),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """`press`: the English word of a button that is pressed once the screen is there."""

    id: str
    title: str
    route: str
    moment: Moment
    press: str = ""


def screens(poll: Poll, answers: Mapping[str, Answer] | None, say: Wording) -> list[Screen]:
    """In the order in which a resident meets them. `answers`: of an example, on the route; None where
    nobody can complete the poll: then nothing can be sent.
    """
    given, base = answers or {}, f"/polls/{poll.id}"
    found = [
        Screen("welcome", say.text("First screen"), "/", Moment.FIRST),
        Screen("join", say.text("Join with a code"), "/join", Moment.CODE),
        Screen("polls", say.text("All polls"), "/polls", Moment.ANSWERED if given else Moment.NEW),
        Screen("introduction", say.text("Introduction of the poll"), base, Moment.NEW),
        *_questions(poll, given, say),
    ]
    if missed := _missed(poll, say):
        found.append(missed)
    if answers is not None:
        found += _afterwards(poll, base, say)
    return [*found, *_beside(say)]


def fits(moment: Moment, now: Moment, card: PollCard | None) -> bool:
    """Whether a phone that was made for `now`, and on which the poll stands as on `card`, is good for
    `moment`: staff may have pressed buttons since.
    """
    if moment is Moment.ANY:
        return now not in (Moment.FIRST, Moment.STUCK)
    if moment is not now:
        return False
    return moment not in _STANDINGS or (card is not None and card.standing in _STANDINGS[moment])


def _questions(poll: Poll, given: Mapping[str, Answer], say: Wording) -> list[Screen]:
    found = []
    for number, step in enumerate(steps(poll, given), start=1):
        heading = step.heading.get(say.language)
        short = heading if len(heading) <= LONGEST_TITLE else f"{heading[: LONGEST_TITLE - 1]}…"
        title = say.text("Question {number}: {question}", number=number, question=short)
        route = f"/polls/{poll.id}/questions/{number}"
        found.append(Screen(f"question-{number}", title, route, Moment.ANSWERED if given else Moment.NEW))
    return found


def _missed(poll: Poll, say: Wording) -> Screen | None:
    """The first question that may not be passed over, passed over."""
    for number, step in enumerate(steps(poll, {}), start=1):
        if step.question.required:
            title = say.text("A question that was passed over")
            route = f"/polls/{poll.id}/questions/{number}"
            return Screen("missed", title, route, Moment.NEW, press="Next")
    return None


def _afterwards(poll: Poll, base: str, say: Wording) -> list[Screen]:
    found = [
        Screen("check", say.text("All answers"), f"{base}/check", Moment.ANSWERED),
        Screen("saved", say.text("Saved, without internet"), f"{base}/sent", Moment.SAVED),
        Screen("sent", say.text("Sent"), f"{base}/sent", Moment.SENT),
    ]
    if poll.tables:
        title = say.text("Result, with made-up numbers")
        found.append(Screen("result", title, f"{base}/result", Moment.ENDED))
    return found


def _beside(say: Wording) -> list[Screen]:
    return [
        Screen("settings", say.text("Display"), "/settings", Moment.ANY),
        Screen("privacy", say.text("Who can see what"), "/privacy", Moment.ANY),
        Screen("help", say.text("Help"), "/help", Moment.ANY),
        Screen("trouble", say.text("The app cannot start"), "/", Moment.STUCK),
    ]
