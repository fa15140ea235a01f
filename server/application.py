"""What the three roles' web applications have in common."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI, Request

from protocol import paths
from protocol.messages import HealthMessage, ProblemMessage
from server import refusals
from server.limits import BodyLimit

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes; only batches and staff's uploads come near it."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def make_application(role: str, largest_body: int, lifespan: Lifespan | None = None) -> FastAPI:
    """An app with problem documents, a body limit and a health route. It keeps no log of requests."""
    app = FastAPI(
        title=f"Samenspraak {role}",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/v1/openapi.json",
    )
    refusals.install(app)
    app.add_middleware(BodyLimit, most=largest_body)

    @app.get(paths.HEALTH)
    def health() -> HealthMessage:
        return HealthMessage(role=role, ok=True)

    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


async def raw_body(request: Request) -> bytes:
    return await request.body()


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with problem documents instead of FastAPI's own validation errors."""
    if app.openapi_schema is None:
        document = FastAPI.openapi(app)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        schemas["ProblemMessage"] = ProblemMessage.model_json_schema()
        for path in document["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None) if _is_generated(operation) else None
        app.openapi_schema = document
    return app.openapi_schema


def _is_generated(operation: dict[str, Any]) -> bool:
    content = operation["responses"].get("422", {}).get("content", {})
    return "HTTPValidationError" in str(content)
