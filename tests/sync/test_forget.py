"""What the phone forgets, and when; and that it forgets nothing before its time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from domain.participation import Standing
from storage.retention import KEPT, LONGEST, OWN_PART
from storage.tables import TABLES
from tests.support.clock import FakeClock
from tests.support.small_town import digest_of
from tests.support.town_phone import ANSWERS, TownPhone

POLL = "regiovervoer"
RESULT = b'{"a result": "of later"}'


def own_part(phone: TownPhone) -> list[bool]:
    """Token, ballots, list, copy, draft: which are there."""
    home = phone.town.card.id
    return [
        phone.token() is not None,
        bool(phone.ballots()),
        phone.phone.shelf.list_of(home, POLL, "choices") is not None,
        phone.desk.copy(POLL) is not None,
        POLL in phone.phone.drafts.polls(home),
    ]


async def ended(phone: TownPhone) -> None:
    """Answered with a copy, begun to change, counted."""
    town = phone.town
    phone.desk.send(POLL, ANSWERS, keep_copy=True)
    assert await phone.sync() is None
    phone.desk.change(POLL)
    await town.mix()
    town.clock.moment = town.manifest.polls[0].ends_at() + timedelta(hours=72)
    assert await phone.sync() is None


async def tell_the_result(phone: TownPhone) -> None:
    phone.town.documents[digest_of(RESULT)] = RESULT
    await phone.town.change_poll(POLL, result=digest_of(RESULT))
    assert await phone.sync() is None


async def test_a_month_after_the_result_the_phone_forgets_its_part_and_says_so(resident: TownPhone):
    await ended(resident)
    assert own_part(resident) == [True, True, True, True, False], "nothing can be sent: the draft is gone"
    await tell_the_result(resident)
    resident.town.clock.moment += KEPT - timedelta(seconds=1)
    assert await resident.sync() is None
    assert (own_part(resident), resident.standing()) == ([True] * 4 + [False], Standing.COUNTED)
    resident.town.clock.advance(seconds=1)
    assert await resident.sync() is None
    assert own_part(resident) == [False] * 5
    card = resident.desk.card(POLL)
    assert (card.standing, card.has_outcome) == (Standing.OVER, True)
    resident.town.wire.asked.clear()
    assert await resident.sync() is None
    assert own_part(resident) == [False] * 5, "and it does not begin anew"


async def test_a_poll_of_which_nothing_is_ever_told_is_forgotten_after_a_year(resident: TownPhone):
    await ended(resident)
    ends_at = resident.town.manifest.polls[0].ends_at()
    resident.town.clock.moment = ends_at + LONGEST - KEPT
    assert await resident.sync() is None
    resident.town.clock.moment = ends_at + LONGEST - timedelta(seconds=1)
    assert await resident.sync() is None
    assert own_part(resident)[0]
    resident.town.clock.advance(seconds=1)
    assert await resident.sync() is None
    assert own_part(resident) == [False] * 5


async def test_a_poll_that_is_not_published_any_more_is_forgotten_with_all_there_is_of_it(
    resident: TownPhone,
):
    await ended(resident)
    await resident.town.publish(polls=())
    assert await resident.sync() is None
    assert own_part(resident)[0]
    resident.town.clock.moment += KEPT
    assert await resident.sync() is None
    assert own_part(resident) == [False] * 5
    assert resident.phone.retention.forgotten(resident.town.card.id) == frozenset()


async def test_a_phone_whose_clock_is_ahead_forgets_nothing(resident: TownPhone):
    await ended(resident)
    await tell_the_result(resident)
    ahead = FakeClock(resident.town.clock() + 2 * LONGEST)
    confused = TownPhone(resident.town, resident.folder, now=ahead)
    assert await confused.sync() is None
    assert own_part(confused)[0]
    confused.close()


async def test_what_still_waits_to_be_sent_is_not_forgotten_while_the_poll_is_open(resident: TownPhone):
    resident.desk.save(POLL, ANSWERS)
    assert await resident.sync() is None
    resident.town.clock.moment = resident.town.manifest.polls[0].closes_at() - timedelta(seconds=1)
    assert await resident.sync() is None
    assert own_part(resident) == [True, False, False, False, True]


def test_what_is_kept_how_long_is_said_in_the_privacy_page():
    page = " ".join((Path(__file__).parents[2] / "docs/privacy.md").read_text("utf-8").split())
    assert f'"Forgotten": {KEPT.days} days after the phone learned of the result' in page
    assert "at the latest a year after its end" in page
    assert LONGEST.days == 365


def test_every_table_about_a_poll_is_either_forgotten_or_the_memory_of_it():
    about_polls = {name for name, table in TABLES.metadata.tables.items() if "poll" in table.columns}
    forgotten = {table.__tablename__ for table in OWN_PART}
    assert about_polls == forgotten | {"ended"}
