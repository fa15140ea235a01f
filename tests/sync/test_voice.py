"""The voice of a poll: fetched once, by who wants to be read to, and never instead of anything else."""

from __future__ import annotations

import pytest

from domain.errors import Distrusted
from domain.participation import Standing, Voice
from domain.speech import READ_ALOUD
from protocol import paths
from protocol.speech import read_speech, write_speech
from tests.support.small_town import digest_of
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import unplugged

POLL = "regiovervoer"
SOUND = b"\xff\xfb" + bytes(200)


async def give_voice(resident: TownPhone, document: str | None = None, sound: bytes = SOUND) -> str:
    town = resident.town
    entry = town.manifest.polls[0].entry
    raw = write_speech(POLL, document or entry.document, {"nl": {"hoe-vaak": sound}})
    town.documents[(digest := digest_of(raw))] = raw
    await town.change_poll(POLL, speech=digest)
    return paths.DOCUMENT.format(digest=digest)


def asked(resident: TownPhone) -> list[str]:
    return [request.url.path for request in resident.town.wire.asked]


async def test_who_does_not_want_it_does_not_fetch_it(resident: TownPhone):
    path = await give_voice(resident)
    assert await resident.sync() is None
    assert path not in asked(resident)
    assert resident.desk.voice(POLL, "nl", "hoe-vaak") == Voice(coming=True)


async def test_who_wants_it_fetches_it_once_and_hears_it_without_a_network(resident: TownPhone):
    resident.desk.put_setting(READ_ALOUD, "yes")
    path = await give_voice(resident)
    assert await resident.sync() is None
    assert await resident.sync() is None
    assert asked(resident).count(path) == 1
    resident.town.wire.trouble = unplugged
    await resident.sync()
    assert resident.desk.voice(POLL, "nl", "hoe-vaak") == Voice(SOUND)
    assert resident.desk.voice(POLL, "en", "hoe-vaak") == Voice(), "nobody spoke English"


async def test_a_voice_that_does_not_come_stops_nothing(resident: TownPhone):
    resident.desk.put_setting(READ_ALOUD, "yes")
    path = await give_voice(resident)
    resident.town.wire.trouble = lambda r: unplugged(r) if r.url.path == path else None
    resident.desk.send(POLL, ANSWERS)
    assert await resident.sync() is None
    assert resident.standing() is Standing.SENT
    assert resident.desk.voice(POLL, "nl", "hoe-vaak") == Voice(coming=True)


async def test_another_voice_takes_its_place_and_the_old_one_goes(resident: TownPhone):
    resident.desk.put_setting(READ_ALOUD, "yes")
    old = await give_voice(resident)
    await resident.sync()
    await give_voice(resident, sound=SOUND + b"2")
    await resident.sync()
    assert resident.desk.voice(POLL, "nl", "hoe-vaak") == Voice(SOUND + b"2")
    assert resident.phone.shelf.document(old.rsplit("/", 1)[1]) is None


async def test_a_voice_goes_when_the_poll_has_closed_or_when_she_wants_none(resident: TownPhone):
    resident.desk.put_setting(READ_ALOUD, "yes")
    digest = (await give_voice(resident)).rsplit("/", 1)[1]
    await resident.sync()
    assert resident.phone.shelf.document(digest) is not None, "the control"
    resident.desk.put_setting(READ_ALOUD, "no")
    await resident.sync()
    assert resident.phone.shelf.document(digest) is None
    resident.desk.put_setting(READ_ALOUD, "yes")
    await resident.sync()
    resident.town.clock.moment = resident.town.manifest.polls[0].closes_at()
    await resident.sync()
    assert resident.phone.shelf.document(digest) is None


async def test_the_voice_of_another_poll_is_not_heard(resident: TownPhone):
    resident.desk.put_setting(READ_ALOUD, "yes")
    await give_voice(resident, document="A" * 43)
    await resident.sync()
    assert resident.desk.voice(POLL, "nl", "hoe-vaak") == Voice()


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b'{"version":1,"poll":"a","document":"b","clips":{}}'])
def test_what_is_no_voice_is_refused(raw: bytes):
    with pytest.raises(Distrusted):
        read_speech(raw, "A" * 43)
