"""Running roles: each an HTTP server of its own; several may share one process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from protocol.municipality import MunicipalityCard
from server.ballot_box import create_ballot_box
from server.door import Door
from server.issuer import create_issuer
from server.listening import Listening
from server.mixing import MixRule
from server.shuffler import create_shuffler

ROLES = ("issuer", "shuffler", "ballot-box")


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """`data`: folder for the databases; `ballot_box`: where the shuffler hands on to."""

    data: Path
    card: MunicipalityCard
    ballot_box: str
    mix: MixRule
    settle: timedelta
    door: Mapping[str, Door] = field(default_factory=dict)
    """By role; without one: no request of staff is let in."""


class _Quiet(uvicorn.Server):
    """One of several servers in a process: signals are for all of them, so none takes them."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def create(role: str, settings: ServeSettings) -> FastAPI:
    """The application of a role."""
    door = settings.door.get(role, Door())
    if role == "issuer":
        return create_issuer(settings.data, settings.card, _now, door)
    if role == "shuffler":
        return create_shuffler(settings.data, settings.card, settings.ballot_box, settings.mix, _now, door)
    return create_ballot_box(settings.data, settings.card, settings.settle, _now, door)


def serve(apps: Mapping[int, FastAPI], host: str) -> None:
    """Serve each app on its port until SIGINT or SIGTERM; then finish what is under way and stop.

    No access log, no server header: what arrives when stays unwritten.
    """
    # uvicorn would log a failed request with everything in it; `server.refusals` says where, and no more.
    logging.getLogger("uvicorn.error").addFilter(lambda record: not record.exc_info)
    servers = [new_server(app, host, port) for port, app in apps.items()]
    asyncio.run(_serve_all(servers))


def new_server(app: FastAPI, host: str, port: int, speaking: type[Listening] = Listening) -> uvicorn.Server:
    """An HTTP server of ours that is not running yet."""
    return _Quiet(_config(app, host, port, speaking))


async def _serve_all(servers: list[uvicorn.Server]) -> None:
    def stop() -> None:
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)

    async def run(server: uvicorn.Server) -> None:
        try:
            await server.serve()
        finally:
            stop()  # one that cannot start or that failed takes the others along, visibly

    await asyncio.gather(*(run(server) for server in servers))


def _config(app: FastAPI, host: str, port: int, speaking: type[Listening]) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
        proxy_headers=False,  # `server.door` knows which of them to believe
        http=speaking,
        ws="none",
    )


def _now() -> datetime:
    return datetime.now(UTC)
