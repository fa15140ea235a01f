"""However much waits, the first screen asks the phone's storage the same few things."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from sync.desk import Desk
from sync.phone import Phone
from tests.support.busy_phone import fill, opened

FEW, MANY = 2, 50
ASKED: dict[str, Callable[[Desk], object]] = {
    "cards": Desk.cards,
    "card": lambda desk: desk.card("poll-1"),
    "status": Desk.status,
    "joined": Desk.joined,
}


@pytest.fixture(scope="module")
def phones(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Phone]:
    folder = tmp_path_factory.mktemp("busy")
    return {polls: opened(folder / str(polls), fill(folder / str(polls), polls)) for polls in (FEW, MANY)}


def statements(phone: Phone, ask: Callable[[Desk], object]) -> list[str]:
    """What one question makes the phone ask its database, without the bounds of transactions."""
    engine: Engine = phone.outbox.engine
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement != "BEGIN IMMEDIATE":
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        ask(Desk(phone))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize("name", ASKED)
def test_a_question_costs_as_many_statements_with_a_hundred_waiting_as_with_four(
    phones: dict[int, Phone], name: str
):
    few, many = (statements(phones[polls], ASKED[name]) for polls in (FEW, MANY))
    assert len(many) == len(few) <= 10, many


def test_no_envelope_is_read_to_show_the_polls(phones: dict[int, Phone]):
    read = statements(phones[MANY], Desk.cards) + statements(phones[MANY], Desk.status)
    assert any("FROM outbox" in statement for statement in read), "the control"
    assert not [statement for statement in read if "envelope" in statement]


def test_a_loop_over_the_polls_would_be_seen(phones: dict[int, Phone]):
    """The control."""
    home = phones[MANY].municipality.id

    def one_by_one(desk: Desk) -> None:
        for card in desk.cards():
            desk.phone.wallet.token(home, card.poll.id, "choices")

    few, many = (len(statements(phones[polls], one_by_one)) for polls in (FEW, MANY))
    assert many - few == MANY - FEW


def test_everything_that_waits_is_shown(phones: dict[int, Phone]):
    assert len(Desk(phones[MANY]).cards()) == Desk(phones[MANY]).status().waiting == MANY
