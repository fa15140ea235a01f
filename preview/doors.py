"""What the preview's page asks of its server: itself, what there is now, a change, a file to keep."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from domain.errors import StorageError
from preview.browsers import NoBrowser
from preview.page import page, picture_page
from preview.pictures import NoPicture
from preview.saving import picture, sheet
from preview.stage import SIDES, Stage
from preview.wants import Unfit
from staff.usage import text

SHEET = "sheet.pdf"
SAVED = {SHEET, *(f"{name}.png" for name in SIDES)}
NO_BROWSER = text(
    "Pictures need Chromium, Google Chrome or Microsoft Edge on this computer. None was found. "
    "Install one of them, or name its program in SAMENSPRAAK_BROWSER."
)


def doors(stage: Stage) -> list[BaseRoute]:
    return [*_pages(stage), *_changes(stage), _saving(stage)]


def _pages(stage: Stage) -> list[BaseRoute]:
    async def show_page(_: Request) -> Response:
        return HTMLResponse(page(stage.say))

    async def show_picture(request: Request) -> Response:
        return HTMLResponse(picture_page(_side(request), stage.say))

    return [Route("/", show_page), Route("/picture/{side:str}", show_picture)]


def _changes(stage: Stage) -> list[BaseRoute]:
    async def state(_: Request) -> Response:
        return JSONResponse(stage.state())

    async def change(request: Request) -> Response:
        asked = await _asked(request)
        try:
            await stage.change(asked)
        except Unfit as exc:
            return JSONResponse({"problem": str(exc)}, 422)
        except StorageError:
            return JSONResponse({"problem": stage.say.text("The disk is full.")}, 507)
        return JSONResponse(stage.state())

    async def at(request: Request) -> Response:
        asked = await _asked(request)
        stage.at(_side(request), str(asked.get("route")))
        return Response(status_code=204)

    async def events(_: Request) -> Response:
        async def told() -> AsyncIterator[str]:
            async for version in stage.changes():
                yield f"data: {version}\n\n"

        return StreamingResponse(told(), media_type="text/event-stream")

    return [
        Route("/state", state),
        Route("/change", change, methods=["POST"]),
        Route("/at/{side:str}", at, methods=["POST"]),
        Route("/events", events),
    ]


def _saving(stage: Stage) -> BaseRoute:
    async def save(request: Request) -> Response:
        await _asked(request)
        name, address = request.path_params["name"], str(request.base_url).rstrip("/")
        if name not in SAVED:
            raise HTTPException(404)
        try:
            file, content = await _saved(stage, name, address)
        except NoBrowser:
            return JSONResponse({"problem": stage.say.text(NO_BROWSER)}, 409)
        except NoPicture:
            return JSONResponse({"problem": stage.say.text("The browser could not make the picture.")}, 502)
        named = {"content-disposition": f'attachment; filename="{file}"'}
        return Response(content, media_type="application/octet-stream", headers=named)

    return Route("/save/{name:str}", save, methods=["POST"])


def _side(request: Request) -> str:
    name = str(request.path_params["side"])
    if name not in SIDES:
        raise HTTPException(404)
    return name


async def _saved(stage: Stage, name: str, address: str) -> tuple[str, bytes]:
    if name == SHEET:
        return await sheet(stage, address, date.today())
    return await picture(stage, name.removesuffix(".png"), address)


async def _asked(request: Request) -> dict[str, Any]:
    """The JSON of a request. Another site's page can post a form here, but no JSON: the browser asks
    whether it may, and gets no.
    """
    if request.headers.get("content-type") != "application/json":
        raise HTTPException(415)
    try:
        found = json.loads(await request.body())
    except ValueError as exc:
        raise HTTPException(400) from exc
    if not isinstance(found, dict):
        raise HTTPException(400)
    return found
