"""The outbox: a sealed ballot stays until it was counted, and no drainer gets in the way of another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from domain.answers import Written
from storage.outbox import LONGEST_PAUSE, Outbox, OutboxState, Overtaken, Progress, SealedBallot
from tests.storage.conftest import drafts_of

NOW = 1_800_000_000.0
YEAR = 365 * 24 * 3600.0
BALLOT = SealedBallot("waterrijk", "poll", "choices", 1, b"envelope", "line")
TEXTS = replace(BALLOT, kind="texts", line="another line")


@pytest.fixture
def outbox(engine: Engine) -> Outbox:
    return Outbox(engine)


def test_a_ballot_comes_back_as_it_was_put(outbox: Outbox):
    outbox.put([BALLOT, TEXTS])
    assert outbox.all("waterrijk") == [BALLOT, TEXTS]
    assert outbox.due("waterrijk", NOW) == [TEXTS, BALLOT], "in the order of their lines, which are random"
    assert outbox.all("elders") == []


def test_putting_the_ballots_removes_the_draft_with_them(outbox: Outbox, engine: Engine):
    drafts = drafts_of(engine)
    drafts.put("waterrijk", "poll", {"a": Written("x")})
    drafts.put("waterrijk", "other", {"a": Written("x")})

    def ballots():
        yield BALLOT
        raise RuntimeError("killed here")

    with pytest.raises(RuntimeError):
        outbox.put(ballots())
    assert outbox.all("waterrijk") == []
    assert "poll" in drafts.polls("waterrijk"), "all of it or nothing"
    outbox.put([BALLOT, TEXTS])
    assert drafts.polls("waterrijk") == {"other"}


def test_a_newer_revision_takes_the_place_of_the_older_and_waits_again(outbox: Outbox):
    outbox.put([BALLOT])
    outbox.mark(BALLOT, OutboxState.SET_ASIDE, "malformed")
    outbox.postpone(BALLOT, NOW + 60)
    newer = replace(BALLOT, revision=2, envelope=b"newer")
    outbox.put([newer])
    assert outbox.all("waterrijk") == [newer]


def test_what_happened_to_an_older_revision_says_nothing_of_the_newer(outbox: Outbox):
    newer = replace(BALLOT, revision=2)
    outbox.put([BALLOT])
    outbox.put([newer])
    outbox.mark(BALLOT, OutboxState.HANDED_OVER)
    outbox.postpone(BALLOT, NOW + 60)
    assert outbox.all("waterrijk") == [newer]
    outbox.mark(newer, OutboxState.HANDED_OVER)
    assert outbox.all("waterrijk") == [replace(newer, state=OutboxState.HANDED_OVER)], "the control"


def test_what_was_sent_from_another_tab_in_between_is_not_lost_silently(outbox: Outbox):
    outbox.put([BALLOT])
    outbox.mark(BALLOT, OutboxState.HANDED_OVER)
    with pytest.raises(Overtaken):
        outbox.put([replace(TEXTS, revision=1), replace(BALLOT, envelope=b"the other's")])
    assert outbox.all("waterrijk") == [replace(BALLOT, state=OutboxState.HANDED_OVER)], "not half of it"


def test_a_ballot_without_a_token_waits_until_it_is_stamped(outbox: Outbox):
    sealed = replace(BALLOT, envelope=b"", content=b"content", state=OutboxState.SEALED)
    outbox.put([sealed])
    assert (outbox.due("waterrijk", NOW), outbox.sealed("waterrijk")) == ([], [sealed])
    outbox.stamp(replace(sealed, revision=2), b"of another revision")
    assert outbox.sealed("waterrijk") == [sealed]
    outbox.stamp(sealed, b"envelope")
    assert outbox.due("waterrijk", NOW) == [BALLOT]
    outbox.mark(BALLOT, OutboxState.HANDED_OVER)
    outbox.stamp(sealed, b"envelope of a slow drainer")
    assert outbox.all("waterrijk") == [replace(BALLOT, state=OutboxState.HANDED_OVER)]


def test_progress_says_how_far_each_came(outbox: Outbox):
    outbox.put([BALLOT, TEXTS])
    outbox.mark(TEXTS, OutboxState.SET_ASIDE, "malformed")
    assert outbox.progress("waterrijk") == [
        Progress("poll", "choices", 1, OutboxState.WAITING, None),
        Progress("poll", "texts", 1, OutboxState.SET_ASIDE, "malformed"),
    ]
    assert [b.line for b in outbox.set_aside("waterrijk")] == [TEXTS.line]


def test_what_is_postponed_waits_until_then_or_until_somebody_asks(outbox: Outbox):
    outbox.put([BALLOT])
    outbox.postpone(BALLOT, NOW + 60)
    assert outbox.due("waterrijk", NOW + 59) == []
    assert [b.attempts for b in outbox.due("waterrijk", NOW + 60)] == [1]
    outbox.hurry("waterrijk")
    assert len(outbox.due("waterrijk", NOW)) == 1
    outbox.postpone(BALLOT, NOW + 60, asked=True)
    outbox.hurry("waterrijk")
    assert outbox.due("waterrijk", NOW) == [], "a server asked for it"


def test_only_what_waits_is_due(outbox: Outbox):
    outbox.put([BALLOT])
    for state in set(OutboxState) - {OutboxState.WAITING}:
        outbox.mark(BALLOT, state, "reason")
        assert outbox.due("waterrijk", NOW) == []
        assert [(b.state, b.reason) for b in outbox.all("waterrijk")] == [(state, "reason")]


def test_a_clock_that_was_a_year_ahead_makes_nothing_wait_a_year(outbox: Outbox):
    outbox.put([BALLOT])
    outbox.postpone(BALLOT, NOW + YEAR)
    assert len(outbox.due("waterrijk", NOW)) == 1
    outbox.postpone(BALLOT, NOW + LONGEST_PAUSE)
    assert outbox.due("waterrijk", NOW) == [], "the control: the longest pause there is, is kept"
    assert outbox.lease("before", NOW + YEAR, 120)
    assert outbox.lease("after", NOW, 120)


def test_there_is_one_drainer_at_a_time(outbox: Outbox):
    assert outbox.lease("one", NOW, 120)
    assert not outbox.lease("other", NOW + 119, 120)
    assert outbox.lease("one", NOW + 60, 120), "the one who has it may go on"
    assert not outbox.lease("other", NOW + 179, 120)
    assert outbox.lease("other", NOW + 180, 120), "one that was killed does not block it for ever"
    outbox.release("one")
    assert not outbox.lease("one", NOW + 200, 120), "nor takes it from the next"
    outbox.release("other")
    assert outbox.lease("one", NOW + 200, 120)
