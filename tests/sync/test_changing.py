"""Until a poll closes she may change her answer; the phone shows what was sent only if she keeps a copy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from domain.answers import Chosen, Written
from domain.errors import PollClosed
from domain.participation import Standing
from storage.key_store import FILE as KEY
from storage.outbox import OutboxState
from tests.support.small_poll import ANSWER, small_poll
from tests.support.town_phone import ANSWERS, OTHERS, TownPhone, everything_in
from tests.support.wire import unplugged

POLL = "regiovervoer"
SECRET = {**ANSWERS, "wens": Written("onvindbaar-4b77")}


class TestACopy:
    def test_is_kept_only_where_the_resident_asked_for_it(self, resident: TownPhone):
        resident.desk.send(POLL, ANSWERS)
        assert (resident.desk.copy(POLL), resident.desk.card(POLL).has_copy) == (None, False)
        resident.desk.send(POLL, OTHERS, keep_copy=True)
        assert (resident.desk.copy(POLL), resident.desk.card(POLL).has_copy) == (OTHERS, True)
        assert resident.desk.copy("nergens") is None

    def test_can_be_removed_and_then_no_file_has_it(self, resident: TownPhone):
        resident.desk.send(POLL, SECRET, keep_copy=True)
        key = (resident.folder / KEY).read_bytes()
        resident.desk.remove_copy(POLL)
        assert (resident.desk.copy(POLL), resident.desk.card(POLL).has_copy) == (None, False)
        assert resident.standing() is Standing.WAITING, "what was sent is not touched"
        assert key in everything_in(resident.folder), "the control: the files are searched"
        assert b"onvindbaar" not in everything_in(resident.folder)

    def test_of_an_earlier_answer_goes_when_another_is_sent_without_one(self, resident: TownPhone):
        resident.desk.send(POLL, ANSWERS, keep_copy=True)
        resident.desk.send(POLL, OTHERS)
        assert resident.desk.copy(POLL) is None

    def test_survives_the_app_being_killed(self, resident: TownPhone):
        resident.desk.send(POLL, ANSWERS, keep_copy=True)
        again = TownPhone(resident.town, resident.folder)
        assert again.desk.copy(POLL) == ANSWERS
        again.close()


class TestChanging:
    def test_starts_from_the_copy_or_from_nothing(self, resident: TownPhone):
        resident.desk.send(POLL, ANSWERS)
        resident.desk.change(POLL)
        assert resident.desk.answers(POLL) == {}
        resident.desk.send(POLL, ANSWERS, keep_copy=True)
        resident.desk.change(POLL)
        assert resident.desk.answers(POLL) == ANSWERS

    def test_again_goes_on_where_it_was(self, resident: TownPhone):
        resident.desk.send(POLL, ANSWERS, keep_copy=True)
        resident.desk.change(POLL)
        resident.desk.save(POLL, OTHERS)
        resident.desk.change(POLL)
        assert resident.desk.answers(POLL) == OTHERS

    async def test_without_sending_leaves_the_earlier_answer_as_it_was(self, resident: TownPhone):
        resident.desk.send(POLL, ANSWERS)
        before = resident.ballots()
        resident.desk.change(POLL)
        resident.desk.save(POLL, OTHERS)
        card = resident.desk.card(POLL)
        assert (card.standing, card.changing, card.can_change) == (Standing.WAITING, True, True)
        assert resident.ballots() == before
        assert await resident.sync() is None
        assert resident.standing() is Standing.SENT
        resident.desk.stop_changing(POLL)
        card = resident.desk.card(POLL)
        assert (card.standing, card.changing, resident.desk.answers(POLL)) == (Standing.SENT, False, {})

    async def test_the_last_one_counts_and_only_that(self, resident: TownPhone):
        town = resident.town
        for answers in (ANSWERS, OTHERS, ANSWERS):
            resident.desk.send(POLL, answers)
            assert await resident.sync() is None
        assert {ballot.revision for ballot in resident.ballots()} == {3}
        await town.mix()
        town.clock.moment = town.manifest.polls[0].ends_at() + timedelta(hours=72)
        assert await resident.sync() is None
        assert resident.standing() is Standing.COUNTED

    def test_is_possible_until_the_poll_closes_and_not_a_second_longer(self, resident: TownPhone):
        assert not resident.desk.card(POLL).can_change, "nothing was sent yet"
        resident.desk.send(POLL, ANSWERS)
        closes_at = resident.town.manifest.polls[0].closes_at()
        resident.town.clock.moment = closes_at - timedelta(seconds=1)
        assert resident.desk.card(POLL).can_change
        resident.town.clock.moment = closes_at
        card = resident.desk.card(POLL)
        assert (card.can_change, card.can_be_answered) == (False, False)
        with pytest.raises(PollClosed):
            resident.desk.change(POLL)

    def test_of_a_poll_that_was_not_sent_is_no_change(self, resident: TownPhone):
        for poll in (POLL, "nergens"):
            with pytest.raises(PollClosed):
                resident.desk.change(poll)


class TestBeforeTheTokenCame:
    """The answers are sealed at Send all the same: nothing waits in a form that somebody could read."""

    @pytest.fixture
    async def early(self, resident: TownPhone) -> TownPhone:
        """A poll that came without its token."""
        town = resident.town
        await town.publish_poll(small_poll())
        town.wire.trouble = lambda r: unplugged(r) if r.url.path == "/v1/tokens" else None
        await resident.sync()
        return resident

    async def test_what_was_sent_is_sealed_and_goes_when_the_token_comes(self, early: TownPhone):
        early.desk.send("kleur", ANSWER)
        [ballot] = early.ballots()
        assert (ballot.state, ballot.envelope) == (OutboxState.SEALED, b"")
        assert ballot.content
        assert (early.desk.answers("kleur"), early.standing("kleur")) == ({}, Standing.WAITING)
        early.town.wire.trouble = lambda _: None
        assert await early.sync() is None
        [ballot] = early.ballots()
        assert (ballot.state, ballot.content) == (OutboxState.HANDED_OVER, None)

    async def test_a_key_store_that_is_wiped_costs_nothing_that_was_sent(self, early: TownPhone):
        early.desk.send("kleur", ANSWER)
        early.desk.send(POLL, ANSWERS)
        early.close()
        (early.folder / KEY).unlink()
        again = TownPhone(early.town, early.folder)
        again.phone.protect()
        early.town.wire.trouble = lambda _: None
        assert await again.sync() is None
        assert (again.standing("kleur"), again.standing()) == (Standing.SENT, Standing.SENT)
        again.close()

    async def test_the_poll_before_it_was_drawn_for_counts_the_very_token(self, early: TownPhone):
        """The nullifier that the answers were sealed for is the one that the token has."""
        town = early.town
        early.desk.send("kleur", ANSWER)
        message = early.token(poll="kleur").message
        town.wire.trouble = lambda _: None
        assert await early.sync() is None
        assert early.token(poll="kleur").message == message
        await town.mix()
        town.clock.moment = town.manifest.polls[1].ends_at() + timedelta(hours=72)
        assert await early.sync() is None
        assert early.standing("kleur") is Standing.COUNTED


async def test_no_file_of_the_phone_has_an_answer_at_any_moment(resident: TownPhone):
    def readable() -> bool:
        return b"onvindbaar" in everything_in(resident.folder)

    moments: list[bool] = []
    resident.desk.save(POLL, SECRET)
    moments.append(readable())
    resident.desk.send(POLL, SECRET, keep_copy=True)
    moments.append(readable())
    resident.desk.change(POLL)
    moments.append(readable())
    await resident.sync()
    moments.append(readable())
    assert moments == [False] * 4


def test_what_was_begun_is_not_what_was_sent(resident: TownPhone, tmp_path: Path):
    resident.desk.save(POLL, {"hoe-vaak": Chosen(("nooit",))})
    card = resident.desk.card(POLL)
    assert (card.standing, card.changing, card.can_be_answered) == (Standing.STARTED, False, True)
