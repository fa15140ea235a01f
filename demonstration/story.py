"""What happened in the invented municipality before a visitor looks: polls, answers, a result, feedback."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from demonstration.residents import Resident, some_answers
from demonstration.town import POLLS, Town, now
from demonstration.waiting import wait_until
from domain.errors import Refused
from protocol.codes import Code
from protocol.outcome import FeedbackDocument, ResultDocument
from staff.counting import Counted, count
from staff.servers import Servers, new_http_client
from sync.client import new_http_client as new_phone_http
from theming.default_style import DEFAULT
from theming.house_style import to_document

CLOSED = "hulp-thuis"
FEEDBACK = Path(__file__).parent / "feedback.json"
Tell = Callable[[str], None]


def publish_everything(town: Town, tell: Tell) -> None:
    """The house style and three polls."""
    with new_http_client() as http:
        publishing = town.publishing(http)
        publishing.set_style(json.dumps(to_document(DEFAULT)).encode())
        for path in sorted(POLLS.glob("*.json")):
            tell(f"publishing {path.stem}")
            publishing.publish(path.read_bytes())


async def answer(town: Town, codes: list[Code], poll: str, tell: Tell, seed: int = 1) -> None:
    """One invented resident for each code joins, answers and sends."""
    chance = Random(seed)  # noqa: S311  (invented answers, the same every time)
    async with new_phone_http() as http:
        for number, code in enumerate(codes, start=1):
            resident = Resident(town, town.folder / "residents" / str(number), http)
            await resident.join(code)
            card = resident.desk.card(poll)
            assert card is not None, f"{poll} is not for this resident"
            resident.desk.send(poll, some_answers(card.poll, chance))
            await resident.sync()
            tell(f"{number} of {len(codes)} residents answered")


def close_and_count(town: Town, poll: str, tell: Tell) -> Counted:
    """Close now, wait until every batch is in, count, publish the result."""
    with new_http_client() as http:
        publishing = town.publishing(http)
        publishing.close(poll, (now() + timedelta(seconds=1)).replace(microsecond=0))
        tell("closed; waiting for the last batch")
        servers = Servers(town.office, http)
        counted = wait_until(lambda: _count_if_ready(town, servers, poll), 10 * town.mix.every + 30)
        publishing.publish_result(ResultDocument.from_domain(counted.result))
    return counted


def give_feedback(town: Town, path: Path = FEEDBACK) -> None:
    document = FeedbackDocument.model_validate_json(path.read_bytes())
    with new_http_client() as http:
        town.publishing(http).publish_feedback(document)


def _count_if_ready(town: Town, servers: Servers, poll: str) -> Counted | None:
    try:
        return count(town.office, servers, poll)
    except Refused as refused:
        if refused.code != "ballots-not-ready":
            raise
        return None
