"""The walk of one answer, over real HTTP between real processes, without a screen."""

from __future__ import annotations

import asyncio
import json
from random import Random

import pytest

from demonstration.residents import Resident, counted_by_hand, some_answers
from demonstration.story import close_and_count
from demonstration.town import POLLS, Town
from demonstration.waiting import wait_until
from domain.answers import Written
from domain.participation import Membership, Standing
from domain.poll import FEWEST_INVITED
from results.disclosure import rounded
from staff.publishing import AlreadyPublished
from sync.client import new_http_client as new_phone_http
from tests.support.polls import document, raw

pytestmark = pytest.mark.processes


async def test_twelve_answers_are_sent_replayed_closed_counted_and_heard(town: Town, tmp_path):
    poll_file = tmp_path / "poll.json"
    poll_file.write_bytes(raw(document(grace_hours=0)))
    town.publish(poll_file)
    codes = town.invite(FEWEST_INVITED, "vervoer")[:12]
    chance, given = Random(1), []
    async with new_phone_http() as http:
        residents = [Resident(town, tmp_path / str(i), http) for i in range(12)]
        for resident, code in zip(residents, codes, strict=True):
            await resident.join(code)
            assert resident.desk.joined().membership is Membership.INVITED
            [card] = resident.desk.cards()
            assert card.standing is Standing.TO_ANSWER
            answers = {**some_answers(card.poll, chance), "wens": Written("Bel even terug.")}
            given.append(answers)
            resident.desk.send("regiovervoer", answers)
            assert resident.desk.card("regiovervoer").standing is Standing.WAITING
            await resident.sync()
            assert resident.desk.card("regiovervoer").standing is Standing.SENT
        await asyncio.to_thread(wait_until, lambda: not town.at_shuffler(), 30)
        for ballot in residents[0].phone.outbox.all(
            "waterrijk"
        ):  # replayed, after the first ones travelled on
            await residents[0].synchroniser.client.hand_over(
                town.office.addresses().shuffler, ballot.envelope
            )
        counted = await asyncio.to_thread(close_and_count, town, "regiovervoer", print)
        assert counted.result.counts.received == 12
        assert counted.result.counts.invalid == counted.result.counts.late == 0
        assert counted.texts == {"wens": ("Bel even terug.",) * 12}
        expected = counted_by_hand(given, "hoe-vaak")
        [table] = [t for t in counted.exact if t.table.question == "hoe-vaak"]
        assert dict(table.groups[0].counts) == expected
        [released] = [t for t in counted.result.tables if t.question == "hoe-vaak"]
        assert {r.id: r.count for r in released.groups[0].rows} == {
            r: rounded(expected.get(r, 0)) for r in table.rows
        }
        await residents[0].sync()
        card = residents[0].desk.card("regiovervoer")
        assert (card.standing, card.has_result) == (Standing.COUNTED, True)
        assert residents[0].desk.result("regiovervoer") == counted.result


def test_a_published_poll_cannot_be_changed(town: Town, tmp_path):
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**document(POLLS / "regiovervoer.json"), "smallest_group": 12}))
    with pytest.raises(AlreadyPublished):
        town.publish(changed)
