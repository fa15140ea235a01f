"""Bounds on request bodies: how long, how slow, and JSON of one meaning only."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from protocol.problems import Problem
from server.refusals import Refusal, problem_reply

CLOSE = {"connection": "close"}
"""With a refusal of a body that was not read to its end: the rest would pass for the next request."""


class WholeBody:
    """ASGI middleware: the app sees a request when its body is here, whole, and no nonsense.

    `most` is in bytes, `seconds` is for the whole body: one that drips in keeps nothing busy for longer.
    JSON (RFC 8259) must be UTF-8 and may name no member twice, since readers differ in which one they take.
    """

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self._app, self._most, self._seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
            if body is None:
                return  # whoever asked is gone
            if body and _is_json(Headers(scope=scope).get("content-type", "")) and not is_unambiguous(body):
                raise Refusal(Problem.MALFORMED)
        except TimeoutError:
            await problem_reply(Problem.TOO_SLOW, CLOSE)(scope, receive, send)
        except Refusal as refusal:
            await problem_reply(refusal.problem, refusal.headers)(scope, receive, send)
        else:
            await self._app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._most:
                raise Refusal(Problem.TOO_LARGE, CLOSE)
            more = message.get("more_body", False)
        return bytes(body)


def is_unambiguous(body: bytes) -> bool:
    """Whether it is JSON that can be read in one way only."""
    try:
        json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return False
    return True


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _once(members: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in members}) != len(members):
        raise ValueError("a member twice")


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
