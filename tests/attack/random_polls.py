"""Polls with their residents' answers, at random, as far as `domain.checks` lets polls go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated
from domain.poll import Kind, Poll, Question
from domain.response import complete_response
from protocol.poll_document import read_poll

BY, ABOUT, AFTER, EXTRA = "wie", "wat", "daarna", "nog"
PICKING = ("one", "smiley", "agreement")


def random_poll(chance: Random) -> Poll:
    """One question about people, one broken down by it, one asked after some answers, one more."""
    asked_after = chance.choice((BY, ABOUT))
    by = _picking(BY, "one", chance.randint(2, 6), chance)
    about = _about(chance)
    condition_on = by if asked_after == BY or about["kind"] not in PICKING else about
    some = [o["id"] for o in condition_on["options"]][: chance.randint(1, len(condition_on["options"]) - 1)]
    condition: dict[str, Any] = {"question": condition_on["id"], "chose": some}
    after = _picking(AFTER, "one", chance.randint(2, 4), chance)
    after["show_if"] = {"not": condition} if chance.random() < 0.5 else condition
    extra = {"id": EXTRA, "kind": "mark", "text": {"nl": "?"}, "required": chance.random() < 0.5}
    crossed = AFTER if chance.random() < 0.3 else ABOUT
    one_way = [q["id"] for q in (by, about, after, extra) if chance.random() < 0.9]
    tables: list[dict[str, str]] = [{"question": id} for id in one_way]
    tables.insert(chance.randint(0, len(tables)), {"question": crossed, "by": BY})
    return read_poll(_raw([by, about, after, extra], tables, chance))


def random_answers(poll: Poll, chance: Random, people: int) -> list[Mapping[str, Answer]]:
    """Groups of very different sizes and minds: some nearly of one mind, as real ones can be."""
    minds: dict[tuple[str, str], list[float]] = {}
    given: list[Mapping[str, Answer]] = []
    for _ in range(people):
        who = ""
        answers: dict[str, Answer] = {}
        for question in poll.questions:
            if not question.required and chance.random() < 0.15:
                continue
            answers[question.id] = _answer(question, who, minds, chance)
            if question.id == BY:
                who = str(answers[BY])
        given.append(complete_response(poll, answers).answers)
    return given


def _raw(questions: Sequence[Any], tables: Sequence[Any], chance: Random) -> bytes:
    text = {"nl": "Iets"}
    data: dict[str, Any] = {
        "id": "aanval",
        **dict.fromkeys(("topic", "title", "introduction"), text),
        "languages": ["nl"],
        "opens_at": "2026-11-01T08:00:00Z",
        "closes_at": "2026-12-31T16:00:00Z",
        "access": chance.choice(("open", "invited")),
        "questions": questions,
        "tables": tables,
    }
    return json.dumps(data).encode()


def _picking(id: str, kind: str, options: int, chance: Random) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "text": {"nl": "?"},
        "required": chance.random() < 0.8,
        "dont_know": chance.random() < 0.3,
        "prefer_not": chance.random() < 0.3,
        "options": [{"id": f"{id}-{n}", "label": {"nl": f"{n}"}} for n in range(options)],
    }


def _about(chance: Random) -> dict[str, Any]:
    kind = chance.choice((*PICKING, "several", "mark"))
    if kind == "mark":
        return {"id": ABOUT, "kind": kind, "text": {"nl": "?"}, "dont_know": chance.random() < 0.3}
    options = {"smiley": 3, "agreement": 5}.get(kind) or chance.randint(2, 5)
    return _picking(ABOUT, kind, options, chance)


def _answer(
    question: Question, who: str, minds: dict[tuple[str, str], list[float]], chance: Random
) -> Answer:
    if question.dont_know and chance.random() < 0.06:
        return Declined(Declining.DONT_KNOW)
    if question.prefer_not and chance.random() < 0.06:
        return Declined(Declining.PREFER_NOT)
    ids = [option.id for option in question.options] or [str(mark) for mark in range(1, 11)]
    key = (question.id, who)
    if key not in minds:
        sharp = chance.choice((0.5, 1.5, 5.0))
        minds[key] = [chance.random() ** sharp + 1e-6 for _ in ids]
    [liked] = chance.choices(ids, minds[key])
    if question.kind is Kind.MARK:
        return Figure(Decimal(liked))
    if question.kind is Kind.STATEMENTS:
        return Rated({statement.id: liked for statement in question.statements})
    if question.kind is Kind.SEVERAL:
        more = [
            id for id, mind in zip(ids, minds[key], strict=True) if id != liked and chance.random() < mind
        ]
        return Chosen((liked, *more))
    return Chosen((liked,))
