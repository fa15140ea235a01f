"""Bad input over real HTTP, byte by byte: always a problem document, never a fault of the server's own."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from protocol import paths
from protocol.canonical import b64
from protocol.problems import Problem
from server.ballot_box import create_ballot_box
from server.door import UNLIMITED, Door
from server.issuer import create_issuer
from server.listening import Listening
from tests.support.problems import refused
from tests.support.real_http import read_reply, send_raw, served
from tests.support.small_town import SETTLE, SmallTown

PATIENCE = 0.3
"""Seconds for a whole body, in these tests."""
GOOD = json.dumps({"code": b64(bytes(13)), "secret": b64(bytes(32))}).encode()


class Impatient(Listening):
    header_seconds = PATIENCE


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> SmallTown:
    return SmallTown(tmp_path_factory.mktemp("town") / "servers")


@pytest.fixture(scope="module")
def issuer(town: SmallTown) -> Iterator[str]:
    with served(create(town)) as base:
        yield base


def create(town: SmallTown) -> FastAPI:
    door = Door(limits=UNLIMITED, body_seconds=PATIENCE)
    return create_issuer(town.folder, town.card, town.clock, door)


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    head = b"\r\n".join([line + b" HTTP/1.1", b"Host: issuer.test", *headers])
    return head + b"\r\n\r\n" + body


def posting(body: bytes, path: str = paths.ENROLMENTS, kind: bytes = b"application/json") -> bytes:
    length = b"Content-Length: %d" % len(body)
    return request(b"POST " + path.encode(), b"Content-Type: " + kind, length, body=body)


def problem(base: str, *pieces: bytes) -> Problem:
    return refused(send_raw(base, *pieces).as_httpx())


def test_a_good_request_sent_the_same_way_is_understood(issuer: str):
    """The control of all that follows: the code is unknown, the message was read."""
    assert problem(issuer, posting(GOOD)) is Problem.CODE_UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        b'{"secret": "AA", "secret": "AA"}',
        GOOD.replace(b"{", b'{"code": null, ', 1),
        b'{"a": [{"b": 1, "b": 1}]}',
        b'{"a": 1, "\\u0061": 1}',
        b'{"secret": "\xff"}',
        b'{"secret": "\xed\xa0\x80"}',
        GOOD.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + GOOD,
        b'{"secret": NaN}',
        b'{"secret": -Infinity}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"[" * 200_000 + b"]" * 200_000,
        b"1" * 10_000,
        b'"unfinished',
        b"{} {}",
        b"\x00",
        b"<html>",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_json_that_is_none_or_could_be_read_in_two_ways_is_malformed(issuer: str, body: bytes):
    assert problem(issuer, posting(body)) is Problem.MALFORMED


@pytest.mark.parametrize(
    "message",
    [
        {"secret": 1},
        {"secret": None},
        {"secret": ["AA"]},
        {"secret": {"AA": "AA"}},
        {"secret": True, "code": "AA"},
        {"secret": b64(bytes(32)), "code": 7},
        {"secret": b64(bytes(32)), "nobody": "knows"},
        {"secret": "é" * 43},
        {"secret": b64(bytes(32)) + "\n"},
        {"secret": "\u0000"},
        [],
        "text",
        7,
        None,
    ],
    ids=repr,
)
def test_a_value_of_another_kind_is_malformed(issuer: str, message: object):
    assert problem(issuer, posting(json.dumps(message).encode())) is Problem.MALFORMED


@pytest.mark.parametrize(
    "raw",
    [
        request(b"GET /v1/documents/%ff%fe" + b"A" * 41),
        request(b"GET /v1/documents/%00"),
        request(b"GET /v1/%c3%28"),
        request(b"GET /v1/health?x=%ff%fe"),
        request(b"GET http://elsewhere.example/v1/health"),
        request(b"OPTIONS *"),
        request(b"CONNECT elsewhere.example:443"),
        request(b"GET /v1/manifest", b"Authorization: Bearer \xff\xfe"),
        request(b"POST /v1/tokens", b"Authorization: Bearer \xc3\x28", b"Content-Length: 0"),
        request(b"GET /v1/staff/polls/x/issued", b"Signature: \xff", b"Signature-Input: \xc3\x28"),
        request(b"GET /v1/manifest", b"Host: two.test"),
        request(b"GET /v1/\xff\xfe"),
        request(b"GET /v1/health", b"X: " + b"a" * 100_000),
        request(b"GET /" + b"a" * 100_000),
        request(b"GET /v1/health", b"bad header"),
        request(b"GET /v1/health", b"X:\x00"),
        request(b"get me out of here"),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n\r\n",
        request(b"POST /v1/enrolments", b"Content-Length: -5"),
        request(b"POST /v1/enrolments", b"Content-Length: 5", b"Content-Length: 6"),
        request(b"POST /v1/enrolments", b"Transfer-Encoding: chunked", body=b"zz\r\n"),
        request(
            b"POST /v1/enrolments", b"Content-Type: application/json; charset=\xff", b"Content-Length: 0"
        ),
    ],
    ids=lambda raw: repr(raw[:40]),
)
def test_bytes_that_are_no_text_or_no_http_get_a_problem(issuer: str, raw: bytes, caplog):
    reply = send_raw(issuer, raw)
    if raw.startswith(b"GET /v1/health?x") or b"X: aaa" in raw:
        assert reply.status == 200, "what nobody reads harms nobody"
    else:
        assert refused(reply.as_httpx()) is not Problem.INTERNAL
    assert [record for record in caplog.records if record.exc_info or record.levelname == "ERROR"] == []


def test_a_body_without_end_is_cut_off(issuer: str):
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    head = request(b"POST /v1/enrolments", b"Content-Type: application/json", b"Transfer-Encoding: chunked")
    assert problem(issuer, head, *[chunk] * 200) is Problem.TOO_LARGE


def test_a_body_that_drips_in_is_not_waited_for(issuer: str):
    url = httpx.URL(issuer)
    with socket.create_connection((url.host, url.port), timeout=10) as connection:
        began = time.monotonic()
        connection.sendall(request(b"POST /v1/enrolments", b"Content-Length: 1000"))
        connection.sendall(b"{")
        reply = read_reply(connection)
        took = time.monotonic() - began
    assert refused(reply.as_httpx()) is Problem.TOO_SLOW
    assert reply.headers["connection"] == "close"
    assert PATIENCE <= took < 5


def test_a_body_in_two_pieces_is_just_a_body(issuer: str):
    """The control: slow is not the same as in pieces."""
    raw = posting(GOOD)
    assert problem(issuer, raw[:-10], raw[-10:]) is Problem.CODE_UNKNOWN


def test_headers_that_never_end_are_not_waited_for(town: SmallTown, issuer: str):
    with served(create(town), Impatient) as base:
        for begin in (b"", b"GET /v1/health HTTP/1.1\r\nX: "):
            began = time.monotonic()
            assert send_raw(base, begin).status == 0
            assert PATIENCE <= time.monotonic() - began < 5
    with pytest.raises(TimeoutError):  # the control: with more patience the connection stays
        send_raw(issuer, b"GET /v1/health HTTP/1.1\r\nX: ", seconds=2 * PATIENCE)


def test_one_who_hangs_up_half_way_leaves_no_trace(issuer: str, caplog: pytest.LogCaptureFixture):
    url = httpx.URL(issuer)
    for raw in (posting(GOOD)[:-10], posting(GOOD), b"GET /v1"):
        with socket.create_connection((url.host, url.port)) as connection:
            connection.sendall(raw)
    assert httpx.get(issuer + paths.HEALTH).status_code == 200
    assert [record for record in caplog.records if record.name.startswith(("uvicorn", "samenspraak"))] == []


def test_a_batch_with_a_member_twice_is_refused_too(town: SmallTown):
    app = create_ballot_box(town.folder, town.card, SETTLE, town.clock, Door())
    body = b'{"envelopes": [], "below_threshold": false, "signature": "", "signature": ""}'
    with served(app) as base:
        assert problem(base, posting(body, paths.BATCHES)) is Problem.MALFORMED
        once = body.replace(b', "signature": ""', b"", 1)
        assert problem(base, posting(once, paths.BATCHES)) is Problem.NOT_FOUND, "the control"
