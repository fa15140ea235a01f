"""Whatever goes wrong, a server answers with a problem document that says nothing about anybody."""

from __future__ import annotations

import ast
import logging
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from protocol import paths
from protocol.problems import STATUS, Problem
from server.application import LARGEST_BODY, make_application
from server.door import Door
from tests.support.problems import refused
from tests.support.small_town import BALLOT_BOX, ISSUER, SHUFFLER, SmallTown

SERVER = Path(__file__).parents[2] / "server"
SERVERS = (ISSUER, SHUFFLER, BALLOT_BOX)
MALFORMED = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"\xff\xfe",
    b'{"poll": "\\ud800"}',
    b'{"a": ' * 20_000,
    b"[" * 100_000,
    b"9" * 5_000,
    b'{"poll": "x", "poll": "y"}',
    b'{"envelopes": [], "below_threshold": 1e999, "signature": ""}',
]


@pytest.mark.parametrize(
    "url", [ISSUER + paths.ENROLMENTS, BALLOT_BOX + paths.BATCHES, ISSUER + paths.TOKENS], ids=lambda u: u[7:]
)
async def test_json_that_is_none_is_refused_not_a_crash(waterrijk: SmallTown, url: str):
    headers = {"content-type": "application/json", "authorization": "Bearer " + "A" * 43}
    for body in MALFORMED:
        found = refused(await waterrijk.http.post(url, content=body, headers=headers))
        assert found in (Problem.MALFORMED, Problem.CREDENTIAL_UNKNOWN), body[:40]


@pytest.mark.parametrize(
    "url", [ISSUER + paths.ENROLMENTS, BALLOT_BOX + paths.BATCHES, SHUFFLER + paths.ENVELOPES]
)
async def test_a_body_that_is_too_large_is_called_too_large_and_is_not_read_to_its_end(
    waterrijk: SmallTown, url: str
):
    read = 0

    async def endless():
        nonlocal read
        for _ in range(10 * LARGEST_BODY // 65536):
            read += 65536
            yield bytes(65536)

    kind = "application/octet-stream" if url.endswith(paths.ENVELOPES) else "application/json"
    reply = await waterrijk.http.post(url, content=endless(), headers={"content-type": kind})
    assert refused(reply) is Problem.TOO_LARGE
    assert reply.headers["connection"] == "close"
    assert read <= LARGEST_BODY + 2 * 65536


@pytest.mark.parametrize("base", SERVERS)
async def test_an_unknown_path_or_method_is_a_problem_too(waterrijk: SmallTown, base: str):
    assert refused(await waterrijk.http.get(base + "/")) is Problem.NOT_FOUND
    assert refused(await waterrijk.http.get(base + "/v1/nothing")) is Problem.NOT_FOUND
    assert refused(await waterrijk.http.get(base + paths.HEALTH + "/")) is Problem.NOT_FOUND
    reply = await waterrijk.http.delete(base + paths.HEALTH)
    assert (refused(reply), reply.headers["allow"]) == (Problem.METHOD, "GET")
    assert (await waterrijk.http.get(base + paths.HEALTH)).json()["ok"] is True


async def test_a_fault_of_our_own_shows_where_it_is_but_not_what_was_said(caplog: pytest.LogCaptureFixture):
    app = make_application("issuer", 1000, Door())
    answer = "the answer of a resident"

    @app.get("/fault")
    def fault() -> None:
        raise ValueError(answer)

    async with httpx.AsyncClient(transport=_way_to(app)) as http:
        with caplog.at_level(logging.DEBUG, "samenspraak"):
            reply = await http.get("http://issuer.test/fault", headers={"user-agent": "Phone of Jansen"})
    assert refused(reply) is Problem.INTERNAL
    assert answer not in reply.text + caplog.text
    assert "Jansen" not in caplog.text
    assert "ValueError" in caplog.text
    assert "test_refusals.py" in caplog.text


def _way_to(app: FastAPI) -> httpx.ASGITransport:
    return httpx.ASGITransport(app, raise_app_exceptions=False)


def test_every_problem_has_a_status_and_is_sent_by_some_server():
    assert set(STATUS) == set(Problem)
    sent = set()
    for path in SERVER.glob("*.py"):
        if path.name == "describing.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Problem":
                sent.add(Problem[node.attr])
    assert sent == set(Problem)
