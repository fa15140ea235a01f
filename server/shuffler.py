"""The shuffler's web application. It keeps no address, no time per envelope and no access log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

import httpx
from fastapi import FastAPI

from domain.errors import Distrusted, Unreachable
from protocol import paths
from protocol.ballots import ENVELOPE_SIZES
from protocol.canonical import b64, unb64
from protocol.manifest import Manifest
from protocol.manifest_trust import read_manifest
from protocol.messages import KeysMessage, ReceiptMessage
from protocol.municipality import MunicipalityCard
from protocol.problems import Problem
from protocol.receipts import make_receipt
from server.application import RawBody, make_application
from server.database import database_url, open_database
from server.describing import TAKES_BYTES, describe
from server.door import Door
from server.mixing import Mixing, MixRule
from server.own_keys import own_keys
from server.shuffler_tables import TABLES
from server.sweeping import Retention, running

log = logging.getLogger("samenspraak.shuffler")
RETRY = 300.0
"""Seconds before a batch that the ballot box did not take is tried again."""


def create_shuffler(
    folder: Path,
    card: MunicipalityCard,
    ballot_box: str,
    rule: MixRule,
    now: Callable[[], datetime],
    door: Door,
) -> FastAPI:
    """The app, with its database in `folder`. `ballot_box` is the base URL it hands batches to."""
    keys = own_keys(folder, "shuffler")
    engine = open_database(database_url(folder, "shuffler"), TABLES.metadata)
    mixing = Mixing(engine, keys, rule, now)

    @asynccontextmanager
    async def mix_while_running(_app: FastAPI) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=ballot_box, timeout=60) as http:
            onward = _Onward(http, card)
            retention = Retention("shuffler", engine, now, lambda: onward.manifest)
            task = asyncio.create_task(_mix_for_ever(mixing, onward))
            async with running(retention):
                yield
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    app = make_application("shuffler", max(ENVELOPE_SIZES), door, mix_while_running)
    app.state.engine, app.state.mixing = engine, mixing

    @app.get(paths.KEYS, responses=describe())
    def public_keys() -> KeysMessage:
        """The key that signs receipts and batches."""
        return KeysMessage(signing=b64(keys.signing_public))

    @app.post(
        paths.ENVELOPES,
        openapi_extra=TAKES_BYTES,
        responses=describe(Problem.ENVELOPE_SIZE, Problem.MEDIA_TYPE, Problem.QUEUE_FULL),
    )
    def take(envelope: RawBody) -> ReceiptMessage:
        """Keep a sealed ballot. The receipt is the promise that it is kept until it is handed on."""
        mixing.keep(envelope)
        return make_receipt(envelope, keys.signing_private)

    return app


class _Onward:
    """The way from the shuffler to the ballot box."""

    def __init__(self, http: httpx.AsyncClient, card: MunicipalityCard) -> None:
        self._http, self._card = http, card
        self.manifest: Manifest | None = None

    async def look(self) -> None:
        """Fetch the manifest for its dates; on failure the last one stays."""
        try:
            reply = await self._http.get(paths.MANIFEST)
            if reply.status_code == 200:
                self.manifest = read_manifest(reply.content, self._card.id, unb64(self._card.root_key))
        except (httpx.HTTPError, Distrusted) as exc:
            log.warning("no manifest from the ballot box: %s", type(exc).__name__)

    async def hand_on(self, _cut: str, batch: dict[str, object]) -> bool:
        """As `Mixing` wants it."""
        try:
            reply = await self._http.post(paths.BATCHES, json=batch)
        except httpx.HTTPError as exc:
            log.warning("the ballot box did not take a batch: %s", type(exc).__name__)
            raise Unreachable(type(exc).__name__) from exc
        if not reply.is_success:
            log.warning("the ballot box did not take a batch: status %d", reply.status_code)
        return reply.is_success


async def _mix_for_ever(mixing: Mixing, onward: _Onward) -> None:
    """A tick at every multiple of the interval on the clock, so that its moment says nothing.

    In between, a batch that was not taken is tried again: what is in it was mixed already.
    """
    every = mixing.rule.every.total_seconds()
    left = True
    while True:
        pause = every - mixing.now().timestamp() % every
        again = left and pause > RETRY
        await asyncio.sleep(RETRY if again else pause)
        try:
            if again:
                gone = await mixing.deliver(onward.hand_on)
            else:
                await onward.look()
                gone = await mixing.tick(onward.manifest, onward.hand_on)
            left = mixing.undelivered()
        except Exception as exc:  # the loop must outlive one bad tick; nothing is lost, all waits on
            log.error("a tick failed: %s", type(exc).__name__)
        else:
            if gone:
                log.info("handed on a batch")
