"""Too many requests, over real HTTP: refused with a word when to come back, and nothing is written down."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from fastapi import FastAPI

from protocol import paths
from protocol.ballots import ENVELOPE_SIZES
from protocol.canonical import b64
from protocol.problems import Problem
from server.ballot_box import create_ballot_box
from server.commands import serve
from server.door import SCATTER, UNLIMITED, Door, Limits
from server.issuer import create_issuer
from server.shuffler import create_shuffler
from server.throttle import NO_LIMIT, Rate
from tests.server.test_throttle import ANOTHER, SOMEONE, Tick
from tests.support.problems import refused
from tests.support.real_http import served
from tests.support.small_town import BALLOT_BOX, RULE, SETTLE, SmallTown

FEW = Rate(per_second=1, burst=3)
EACH = Limits(NO_LIMIT, FEW, NO_LIMIT, NO_LIMIT)
WHOLE = Limits(FEW, NO_LIMIT, NO_LIMIT, NO_LIMIT)
CODES = Limits(NO_LIMIT, NO_LIMIT, NO_LIMIT, FEW)

Create = Callable[[SmallTown, Door], FastAPI]
ROLES: dict[str, Create] = {
    "issuer": lambda town, door: create_issuer(town.folder, town.card, town.clock, door),
    "shuffler": lambda town, door: create_shuffler(
        town.folder, town.card, BALLOT_BOX, RULE, town.clock, door
    ),
    "ballot-box": lambda town, door: create_ballot_box(town.folder, town.card, SETTLE, town.clock, door),
}


@pytest.fixture
def start(waterrijk: SmallTown) -> Iterator[Callable[..., str]]:
    """Start a role behind one proxy, with these limits; returns its base URL."""
    running = []

    def started(role: str, limits: Limits, tick: Tick) -> str:
        app = ROLES[role](waterrijk, Door(limits=limits, proxies=1, tick=tick))
        running.append(served(app))
        return running[-1].__enter__()

    yield started
    for one in running:
        one.__exit__(None, None, None)


def ask(base: str, path: str = paths.HEALTH, of: str = SOMEONE, **kwargs: object) -> httpx.Response:
    method = "POST" if kwargs else "GET"
    return httpx.request(method, base + path, headers={"x-forwarded-for": of}, **kwargs)


@pytest.mark.parametrize("role", ROLES)
def test_who_asks_too_often_is_told_when_to_come_back(role: str, start: Callable[..., str]):
    tick = Tick()
    base = start(role, EACH, tick)
    assert [ask(base).status_code for _ in range(3)] == [200] * 3
    reply = ask(base)
    assert refused(reply) is Problem.TOO_MANY
    after = int(reply.headers["retry-after"])
    assert 1 <= after <= 1 + SCATTER + 1
    assert ask(base, of=ANOTHER).status_code == 200, "somebody else is not held up"
    tick.now += 1
    assert ask(base).status_code == 200
    assert refused(ask(base)) is Problem.TOO_MANY


@pytest.mark.parametrize("role", ROLES)
def test_without_limits_nobody_is_refused(role: str, start: Callable[..., str]):
    """The control."""
    base = start(role, UNLIMITED, Tick())
    assert {ask(base).status_code for _ in range(20)} == {200}


def test_a_flood_from_everywhere_is_refused_before_it_is_read(start: Callable[..., str]):
    base = start("shuffler", WHOLE, Tick())
    envelope = secrets.token_bytes(min(ENVELOPE_SIZES))
    replies = [ask(base, paths.ENVELOPES, f"203.0.113.{n}", content=envelope) for n in range(5)]
    assert [refused(reply) for reply in replies[3:]] == [Problem.TOO_MANY] * 2


def test_trying_codes_is_limited_more_than_anything_else(start: Callable[..., str]):
    base = start("issuer", CODES, Tick())
    guess = {"code": b64(bytes(13)), "secret": b64(bytes(32))}
    tried = [refused(ask(base, paths.ENROLMENTS, json=guess)) for _ in range(5)]
    assert tried == [Problem.CODE_UNKNOWN] * 3 + [Problem.TOO_MANY] * 2
    assert ask(base).status_code == 200, "the rest goes on"
    assert refused(ask(base, paths.ENROLMENTS, ANOTHER, json=guess)) is Problem.CODE_UNKNOWN


def test_nothing_that_is_written_names_who_asked(
    start: Callable[..., str], waterrijk: SmallTown, capfd: pytest.CaptureFixture[str], caplog
):
    base = start("shuffler", EACH, Tick())
    with caplog.at_level(1):
        for _ in range(5):
            ask(base)
    said = "".join(capfd.readouterr()) + caplog.text
    assert SOMEONE not in said
    for path in waterrijk.folder.rglob("*"):
        assert not path.is_file() or SOMEONE.encode() not in path.read_bytes()


@pytest.mark.parametrize("given", ["5", "0/10", "5/0", "x/y", "inf/inf", "-1/5"])
def test_a_limit_that_makes_no_sense_is_refused_at_the_start(given: str, tmp_path: Path):
    arguments = ["--role", "issuer", "--data", str(tmp_path), "--municipality", __file__, "--limit", given]
    result = CliRunner().invoke(serve, arguments)
    assert result.exit_code == 2
    assert "--limit" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--role", "issuer", "--host", "0.0.0.0"], "--public-url"),
        (["--role", "all", "--public-url", "https://x.example"], "one role"),
    ],
)
def test_a_server_that_cannot_know_its_own_name_does_not_start(
    arguments: list[str], said: str, waterrijk: SmallTown, tmp_path: Path
):
    card = tmp_path / "municipality.json"
    card.write_text(waterrijk.card.model_dump_json())
    more = ["--data", str(tmp_path / "data"), "--municipality", str(card)]
    result = CliRunner().invoke(serve, [*arguments, *more])
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "data").exists()
