"""Joining with a letter: its link fills in the code, and says whether the letter belongs to this app."""

from __future__ import annotations

from domain.participation import Joined, Membership
from tests.support.desk import FakeDesk
from tests.views.test_answering import opened

FOREIGN = "Gebruik deze brief niet: hij hoort niet bij deze app."


async def test_the_link_of_a_letter_shows_its_words_only_and_is_checked_whole():
    desk = FakeDesk(membership=Joined(Membership.NONE))
    screen = await opened(desk, "/join/fiets-boom-maan.9F3A61C20000ABCD")
    assert screen.key("code").value == "fiets boom maan"
    await screen.tap("join")
    assert desk.joined_with == ["fiets boom maan.9F3A61C20000ABCD"]


async def test_a_letter_that_belongs_to_another_app_is_refused_with_what_to_do():
    desk = FakeDesk(membership=Joined(Membership.NONE))
    screen = await opened(desk, "/join/fiets-boom-maan.FFFFFFFFFFFFFFFF")
    await screen.tap("join")
    [said] = [text for text in screen.texts() if text.startswith(FOREIGN)]
    assert "distrust-letter" in said
    assert "nummer dat u al kent" in said
    assert desk.joined_with == []


async def test_a_code_that_was_refused_beside_a_good_one_is_told_here_too():
    desk = FakeDesk(membership=Joined(Membership.INVITED, "code-used"))
    screen = await opened(desk, "/join")
    assert any(text.startswith("Deze code is al gebruikt") for text in screen.texts())
