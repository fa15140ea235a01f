"""What a resident asks of the phone: it answers from what it has, and never loses what it was given."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest
from sqlalchemy import event

from domain.answers import Chosen, Written
from domain.errors import AnswerMissing, AnswerUnfit, PollClosed, StorageFull
from domain.participation import Standing
from sync.run import Synchroniser
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import SmallTown, digest_of
from tests.support.town_phone import ANSWERS, TownPhone, everything_in
from tests.support.wire import replying
from tests.sync.conftest import NewPhone


def fill(phone: TownPhone) -> None:
    """No room for another page on the phone's disk."""

    @event.listens_for(phone.engine, "connect")
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    phone.engine.dispose()


class TestSending:
    def test_an_answer_that_is_missing_or_does_not_fit_is_named_and_nothing_is_sent(
        self, resident: TownPhone
    ):
        with pytest.raises(AnswerMissing) as missing:
            resident.desk.send("regiovervoer", {})
        assert missing.value.question == "hoe-vaak"
        with pytest.raises(AnswerUnfit):
            resident.desk.send("regiovervoer", {**ANSWERS, "hoe-vaak": Chosen(("altijd",))})
        with pytest.raises(AnswerUnfit):
            resident.desk.send("regiovervoer", {**ANSWERS, "wens": Written("x" * 501)})
        assert (resident.ballots(), resident.standing()) == ([], Standing.TO_ANSWER)

    def test_a_closed_or_unknown_poll_takes_no_answers(self, resident: TownPhone):
        with pytest.raises(PollClosed):
            resident.desk.send("nergens", ANSWERS)
        resident.town.clock.moment = resident.town.manifest.polls[0].closes_at()
        with pytest.raises(PollClosed):
            resident.desk.send("regiovervoer", ANSWERS)
        assert resident.ballots() == []

    def test_what_was_begun_is_found_again(self, resident: TownPhone):
        resident.desk.save("regiovervoer", {"hoe-vaak": Chosen(("nooit",))})
        again = TownPhone(resident.town, resident.folder)  # the app was killed and started anew
        assert again.desk.answers("regiovervoer") == {"hoe-vaak": Chosen(("nooit",))}
        assert again.standing() is Standing.STARTED
        again.close()

    def test_sealing_takes_the_answers_from_where_they_could_be_read(self, resident: TownPhone):
        answers = {**ANSWERS, "wens": Written("onvindbaar")}
        resident.desk.save("regiovervoer", answers)
        resident.desk.send("regiovervoer", answers)
        assert (resident.desk.answers("regiovervoer"), resident.desk.copy("regiovervoer")) == ({}, None)
        assert b"onvindbaar" not in everything_in(resident.folder)
        resident.phone.settings.put("control", "onvindbaar")
        assert b"onvindbaar" in everything_in(resident.folder)

    def test_a_full_phone_says_so_and_keeps_what_it_had(self, resident: TownPhone):
        resident.desk.save("regiovervoer", ANSWERS)
        fill(resident)
        with pytest.raises(StorageFull):
            resident.desk.save("regiovervoer", {**ANSWERS, "wens": Written("é" * 8000)})
        assert resident.desk.answers("regiovervoer") == ANSWERS

    async def test_a_phone_too_full_to_seal_says_so_and_keeps_the_answers(self, resident: TownPhone):
        resident.desk.save("regiovervoer", ANSWERS)
        fill(resident)
        with pytest.raises(StorageFull):
            resident.desk.send("regiovervoer", ANSWERS)
        assert (resident.ballots(), resident.standing()) == ([], Standing.STARTED)
        assert await resident.sync() is None, "a round on a full phone ends, and the app goes on"
        again = TownPhone(resident.town, resident.folder)  # photos were removed
        again.desk.send("regiovervoer", again.desk.answers("regiovervoer"))
        assert await again.sync() is None
        assert again.standing() is Standing.SENT
        again.close()


class TestTheOutcome:
    async def test_that_only_a_newer_app_can_read_is_not_shown_and_stops_nothing(self, resident: TownPhone):
        town = resident.town
        future = b'{"version": 2, "film": true}'
        town.documents[digest_of(future)] = future
        await town.change_poll("regiovervoer", result=digest_of(future), feedback=digest_of(future))
        assert await resident.sync() is None
        assert resident.desk.result("regiovervoer") is None
        assert resident.desk.feedback("regiovervoer") is None
        assert resident.desk.card("regiovervoer").has_result

    def test_of_an_unknown_poll_is_nothing(self, resident: TownPhone):
        assert (resident.desk.result("nergens"), resident.desk.feedback("nergens")) == (None, None)


class TestTheLoop:
    async def test_makes_a_round_now_when_somebody_asks_and_survives_a_bad_one(self, resident: TownPhone):
        seen: list[str | None] = []
        happened = asyncio.Event()

        def changed() -> None:
            seen.append(resident.desk.status().problem)
            happened.set()

        client = resident.synchroniser.client
        loop = Synchroniser(resident.phone, client, changed, pause=(3600, 3600))
        resident.town.wire.trouble = replying(lambda: 1 / 0)
        task = asyncio.create_task(loop.run())
        await happened.wait()
        happened.clear()
        resident.town.wire.trouble = lambda _: None
        loop.nudge()
        await happened.wait()
        task.cancel()
        assert seen == ["unexpected", None]
        assert resident.desk.status().last_success_at == resident.town.clock()

    async def test_before_anything_was_heard_there_is_nothing_and_no_fault(
        self, waterrijk: SmallTown, new_phone: NewPhone
    ):
        phone = new_phone(waterrijk)
        await phone.sync()
        assert (phone.desk.cards(), phone.desk.card("kleur"), phone.desk.style_document()) == ((), None, None)
        assert phone.desk.status().last_success_at is None
        with pytest.raises(PollClosed):
            phone.desk.send("kleur", ANSWER)
        await waterrijk.publish_poll(small_poll())
        await phone.join()
        assert phone.standing("kleur") is Standing.TO_ANSWER


async def test_the_number_to_call_comes_with_what_is_published(resident: TownPhone):
    assert resident.desk.telephone() is None
    await resident.town.publish(telephone="010 000 00 00")
    await resident.sync()
    assert resident.desk.telephone() == "010 000 00 00"
