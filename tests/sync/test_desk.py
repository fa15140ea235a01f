"""What a resident asks of the phone: it answers from what it has, and never loses what it was given."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event

from domain.answers import Chosen, Written
from domain.errors import AnswerMissing, AnswerUnfit, CodeUnreadable, LetterForeign, PollClosed, StorageFull
from domain.participation import Joined, Membership, Standing
from protocol import paths
from protocol.codes import new_code, root_key_mark, to_link_part, to_words
from protocol.manifest_trust import sign_manifest
from protocol.problems import Distrust, Problem
from protocol.signing import fingerprint, new_signing_key
from protocol.succession import sign_succession
from sync.run import Synchroniser
from tests.support.problems import refusal
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import SmallTown, digest_of
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import replying, unplugged
from tests.sync.conftest import NewPhone


def everything_in(folder: Path) -> bytes:
    """Every byte of every file that the phone wrote."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


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

    def test_names_every_word_that_is_in_no_code_and_what_was_read(
        self, waterrijk: SmallTown, new_phone: NewPhone
    ):
        words = list(to_words(new_code(secrets.token_bytes)))
        words[1], words[4] = "xqzw", "qqqq"
        with pytest.raises(CodeUnreadable) as unreadable:
            new_phone(waterrijk).desk.join("-".join(words))
        assert [(wrong.position, wrong.word) for wrong in unreadable.value.unknown] == [
            (2, "xqzw"),
            (5, "qqqq"),
        ]
        assert unreadable.value.typed == tuple(words)

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

    async def test_of_another_letter_stands_beside_the_first_until_it_is_accepted(self, resident: TownPhone):
        town, before = resident.town, resident.phone.wallet.membership("waterrijk")
        await town.publish_poll(small_poll(access="invited", segments=["huishouden"]))
        wrong, right = new_code(secrets.token_bytes), await town.invite("huishouden")
        town.wire.trouble = unplugged
        resident.desk.join(to_link_part(wrong))
        assert resident.desk.joined() == Joined(Membership.INVITED, asking=True)
        town.wire.trouble = lambda _: None
        assert await resident.sync() is None
        assert resident.desk.joined() == Joined(Membership.INVITED, Problem.CODE_UNKNOWN)
        assert resident.phone.wallet.membership("waterrijk") == before, "and its polls are still there"
        assert [card.poll.id for card in resident.desk.cards()] == ["regiovervoer"]
        resident.desk.join(to_link_part(right))
        assert await resident.sync() is None
        assert resident.desk.joined() == Joined(Membership.INVITED)
        assert resident.phone.wallet.membership("waterrijk").code == right.value
        assert resident.standing("kleur") is Standing.TO_ANSWER

    async def test_in_a_link_of_another_root_key_is_refused_and_nothing_is_kept_or_sent(
        self, waterrijk: SmallTown, new_phone: NewPhone
    ):
        await waterrijk.publish_poll()
        phone, code = new_phone(waterrijk), await waterrijk.invite("vervoer")
        await phone.sync()
        foreign = fingerprint(new_signing_key().public)
        waterrijk.wire.asked.clear()
        for text in (
            f"https://app.test/#/join/{to_link_part(code, foreign)}",
            f"{' '.join(to_words(code))}.{root_key_mark(to_link_part(code, foreign))}",
        ):
            with pytest.raises(LetterForeign) as refused:
                phone.desk.join(text)
            assert refused.value.reason == Distrust.LETTER
        await phone.sync()
        assert phone.desk.joined().membership is Membership.NONE
        assert waterrijk.wire.paths().count(paths.ENROLMENTS) == 0
        phone.desk.join(f"https://app.test/#/join/{to_link_part(code, phone.desk.fingerprint())}")
        await phone.sync()
        assert phone.desk.joined().membership is Membership.INVITED, "the control"

    async def test_of_another_root_key_is_not_sent_by_a_phone_that_heard_nothing_yet(
        self, waterrijk: SmallTown, new_phone: NewPhone
    ):
        """Before the first manifest the phone cannot know whether the key took the place of its own."""
        await waterrijk.publish_poll()
        phone, code = new_phone(waterrijk), await waterrijk.invite("vervoer")
        phone.desk.join(f"/join/{to_link_part(code, fingerprint(new_signing_key().public))}")
        assert await phone.sync() is None
        assert phone.desk.joined() == Joined(Membership.REFUSED, Distrust.LETTER)
        assert paths.ENROLMENTS not in waterrijk.wire.paths()

    async def test_of_a_root_key_that_took_the_place_of_the_apps_own_is_good(
        self, waterrijk: SmallTown, new_phone: NewPhone
    ):
        old, new = waterrijk.root, new_signing_key()
        await waterrijk.publish_poll()
        phone, code = new_phone(waterrijk), await waterrijk.invite("vervoer")
        other, letter = new_phone(waterrijk), await waterrijk.invite()
        link = sign_succession("waterrijk", old.private, new.public)
        later = waterrijk.manifest.model_copy(
            update={"root_key": link.new, "successions": (link,), "sequence": 99}
        )
        raw = sign_manifest(later, new.private)
        waterrijk.wire.trouble = lambda r: (
            httpx.Response(200, content=raw) if r.url.path == paths.MANIFEST else None
        )
        phone.desk.join(f"/join/{to_link_part(code, fingerprint(new.public))}")
        assert await phone.sync() is None
        assert phone.desk.joined().membership is Membership.INVITED
        assert phone.desk.fingerprint() == fingerprint(new.public)
        await other.sync()
        other.desk.join(f"/join/{to_link_part(letter, fingerprint(old.public))}")
        assert await other.sync() is None
        assert other.desk.joined().membership is Membership.INVITED, "a letter from before"

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
