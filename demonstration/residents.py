"""Invented residents: real phones without a screen, through `sync/`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random

import httpx

from demonstration.town import Town, now
from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated
from domain.poll import PICKS_ONE, Kind, Poll, Question
from domain.route import on_route
from protocol.codes import Code, to_link_part
from storage.database import open_phone
from sync.client import Client
from sync.desk import Desk
from sync.phone import Phone
from sync.run import Synchroniser


class Resident:
    """One invented person with one phone in `folder`."""

    def __init__(self, town: Town, folder: Path, http: httpx.AsyncClient) -> None:
        self.phone = Phone.on(open_phone(folder), town.municipality(), now, secrets.token_bytes)
        self.desk = Desk(self.phone)
        self.synchroniser = Synchroniser(self.phone, Client(http), lambda: None)

    async def join(self, code: Code | None) -> None:
        """Join and draw tokens: two rounds, the first to hear of the polls."""
        if code is None:
            self.desk.join_without_code()
        else:
            self.desk.join(to_link_part(code))
        await self.sync()

    async def sync(self) -> None:
        problem = await self.synchroniser.round()
        if problem is not None:
            raise problem


def some_answers(poll: Poll, chance: Random) -> dict[str, Answer]:
    """A likely set of answers, on the route."""
    answers: dict[str, Answer] = {}
    for question in poll.questions:
        if (answer := _answer(question, chance)) is not None:
            answers[question.id] = answer
    return on_route(poll, answers)


def _answer(question: Question, chance: Random) -> Answer | None:
    ids = [option.id for option in question.options]
    weights = range(1, len(ids) + 1)
    if question.dont_know and question.kind is not Kind.STATEMENTS and chance.random() < 0.05:
        return Declined(Declining.DONT_KNOW)
    if question.kind in PICKS_ONE:
        return Chosen(tuple(chance.choices(ids, weights)))
    if question.kind is Kind.SEVERAL:
        usual = [option.id for option in question.options if not option.exclusive]
        most = min(question.max_choices or len(usual), len(usual))
        return Chosen(tuple(chance.sample(usual, chance.randint(1, most))))
    if question.kind is Kind.RANKING:
        return Chosen(tuple(chance.sample(ids, len(ids))))
    if question.kind is Kind.STATEMENTS:
        return Rated({s.id: chance.choices(ids, weights)[0] for s in question.statements})
    if question.kind is Kind.MARK:
        return Figure(Decimal(chance.choice([5, 6, 7, 7, 8, 8, 9])))
    if question.kind is Kind.NUMBER:
        return Figure(Decimal(chance.randint(int(question.minimum or 0), int(question.maximum or 40))))
    return None


def counted_by_hand(given: list[Mapping[str, Answer]], question: str) -> dict[str, int]:
    """How often each option was given: an independent count to hold the real one against."""
    found: dict[str, int] = {}
    for answers in given:
        answer = answers.get(question)
        names = answer.options if isinstance(answer, Chosen) else ()
        if isinstance(answer, Figure):
            names = (str(int(answer.value)),)
        if isinstance(answer, Declined):
            names = (answer.why.value,)
        for name in names:
            found[name] = found.get(name, 0) + 1
    return found
