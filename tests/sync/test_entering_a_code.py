"""A resident enters the code of a letter, with mistakes, without a network, or a second one."""

from __future__ import annotations

import secrets

import httpx
import pytest

from domain.errors import CodeUnreadable, LetterForeign
from domain.participation import Joined, Membership, Standing
from protocol import paths
from protocol.codes import new_code, root_key_mark, to_link_part, to_words
from protocol.manifest_trust import sign_manifest
from protocol.problems import Distrust, Problem
from protocol.signing import fingerprint, new_signing_key
from protocol.succession import sign_succession
from tests.support.problems import refusal
from tests.support.small_poll import small_poll
from tests.support.small_town import SmallTown
from tests.support.town_phone import TownPhone
from tests.support.wire import unplugged
from tests.sync.conftest import NewPhone


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
