"""The preview as a small server for this computer only: its page, and the app in two frames on it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from preview.doors import doors
from preview.framing import add_page_rules, let_frame
from preview.stage import SIDES, Stage
from web.headers import Headers
from web.host import create_host

ASSETS = Path(__file__).parents[1] / "assets"
STATIC = Path(__file__).with_name("static")
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
        *doors(stage),
        Mount("/static", StaticFiles(directory=STATIC)),
        Mount("/fonts", StaticFiles(directory=ASSETS / "fonts")),
        *(Mount(path, Headers(host, let_frame)) for path, host in hosts.items()),
    ]
    # A name that leads here from another site is refused: its page could read a poll not published yet.
    only_here = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(
        routes=routes, lifespan=lifespan, middleware=[only_here, Middleware(Headers, change=add_page_rules)]
    )


def _bold_assets(folder: Path) -> Path:
    """As a phone that makes all letters bold: the bold file of each family in place of the regular one."""
    assets = folder / "bold"
    shutil.copytree(ASSETS, assets)
    for regular in (assets / "fonts").glob("*_400Regular.ttf"):
        heavy = regular.with_name(regular.name.replace("_400Regular", "_700Bold"))
        shutil.copyfile(heavy, regular)
    return assets
