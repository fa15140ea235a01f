"""What the three roles' web applications have in common."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from protocol import paths
from protocol.messages import HealthMessage
from protocol.problems import Problem
from server import refusals
from server.describing import OCTETS, describe, document
from server.door import Door, Doorkeeper
from server.limits import WholeBody
from server.refusals import Refusal

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes; only batches and staff's uploads come near it."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def make_application(role: str, largest_body: int, door: Door, lifespan: Lifespan | None = None) -> FastAPI:
    """An app with problem documents, a guarded door and a health route. It keeps no log of requests."""
    app = FastAPI(
        title=f"Samenspraak {role}",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/v1/openapi.json",
        generate_unique_id_function=lambda route: route.name,
    )
    refusals.install(app)
    app.add_middleware(WholeBody, most=largest_body, seconds=door.body_seconds)
    app.add_middleware(Doorkeeper, door=door)  # the last one added is the first that is asked

    @app.get(paths.HEALTH, responses=describe())
    def health() -> HealthMessage:
        """Whether this server runs, and which it is."""
        return HealthMessage(role=role, ok=True)

    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    return app


async def _raw_body(request: Request) -> bytes:
    if request.headers.get("content-type") != OCTETS:
        raise Refusal(Problem.MEDIA_TYPE)
    return await request.body()


RawBody = Annotated[bytes, Depends(_raw_body)]
"""The body of a route that takes bytes and nothing else."""
