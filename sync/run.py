"""One round of synchronising, and the loop that makes rounds while the app is open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import Distrusted, StorageError, SyncError, Unreachable
from protocol.manifest import Manifest
from protocol.problems import Distrust
from sync.client import Client
from sync.draw import draw
from sync.enrol import enrol
from sync.forget import forget
from sync.hand_over import hand_over
from sync.phone import Phone
from sync.pull import pull
from sync.seal import stamp
from sync.verify_counted import verify_counted
from sync.voice import fetch_voices

log = logging.getLogger("samenspraak.sync")

LAST_SUCCESS = "sync.last-success"
PROBLEM = "sync.problem"
PAUSE = (45.0, 75.0)
"""Seconds between rounds while the app is open, at random within these bounds."""


@dataclass
class Synchroniser:
    """Makes rounds for one phone. `changed` is called after each, in the loop's own task.

    `present`: whether anybody can see the app. A browser's window may be closed while its phone lives on
    here: that makes fewer rounds, once it has nothing to send.
    """

    phone: Phone
    client: Client
    changed: Callable[[], None]
    pause: tuple[float, float] = PAUSE
    present: bool = True
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _holder: str = ""

    def __post_init__(self) -> None:
        self._holder = self.phone.random(16).hex()

    def nudge(self) -> None:
        """Make a round now: the app came to the front, the network is back, or the resident asks."""
        try:
            self.phone.outbox.hurry(self.phone.municipality.id)
        except StorageError as exc:  # what was postponed keeps its time; the round can still be made
            log.warning("storage: %s", type(exc).__name__)
        self._wanted.set()

    async def run(self) -> None:
        """Rounds until cancelled. A round that fails is noted; the next one comes."""
        while True:
            self._wanted.clear()
            await self.round()
            self._tell()
            low, high = self.pause if self._is_needed() else max(self.pause, PAUSE)
            share = int.from_bytes(self.phone.random(2), "big") / 0xFFFF
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), low + (high - low) * share)

    def _is_needed(self) -> bool:
        try:
            return self.present or self.phone.outbox.has_to_go(self.phone.municipality.id)
        except StorageError:  # the round has said so
            return False

    def _tell(self) -> None:
        try:
            self.changed()
        except Exception as exc:  # a screen that cannot be drawn must not stop the sending
            log.error("the screen did not take a change: %s: %s", type(exc).__name__, exc)

    async def round(self) -> SyncError | None:
        """Every step once. Returns what stopped it, or None; it is also noted for the screen."""
        problem: SyncError | None = None
        try:
            problem = await self._steps()
        except SyncError as exc:
            problem = exc
        except StorageError as exc:
            log.warning("storage: %s", type(exc).__name__)
            return None
        except Exception as exc:  # the loop must outlive one bad round; the outbox keeps everything
            log.error("a round failed: %s", type(exc).__name__)
            problem = Unreachable("unexpected")
        self._note(problem)
        return problem

    async def _steps(self) -> SyncError | None:
        phone, client = self.phone, self.client
        pulled: Unreachable | Distrusted | None = None
        server_time: datetime | None = None
        try:
            server_time = await pull(phone, client)
        except (Unreachable, Distrusted) as exc:
            pulled = exc  # what the phone trusts already may still be used to hand over
        manifest = phone.manifest()
        if manifest is None or _is_forked(pulled):
            return pulled  # of two manifests with one number, the phone's may be the false one
        now = server_time or phone.now()
        drawn: SyncError | None = None
        if not isinstance(pulled, Distrusted):
            drawn = await self._draw(manifest, now)
        stamp(phone, manifest, server_time)
        handed = await hand_over(phone, client, manifest, server_time, self._holder)
        if pulled is None:
            await verify_counted(phone, client, manifest, now)
            await fetch_voices(phone, client, manifest, now)
        problem = pulled or drawn or handed.problem
        if problem is None and server_time is not None:
            forget(phone, manifest, server_time)
        return problem

    async def _draw(self, manifest: Manifest, now: datetime) -> SyncError | None:
        """Returns what stopped it. The shuffler is another server: what is sealed may still go."""
        try:
            await enrol(self.phone, self.client, manifest.services.issuer)
            await draw(self.phone, self.client, manifest, now)
        except (Unreachable, Distrusted) as exc:
            return exc
        return None

    def _note(self, problem: SyncError | None) -> None:
        try:
            if problem is None:
                self.phone.settings.put(LAST_SUCCESS, self.phone.now().isoformat())
            self.phone.settings.put(PROBLEM, str(problem) if problem else "")
        except StorageError as exc:
            log.warning("storage: %s", type(exc).__name__)


def _is_forked(problem: SyncError | None) -> bool:
    return isinstance(problem, Distrusted) and problem.reason == Distrust.FORKED
