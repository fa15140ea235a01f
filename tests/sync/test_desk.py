"""What a resident asks of the phone: it answers from what it has, and never loses what it was given."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3

import pytest
from sqlalchemy import event

from domain.answers import Chosen, Written
from domain.errors import AnswerMissing, AnswerUnfit, CodeUnreadable, PollClosed, StorageFull
from domain.participation import Membership, Standing
from protocol import paths
from protocol.codes import new_code, to_link_part, to_words
from protocol.problems import Problem
from sync.run import Synchroniser
from tests.support.problems import refusal
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import SmallTown, digest_of
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import replying, unplugged
from tests.sync.conftest import NewPhone


def fill(phone: TownPhone) -> None:
    """No room for another page on the phone's disk."""

    @event.listens_for(phone.engine, "connect")
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    phone.engine.dispose()


class TestACode:
    def test_with_a_typing_error_is_pointed_out_where_it_is(self, waterrijk: SmallTown, new_phone: NewPhone):
        phone = new_phone(waterrijk)
        words = list(to_words(new_code(secrets.token_bytes)))
        swapped = [words[1], words[0], *words[2:]] if words[0] != words[1] else [*words[1:], words[0]]
        for typed, rule in (
            (" ".join([*words[:2], "xqzw", *words[3:]]), "word-unknown"),
            (" ".join(words[:-1]), "word-count"),
            ("", "word-count"),
            (" ".join(swapped), "checksum"),
        ):
            with pytest.raises(CodeUnreadable) as unreadable:
                phone.desk.join(typed)
            assert unreadable.value.rule == rule
        assert phone.desk.joined().membership is Membership.NONE, "and nothing was kept"

    async def test_is_kept_without_a_network_and_used_when_there_is_one(
        self, waterrijk: SmallTown, new_phone: NewPhone
    ):
        await waterrijk.publish_poll()
        phone, code = new_phone(waterrijk), await waterrijk.invite("vervoer")
        waterrijk.wire.trouble = unplugged
        phone.desk.join(f"https://app.test/#/join/{to_link_part(code)}")
        await phone.sync()
        assert phone.desk.joined().membership is Membership.ASKING
        waterrijk.wire.trouble = lambda _: None
        assert await phone.sync() is None
        assert phone.desk.joined().membership is Membership.INVITED

    @pytest.mark.parametrize("code", [Problem.CODE_UNKNOWN, Problem.CODE_USED, Problem.CODE_EXPIRED])
    async def test_that_the_issuer_refuses_is_said_to_be_refused(
        self, resident: TownPhone, new_phone: NewPhone, code: Problem
    ):
        phone = new_phone(resident.town)
        resident.town.wire.trouble = lambda r: refusal(code) if r.url.path == paths.ENROLMENTS else None
        phone.desk.join(to_link_part(new_code(secrets.token_bytes)))
        assert await phone.sync() is None
        joined = phone.desk.joined()
        assert (joined.membership, joined.problem) == (Membership.REFUSED, code)
        assert phone.desk.cards() == ()

    async def test_is_not_given_up_for_a_fault_on_the_way(self, resident: TownPhone, new_phone: NewPhone):
        town, phone = resident.town, new_phone(resident.town)
        code = await town.invite("vervoer")
        phone.desk.join(to_link_part(code))
        for fault in (Problem.NOT_FOUND, Problem.METHOD, Problem.MALFORMED, Problem.INTERNAL):
            town.wire.trouble = lambda r, f=fault: refusal(f) if r.url.path == paths.ENROLMENTS else None
            await phone.sync()
            assert phone.desk.joined().membership is Membership.ASKING, fault
        town.wire.trouble = lambda _: None
        assert await phone.sync() is None
        assert phone.desk.joined().membership is Membership.INVITED

    async def test_typed_again_is_the_same_phone(self, waterrijk: SmallTown, new_phone: NewPhone):
        await waterrijk.publish_poll()
        phone, code = new_phone(waterrijk), await waterrijk.invite("vervoer")
        phone.desk.join(to_link_part(code))
        secret = phone.phone.wallet.membership("waterrijk").secret
        phone.desk.join(to_link_part(code))
        await phone.sync()
        phone.desk.join(to_link_part(code))
        await phone.sync()
        assert phone.phone.wallet.membership("waterrijk").secret == secret
        assert phone.desk.joined().membership is Membership.INVITED

    async def test_is_not_lost_by_pressing_on_without_one(self, resident: TownPhone):
        before = resident.phone.wallet.membership("waterrijk")
        resident.desk.join_without_code()
        assert resident.phone.wallet.membership("waterrijk") == before


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
        resident.desk.save("regiovervoer", {**ANSWERS, "wens": Written("onvindbaar")})
        files = [resident.folder / f"phone.sqlite{part}" for part in ("", "-wal")]
        assert any(b"onvindbaar" in file.read_bytes() for file in files), "the control: while answering"
        resident.desk.send("regiovervoer", {**ANSWERS, "wens": Written("onvindbaar")})
        assert resident.desk.answers("regiovervoer") == {}
        resident.close()
        assert not any(b"onvindbaar" in file.read_bytes() for file in files if file.exists())

    def test_a_full_phone_says_so_and_keeps_what_it_had(self, resident: TownPhone):
        resident.desk.save("regiovervoer", ANSWERS)
        fill(resident)
        with pytest.raises(StorageFull):
            resident.desk.save("regiovervoer", {**ANSWERS, "wens": Written("é" * 8000)})
        assert resident.desk.answers("regiovervoer") == ANSWERS

    async def test_a_phone_too_full_to_seal_keeps_the_answers_and_seals_later(self, resident: TownPhone):
        resident.desk.save("regiovervoer", ANSWERS)
        fill(resident)
        resident.desk.send("regiovervoer", ANSWERS)
        assert (resident.ballots(), resident.standing()) == ([], Standing.WAITING)
        assert await resident.sync() is None, "a round on a full phone ends, and the app goes on"
        again = TownPhone(resident.town, resident.folder)  # photos were removed
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
