"""After closing every phone looks for its own ballot in the list that everybody gets."""

from __future__ import annotations

from datetime import timedelta

import httpx

from domain.errors import Distrusted, Unreachable
from domain.participation import Standing
from protocol.messages import ListMessage
from protocol.paths import ENVELOPES
from protocol.problems import Distrust
from protocol.receipts import sign_list
from protocol.signing import new_signing_key
from storage.outbox import OutboxState
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import SETTLE, SmallTown
from tests.support.town_phone import ANSWERS, TownPhone
from tests.support.wire import captive_portal
from tests.sync.conftest import NewPhone

LIST = "/v1/polls/regiovervoer/list"


def to_the_end(town: SmallTown) -> None:
    town.clock.moment = max(poll.ends_at() for poll in town.manifest.polls) + SETTLE


async def sent(resident: TownPhone) -> None:
    resident.desk.send("regiovervoer", ANSWERS)
    assert await resident.sync() is None


def lists(town: SmallTown) -> list[str]:
    return [r.url.path for r in town.wire.asked if r.url.path.endswith("/list")]


def serve_list(town: SmallTown, change) -> None:
    """The list as the ballot box made it, changed on the way."""

    def after(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
        if not request.url.path.endswith("/list"):
            return reply
        changed = change(ListMessage.model_validate_json(reply.content))
        return httpx.Response(200, content=changed.model_dump_json(), headers={"date": reply.headers["date"]})

    town.wire.after = after


async def test_a_counted_answer_is_found_in_the_list(resident: TownPhone):
    await sent(resident)
    await resident.town.mix()
    to_the_end(resident.town)
    assert await resident.sync() is None
    assert resident.standing() is Standing.COUNTED
    resident.town.wire.asked.clear()
    assert await resident.sync() is None
    assert lists(resident.town) == [], "fetched once, whole, and kept"


async def test_an_answer_that_is_not_in_the_list_is_said_not_to_be(resident: TownPhone):
    await sent(resident)  # and the shuffler loses it
    to_the_end(resident.town)
    assert await resident.sync() is None
    assert resident.standing() is Standing.NOT_COUNTED


async def test_a_list_that_is_not_ready_says_nothing(resident: TownPhone):
    await sent(resident)
    await resident.town.mix()
    resident.town.clock.moment = resident.town.manifest.polls[0].ends_at() + timedelta(hours=1)
    assert await resident.sync() is None
    assert lists(resident.town) == [LIST, LIST]
    assert resident.standing() is Standing.SENT


async def test_a_forged_list_is_not_believed(resident: TownPhone):
    await sent(resident)
    await resident.town.mix()
    to_the_end(resident.town)
    stranger = new_signing_key().private
    for change in (
        lambda found: found.model_copy(update={"lines": ()}),
        lambda found: found.model_copy(update={"received": 0}),
        lambda found: sign_list(found.model_copy(update={"lines": ()}), stranger),
        lambda found: found.model_copy(update={"kind": "texts" if found.kind == "choices" else "choices"}),
        lambda found: sign_list(
            found.model_copy(update={"poll": "elders"}),
            resident.town.keys["ballot-box"].signing_private,
        ),
    ):
        serve_list(resident.town, change)
        found = await resident.sync()
        assert isinstance(found, Distrusted)
        assert found.reason == Distrust.LIST
        assert resident.standing() is Standing.SENT
    resident.town.wire.after = lambda _, reply: reply
    assert await resident.sync() is None
    assert resident.standing() is Standing.COUNTED, "the control"


async def test_one_forged_list_does_not_hide_another(resident: TownPhone):
    await resident.town.publish_poll(small_poll())
    assert await resident.sync() is None
    await sent(resident)
    resident.desk.send("kleur", ANSWER)
    assert await resident.sync() is None
    await resident.town.mix()
    to_the_end(resident.town)

    def forge_one(found: ListMessage) -> ListMessage:
        return found.model_copy(update={"received": 9}) if found.poll == "regiovervoer" else found

    serve_list(resident.town, forge_one)
    assert isinstance(await resident.sync(), Distrusted)
    assert (resident.standing(), resident.standing("kleur")) == (Standing.SENT, Standing.COUNTED)


async def test_an_answer_whose_receipt_was_lost_is_counted_all_the_same(resident: TownPhone):
    """The phone never heard that it arrived, and took it for late; the list knows better."""
    resident.desk.send("regiovervoer", ANSWERS)
    resident.town.wire.after = lambda r, reply: captive_portal() if r.url.path == ENVELOPES else reply
    await resident.sync()
    resident.town.wire.after = lambda _, reply: reply
    assert {b.state for b in resident.ballots()} == {OutboxState.WAITING}
    await resident.town.mix()
    resident.town.clock.moment = resident.town.manifest.polls[0].ends_at()
    await resident.sync()
    assert resident.standing() is Standing.TOO_LATE
    to_the_end(resident.town)
    await resident.sync()
    assert resident.standing() is Standing.COUNTED


async def test_who_did_not_answer_fetches_the_list_as_well(resident: TownPhone):
    """Else asking for it would say who answered."""
    to_the_end(resident.town)
    resident.town.wire.asked.clear()
    assert await resident.sync() is None
    assert lists(resident.town) == [LIST, LIST]
    assert resident.standing() is Standing.MISSED


async def test_who_could_not_answer_fetches_no_list(waterrijk: SmallTown, new_phone: NewPhone):
    await waterrijk.publish_poll(small_poll(access="invited", segments=["huishouden"]))
    phone = new_phone(waterrijk)
    await phone.join(await waterrijk.invite("vervoer"))
    to_the_end(waterrijk)
    assert await phone.sync() is None
    assert lists(waterrijk) == []


async def test_a_ballot_box_that_is_down_is_asked_again(resident: TownPhone):
    await sent(resident)
    await resident.town.mix()
    to_the_end(resident.town)
    resident.town.wire.trouble = lambda r: httpx.Response(502) if r.url.host == "ballot-box.test" else None
    assert isinstance(await resident.sync(), Unreachable)
    assert resident.standing() is Standing.SENT
    resident.town.wire.trouble = lambda _: None
    assert await resident.sync() is None
    assert resident.standing() is Standing.COUNTED
