"""The door of a server: which requests come in at all, before anything reads what they ask."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from random import SystemRandom

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from protocol import paths
from protocol.problems import Problem
from server.refusals import problem_reply
from server.throttle import NO_LIMIT, Rate, Throttle

SCATTER = 10.0
"""Seconds: who was refused together comes back spread over this long."""


WHOLE, EACH = Rate(400, 20_000), Rate(100, 7_000)
ENROLMENTS, ENROLMENTS_EACH = Rate(50, 5_000), Rate(2, 500)


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests a second and at once: for the whole server, for each address, and for trying codes.

    A phone asks about 70 times when it opens with twenty new polls, so a hundred phones behind one address
    of a mobile operator pass together, and five thousand in an hour.
    """

    whole: Rate = WHOLE
    each: Rate = EACH
    enrolments: Rate = ENROLMENTS
    enrolments_each: Rate = ENROLMENTS_EACH


LIMITED, UNLIMITED = Limits(), Limits(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT)


@dataclass(frozen=True, slots=True)
class Door:
    """How a server meets the world.

    `public_urls`: the base URLs that it is known by; a request of staff that was signed for another one is
    refused. `proxies`: how many of our own proxies stand in front. `body_seconds`: for a whole body.
    """

    public_urls: tuple[str, ...] = ()
    limits: Limits = LIMITED
    proxies: int = 0
    body_seconds: float = 30.0
    tick: Callable[[], float] = time.monotonic


class Doorkeeper:
    """ASGI middleware: refuses with `too-many-requests` whoever asks too often. It stores no address."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        limits = door.limits
        self._app, self._proxies = app, door.proxies
        self._every = Throttle(limits.whole, limits.each, door.tick)
        self._codes = Throttle(limits.enrolments, limits.enrolments_each, door.tick)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = self._wait(scope) if scope["type"] == "http" else 0
        await (_too_many(wait) if wait else self._app)(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        address = address_of(scope, self._proxies)
        wait = self._every.take(address)
        if not wait and scope["path"] == paths.ENROLMENTS:
            wait = self._codes.take(address)
        return wait


def _too_many(wait: float) -> ASGIApp:
    seconds = math.ceil(wait + SystemRandom().uniform(0, SCATTER))
    return problem_reply(Problem.TOO_MANY, {"retry-after": str(seconds), "connection": "close"})


def address_of(scope: Scope, proxies: int) -> str | None:
    """Where a request comes from, to be hashed at once; None where that cannot be known.

    Behind `proxies` of our own it is what the outermost wrote at the end of X-Forwarded-For: what stands
    before it, anybody can have written. This computer itself is a proxy, or a demonstration.
    """
    peer = scope["client"][0] if scope.get("client") else None
    if proxies:
        said = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        return said[-proxies].strip() or None if len(said) >= proxies else None
    try:
        return None if peer is None or ip_address(peer).is_loopback else peer
    except ValueError:
        return None
