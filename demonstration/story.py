"""What happened in the invented municipality before a visitor looks: polls, answers, a result, feedback."""

from __future__ import annotations

import json
import shutil
from asyncio import Semaphore, TaskGroup
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from itertools import count as count_from
from pathlib import Path
from random import Random

from demonstration.residents import Resident, some_answers
from demonstration.town import POLLS, Town, now
from demonstration.waiting import wait_until
from domain.answers import Answer
from domain.errors import Refused
from protocol.canonical import b64
from protocol.codes import Code
from protocol.outcome import FeedbackDocument, ResultDocument
from protocol.poll_document import read_poll
from protocol.speech import write_speech
from staff.command_speech import ESPEAK
from staff.counting import Counted, count
from staff.servers import Servers, new_http_client
from staff.voicing import Speaker, voice
from sync.client import new_http_client as new_phone_http
from theming.default_style import DEFAULT
from theming.house_style import to_document

CLOSED = "hulp-thuis"
AT_ONCE = 4
"""Residents; while one computes, the servers work for another."""
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


def give_voices(town: Town, tell: Tell) -> None:
    """Let every poll be read aloud, where this computer has a program that speaks."""
    speaker = Speaker(ESPEAK)
    if shutil.which(speaker.program) is None:
        tell(f"no voices: {speaker.program} is not installed")
        return
    for path in sorted(POLLS.glob("*.json")):
        tell(f"reading {path.stem} aloud")
        raw = path.read_bytes()
        poll = read_poll(raw)
        voicing = voice(poll, speaker, None, lambda *_: None)
        with new_http_client() as http:
            spoken = write_speech(poll.id, b64(sha256(raw).digest()), voicing.clips)
            town.publishing(http).publish_speech(poll.id, spoken)


async def answer(town: Town, codes: list[Code], poll: str, tell: Tell, seed: int = 1) -> None:
    """One invented resident for each code joins, answers and sends, a few at a time."""
    chance = Random(seed)  # noqa: S311  (invented answers, the same every time)
    asked = read_poll((POLLS / f"{poll}.json").read_bytes())
    turns, ready = Semaphore(AT_ONCE), count_from(1)
    async with new_phone_http() as http, TaskGroup() as group:

        async def take_part(number: int, code: Code, answers: Mapping[str, Answer]) -> None:
            async with turns:
                resident = Resident(town, town.folder / "residents" / str(number), http)
                await resident.join(code)
                resident.desk.send(poll, answers)
                await resident.sync()
            tell(f"{next(ready)} of {len(codes)} residents answered")

        for number, code in enumerate(codes, start=1):
            group.create_task(take_part(number, code, some_answers(asked, chance)))


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
