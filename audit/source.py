"""The servers as a stranger sees them: bytes up to a limit, or a typed reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import httpx
from pydantic import ValidationError

from domain.errors import Refused, SyncError, Unreachable
from protocol.messages import ProblemMessage

LONGEST = 60.0
"""Seconds for one reply, however slowly it drips in."""
LATER = frozenset({408, 425, 429})
ENOUGH_OF_A_PROBLEM = 64 * 1024


class NoAnswer(Unreachable):
    """The network, or a server that is busy: this says nothing about the polls."""

    def __init__(self, url: str) -> None:
        super().__init__("no-answer")
        self.url = url


class NotOurs(SyncError):
    """Something else answered: `reason` is redirect, too-large, packed or status."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url, self.reason = url, reason


@dataclass(frozen=True, slots=True)
class Source:
    http: httpx.Client
    clock: Callable[[], float] = monotonic

    def get(self, url: str, most: int) -> bytes:
        """At most `most` bytes. Raises `NoAnswer`, `NotOurs`, or `Refused` with the server's code."""
        try:
            with self.http.stream("GET", url) as reply:
                body = self._read(reply, url, most if reply.is_success else ENOUGH_OF_A_PROBLEM)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as exc:
            raise NoAnswer(url) from exc
        if reply.is_success:
            return body
        if reply.is_server_error or reply.status_code in LATER:
            raise NoAnswer(url)
        if reply.is_redirect:
            raise NotOurs(url, "redirect")
        try:
            raise Refused(ProblemMessage.model_validate_json(body).code)
        except ValidationError as exc:
            raise NotOurs(url, "status") from exc

    def _read(self, reply: httpx.Response, url: str, most: int) -> bytes:
        if reply.headers.get("content-encoding", "identity") != "identity":
            raise NotOurs(url, "packed")  # unpacking could fill the memory
        began, body = self.clock(), bytearray()
        for piece in reply.iter_raw():
            body += piece
            if len(body) > most:
                raise NotOurs(url, "too-large")
            if self.clock() - began > LONGEST:
                raise NoAnswer(url)
        return bytes(body)


def new_http_client() -> httpx.Client:
    """Follows no redirects, unpacks nothing, and says nothing about who asks."""
    headers = {"user-agent": "samenspraak", "accept-encoding": "identity"}
    return httpx.Client(timeout=20, follow_redirects=False, headers=headers, trust_env=True)
