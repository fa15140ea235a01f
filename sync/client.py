"""The servers as the phone sees them: one method per route, typed errors only.

Anything that is not plainly this product's own answer counts as a bad network: a captive portal's
page with status 200, a proxy's error, a redirect, half a JSON document.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from domain.errors import Refused, Unreachable
from protocol import paths
from protocol.canonical import b64
from protocol.messages import (
    DrawMessage,
    DrawnMessage,
    EnrolledMessage,
    EnrolmentMessage,
    ListMessage,
    ProblemMessage,
    ReceiptMessage,
)
from protocol.problems import Problem

M = TypeVar("M", bound=BaseModel)

LARGEST_REPLY = 8 * 1024 * 1024
LONGEST_RETRY_AFTER = 6 * 3600
NETWORK = "network"
NOT_OURS = "not-ours"
BUSY = "busy"
SLOW = "slow"

FINAL = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422})
"""Statuses after which asking again cannot help, if a problem document of ours says so."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes of a manifest, and the server's clock when it answered (None if it did not say)."""

    raw: bytes
    server_time: datetime | None


class Client:
    """One HTTP client for the three roles; no cookies, no redirects."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def manifest(self, address: str) -> Fetched:
        reply = await self._send("GET", address + paths.MANIFEST)
        try:
            ours = isinstance(json.loads(reply.content)["manifest"], dict)
        except (ValueError, KeyError, TypeError, RecursionError):
            ours = False
        if not ours:
            raise Unreachable(NOT_OURS)
        return Fetched(reply.content, _date(reply))

    async def document(self, address: str, digest: str) -> bytes:
        reply = await self._send("GET", address + paths.DOCUMENT.format(digest=digest))
        return reply.content

    async def enrol(self, issuer: str, code: bytes | None, secret: bytes) -> EnrolledMessage:
        message = EnrolmentMessage(code=b64(code) if code is not None else None, secret=b64(secret))
        reply = await self._send("POST", issuer + paths.ENROLMENTS, json=message.model_dump(mode="json"))
        return _read(EnrolledMessage, reply)

    async def draw(self, issuer: str, secret: bytes, message: DrawMessage) -> DrawnMessage:
        reply = await self._send(
            "POST",
            issuer + paths.TOKENS,
            json=message.model_dump(mode="json"),
            headers={"authorization": f"Bearer {b64(secret)}"},
        )
        return _read(DrawnMessage, reply)

    async def hand_over(self, shuffler: str, envelope: bytes) -> ReceiptMessage:
        """The receipt is not yet checked: only the caller knows the shuffler's key."""
        headers = {"content-type": "application/octet-stream"}
        reply = await self._send("POST", shuffler + paths.ENVELOPES, content=envelope, headers=headers)
        return _read(ReceiptMessage, reply)

    async def list_of(self, ballot_box: str, poll: str, kind: str) -> ListMessage:
        reply = await self._send("GET", ballot_box + paths.LIST.format(poll=poll), params={"kind": kind})
        return _read(ListMessage, reply)

    async def _send(self, method: str, url: str, **kwargs: Any) -> httpx.Response:
        try:
            reply = await self._http.request(method, url, **kwargs)
        except (httpx.ReadTimeout, httpx.WriteTimeout) as exc:
            raise Unreachable(SLOW) from exc
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as exc:
            raise Unreachable(NETWORK) from exc
        if reply.status_code in FINAL:
            raise _refusal(reply)
        if not reply.is_success:
            raise Unreachable(BUSY, _retry_after(reply))
        if len(reply.content) > LARGEST_REPLY:
            raise Unreachable(NOT_OURS)
        return reply


def new_http_client() -> httpx.AsyncClient:
    """Times out within half a minute; says nothing about the phone."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(20, connect=10),
        follow_redirects=False,
        headers={"user-agent": "samenspraak"},
    )


def _refusal(reply: httpx.Response) -> Refused | Unreachable:
    try:
        code = ProblemMessage.model_validate_json(reply.content).code
    except ValidationError:
        return Unreachable(NOT_OURS)
    return Refused(code) if code in set(Problem) else Unreachable(NOT_OURS)


def _read(kind: type[M], reply: httpx.Response) -> M:
    try:
        return kind.model_validate_json(reply.content)
    except ValidationError as exc:
        raise Unreachable(NOT_OURS) from exc


def _retry_after(reply: httpx.Response) -> int | None:
    """Seconds, at most six hours; None if the server did not say, or not in seconds."""
    said = reply.headers.get("retry-after", "")
    number = len(said) < 10 and said.isascii() and said.isdigit()
    return min(int(said), LONGEST_RETRY_AFTER) if number else None


def _date(reply: httpx.Response) -> datetime | None:
    try:
        found = parsedate_to_datetime(reply.headers["date"])
    except (KeyError, ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
