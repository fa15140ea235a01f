"""The preview as a small server for this computer only: its page, and the app in two frames on it."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from domain.errors import StorageError
from preview.browsers import NoBrowser
from preview.framing import Framed, PageHeaders
from preview.page import page, picture_page
from preview.pictures import NoPicture
from preview.saving import picture, sheet
from preview.stage import SIDES, Stage
from preview.wants import Unfit
from staff.usage import text
from web.host import create_host

ASSETS = Path(__file__).parents[1] / "assets"
STATIC = Path(__file__).with_name("static")
SHEET = "sheet.pdf"
NO_BROWSER = text(
    "Pictures need Chromium, Google Chrome or Microsoft Edge on this computer. None was found. "
    "Install one of them, or name its program in SAMENSPRAAK_BROWSER."
)
FORGETTING = 10
"""Seconds that the app of a window lives on after the window closed."""


def create_preview(stage: Stage, folder: Path) -> Starlette:
    """An ASGI app. `folder` takes the bold letters; it must be there as long as this runs."""
    bold = _bold_assets(folder)
    hosts = {
        f"/{name}{ending}": create_host(stage.sides[name].main, assets, session_seconds=FORGETTING)
        for name in SIDES
        for ending, assets in (("", ASSETS), ("-bold", bold))
    }

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        first = next(iter(hosts.values()))  # Flet's own housekeeping, which all hosts share
        watching = asyncio.create_task(stage.watch())
        async with first.router.lifespan_context(first):
            yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    routes: list[BaseRoute] = [
        *_routes(stage),
        Mount("/static", StaticFiles(directory=STATIC)),
        Mount("/fonts", StaticFiles(directory=ASSETS / "fonts")),
        *(Mount(path, Framed(host)) for path, host in hosts.items()),
    ]
    # A name that leads here from another site is refused: its page could read a poll not published yet.
    only_here = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=routes, lifespan=lifespan, middleware=[only_here, Middleware(PageHeaders)])


def _routes(stage: Stage) -> list[BaseRoute]:
    async def show_page(_: Request) -> Response:
        return HTMLResponse(page(stage.say))

    async def show_picture(request: Request) -> Response:
        return HTMLResponse(picture_page(request.path_params["side"], stage.say))

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
        stage.at(request.path_params["side"], str(asked.get("route")))
        return Response(status_code=204)

    async def save(request: Request) -> Response:
        await _asked(request)
        name, address = request.path_params["name"], str(request.base_url).rstrip("/")
        try:
            file, content = await _saved(stage, name, address)
        except NoBrowser:
            return JSONResponse({"problem": stage.say.text(NO_BROWSER)}, 409)
        except NoPicture:
            return JSONResponse({"problem": stage.say.text("The browser could not make the picture.")}, 502)
        named = {"content-disposition": f'attachment; filename="{file}"'}
        return Response(content, media_type="application/octet-stream", headers=named)

    async def events(_: Request) -> Response:
        async def told() -> AsyncIterator[str]:
            async for version in stage.changes():
                yield f"data: {version}\n\n"

        return StreamingResponse(told(), media_type="text/event-stream")

    side = "/{side:str}"
    return [
        Route("/", show_page),
        Route(f"/picture{side}", show_picture),
        Route("/state", state),
        Route("/change", change, methods=["POST"]),
        Route(f"/at{side}", at, methods=["POST"]),
        Route("/save/{name:str}", save, methods=["POST"]),
        Route("/events", events),
    ]


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


def _bold_assets(folder: Path) -> Path:
    """As a phone that makes all letters bold: the bold file of each family in place of the regular one."""
    assets = folder / "bold"
    shutil.copytree(ASSETS, assets)
    for regular in (assets / "fonts").glob("*_400Regular.ttf"):
        heavy = regular.with_name(regular.name.replace("_400Regular", "_700Bold"))
        shutil.copyfile(heavy, regular)
    return assets
