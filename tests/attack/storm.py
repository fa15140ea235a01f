"""Weather between a phone and the servers: who answers in their place, and what breaks afterwards."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from protocol.problems import Problem
from tests.support.problems import refusal
from tests.support.wire import captive_portal, unplugged

Instead = Callable[[httpx.Request], httpx.Response]
Afterwards = Callable[[httpx.Request, httpx.Response], httpx.Response]


def _timeout(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("nobody answers", request=request)


def _answers(status: int, **headers: str) -> Instead:
    return lambda _: httpx.Response(status, headers=headers, text="<html>proxy</html>")


def _refuses(problem: Problem) -> Instead:
    return lambda _: refusal(problem)


def _portal(_request: httpx.Request) -> httpx.Response:
    return captive_portal()


def _empty_json(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={})


SILENT: dict[str, Instead] = {"offline": unplugged, "no answer": _timeout}
LYING: dict[str, Instead] = {
    "captive portal": _portal,
    "empty JSON": _empty_json,
    "204": _answers(204),
    "302": _answers(302, location="http://login.test/"),
    "307": _answers(307, location="http://login.test/"),
}
TROUBLED: dict[str, Instead] = {
    "404": _answers(404),
    "409": _answers(409),
    "409 of ours": _refuses(Problem.TOKEN_DRAWN),
    "410": _answers(410),
    "429": _answers(429, **{"retry-after": "120"}),
    "429 of ours": _refuses(Problem.TOO_MANY),
    "500 of ours": _refuses(Problem.INTERNAL),
    "503": _answers(503, **{"retry-after": "7200"}),
    "503 for ever": _answers(503, **{"retry-after": "999999999"}),
}
BEFORE = {**SILENT, **LYING, **TROUBLED}
"""Nothing of it says that a ballot is refused: what waits must wait on."""

FINAL: dict[str, tuple[Instead, Problem]] = {
    "410 of ours": (_refuses(Problem.POLL_CLOSED), Problem.POLL_CLOSED),
    "413 of ours": (_refuses(Problem.TOO_LARGE), Problem.TOO_LARGE),
    "422 of ours": (_refuses(Problem.ENVELOPE_SIZE), Problem.ENVELOPE_SIZE),
}
"""The shuffler's own refusals: the ballot is set aside or too late, and the resident sees it."""


def _cut_off(request: httpx.Request, _reply: httpx.Response) -> httpx.Response:
    raise httpx.ReadTimeout("the server had done its work", request=request)


def _cut_json(_request: httpx.Request, reply: httpx.Response) -> httpx.Response:
    return httpx.Response(reply.status_code, content=reply.content[: len(reply.content) // 2])


def _gateway(_request: httpx.Request, _reply: httpx.Response) -> httpx.Response:
    return httpx.Response(504)


def _other_receipt(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
    return httpx.Response(200, json={"envelope": "A" * 43, "signature": "A" * 86})


AFTER: dict[str, Afterwards] = {
    "timeout after commit": _cut_off,
    "cut JSON": _cut_json,
    "504 after commit": _gateway,
    "another's receipt": _other_receipt,
}
