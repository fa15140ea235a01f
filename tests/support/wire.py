"""Every server of a test behind one HTTP client, without a network; and the bad networks of this world."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from email.utils import format_datetime

import httpx
from fastapi import FastAPI

from tests.support.clock import FakeClock

Trouble = Callable[[httpx.Request], httpx.Response | None]
"""What happens on the way: a reply from somebody else, an exception, or None to let it through."""


class Wire(httpx.AsyncBaseTransport):
    """By host to the app with that name. `asked` keeps every request that was let through, in order."""

    def __init__(self, apps: Mapping[str, Callable[[], FastAPI]], clock: FakeClock) -> None:
        self._apps, self._clock = apps, clock
        self.trouble: Trouble
        self.after: Callable[[httpx.Request, httpx.Response], httpx.Response]
        self.asked: list[httpx.Request]
        self.calm()

    def calm(self) -> None:
        """No trouble, nothing asked yet."""
        self.trouble, self.after, self.asked = lambda _: None, lambda _, reply: reply, []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)  # a network lets others go first
        reply = self.trouble(request)
        if reply is None:
            self.asked.append(request)
            app = self._apps[request.url.host]()
            way = httpx.ASGITransport(app, raise_app_exceptions=False)
            reply = await way.handle_async_request(request)
            await reply.aread()
            reply.headers["date"] = format_datetime(self._clock(), usegmt=True)
            reply = self.after(request, reply)
        reply.request = request
        return reply

    def paths(self) -> list[str]:
        return [request.url.path for request in self.asked]


def unplugged(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no network", request=request)


def cut_off_after(path: str) -> Callable[[httpx.Request, httpx.Response], httpx.Response]:
    """The server does its work; its reply never arrives."""

    def after(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
        if request.url.path == path:
            raise httpx.ReadError("connection lost", request=request)
        return reply

    return after


def replying(reply: Callable[[], httpx.Response], *hosts: str) -> Trouble:
    """Somebody else answers for these hosts; for all where none is named."""
    return lambda request: reply() if not hosts or request.url.host in hosts else None


def captive_portal() -> httpx.Response:
    """The wifi of a train: status 200 and a page to log in."""
    return httpx.Response(200, html="<html><title>Welkom aan boord</title></html>")
