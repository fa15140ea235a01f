"""Every screen of any poll, on a phone that is where that screen needs it."""

from __future__ import annotations

import json

import pytest

from domain.participation import Standing
from preview.examples import example, made_up_result
from preview.phones import Shown, new_phone
from preview.screens import Moment, fits, screens
from protocol.poll_document import read_poll
from tests.preview.conftest import DUTCH
from tests.support.polls import DEMONSTRATION, EVERY_KIND, document, raw
from views.routes import ROUTES

FILES = [*sorted(DEMONSTRATION.glob("*.json")), EVERY_KIND]


def shown_of(content: bytes) -> Shown:
    poll = read_poll(content)
    return Shown(poll, content, example(poll, "Graag een bankje."))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def shown(request) -> Shown:
    return shown_of(request.param.read_bytes())


def test_every_question_on_the_route_has_a_screen_and_so_has_what_comes_after(shown):
    ids = [screen.id for screen in screens(shown.poll, shown.answers, DUTCH)]

    assert ids[:4] == ["welcome", "join", "polls", "introduction"]
    assert ids.count("question-1") == 1
    assert {"missed", "check", "saved", "sent", "result", "settings", "trouble"} <= set(ids)
    assert len(set(ids)) == len(ids)


def test_every_route_is_one_that_the_app_has(shown):
    known = {"/" if route.index else f"/{route.path}" for route in ROUTES}
    id = shown.poll.id

    for screen in screens(shown.poll, shown.answers, DUTCH):
        parts = [
            ":poll" if part == id else ":number" if part.isdigit() else part
            for part in screen.route.split("/")
        ]
        assert "/".join(parts) in known, screen.id


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        (Moment.NEW, Standing.TO_ANSWER),
        (Moment.ANSWERED, Standing.STARTED),
        (Moment.SAVED, Standing.WAITING),
        (Moment.SENT, Standing.SENT),
        (Moment.ENDED, Standing.COUNTED),
    ],
)
def test_the_phone_is_real_and_stands_where_the_screen_needs_it(shown, moment, standing, tmp_path):
    phone = new_phone(tmp_path, "Heuvelland", shown, moment)
    card = phone.desk.card(shown.poll.id)

    assert card is not None
    assert card.standing is standing
    assert fits(moment, phone.moment, card)
    assert (phone.desk.status().problem == "network") == (moment is Moment.SAVED)
    assert (phone.desk.result(shown.poll.id) is not None) == (moment is Moment.ENDED)


def test_a_phone_on_which_staff_pressed_send_is_no_longer_where_a_question_needs_it(tmp_path):
    shown = shown_of(FILES[0].read_bytes())
    phone = new_phone(tmp_path, "Heuvelland", shown, Moment.ANSWERED)

    phone.desk.send(shown.poll.id, shown.answers)

    assert not fits(Moment.ANSWERED, phone.moment, phone.desk.card(shown.poll.id))


@pytest.mark.parametrize("opens_at", ["2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"])
def test_a_poll_of_any_time_can_be_seen_while_it_is_open(opens_at, tmp_path):
    closes_at = opens_at.replace("-01-01", "-02-01")
    shown = shown_of(raw(document(opens_at=opens_at, closes_at=closes_at)))

    phone = new_phone(tmp_path, "Heuvelland", shown, Moment.NEW)

    assert phone.desk.card(shown.poll.id).standing is Standing.TO_ANSWER


def test_a_poll_that_nobody_can_complete_has_no_screens_beyond_its_questions():
    shown = shown_of(FILES[0].read_bytes())

    ids = {screen.id for screen in screens(shown.poll, None, DUTCH)}

    assert {"introduction", "question-1", "missed", "trouble"} <= ids
    assert not ids & {"check", "saved", "sent", "result"}


def test_a_made_up_result_is_protected_like_any_other(shown):
    result = made_up_result(shown.poll)

    assert {table.question for table in result.tables} == {table.question for table in shown.poll.tables}
    counts = [row.count for table in result.tables for group in table.groups for row in group.rows]
    assert all(count is None or count % 5 == 0 for count in counts)
    assert json.dumps(str(result)) == json.dumps(str(made_up_result(shown.poll))), "the same every time"
