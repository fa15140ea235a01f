"""Keeping to `server/retention.py`: at the start of a server and every day while it runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine
from sqlmodel import Session

from protocol.manifest import Manifest
from server.database import forget_order
from server.retention import RULES, Look

log = logging.getLogger("samenspraak.retention")
EVERY = timedelta(days=1)


def _nothing_to_keep(_session: Session, _poll: str) -> None:
    """Where nothing is published of a poll."""


@dataclass
class Retention:
    """Sweeps one role's tables, each rule in a transaction of its own."""

    role: str
    engine: Engine
    now: Callable[[], datetime]
    manifest: Callable[[], Manifest | None]
    freeze: Callable[[Session, str], None] = _nothing_to_keep
    _unnamed: dict[str, datetime] = field(default_factory=dict)

    def sweep(self) -> None:
        """Delete what is past its time, then rewrite the file: what was deleted is nowhere in it."""
        now, manifest = self.now(), self.manifest()
        for rule in RULES:
            if rule.role == self.role and rule.sweep is not None:
                long_ago = now - timedelta(days=rule.days)
                with Session(self.engine) as session, session.begin():
                    rule.sweep(Look(session, now, long_ago, manifest, self._unnamed, self.freeze))
        forget_order(self.engine)

    async def daily(self) -> None:
        """At the start and every day, for ever."""
        while True:
            try:
                await asyncio.to_thread(self.sweep)
            except Exception as exc:  # the loop must outlive one bad day; what was kept is swept tomorrow
                log.error("a sweep failed: %s", type(exc).__name__)
            await asyncio.sleep(EVERY.total_seconds())


@asynccontextmanager
async def running(retention: Retention) -> AsyncIterator[None]:
    """Sweep at the start and every day; in the end, forget in which order things came."""
    task = asyncio.create_task(retention.daily())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await asyncio.to_thread(forget_order, retention.engine)


def while_running(retention: Retention) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """For an app's lifespan."""
    return lambda _app: running(retention)
