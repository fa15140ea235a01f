"""Shows a Flet app in browsers, with nothing about its visitor kept or sent anywhere else."""

import logging
from pathlib import Path

import flet_web.fastapi as flet_web  # type: ignore[import-untyped]
from fastapi import FastAPI
from flet import AppCallable, RouteUrlStrategy, WebRenderer
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from web.headers import Headers
from web.leaving import Leaving
from web.privacy import Nameless
from web.response_headers import respond_safely

_STATIC = Path(__file__).with_name("static")
_OWN = "start"  # what assets/index.html loads from here
_ARABIC = "fonts/NotoSansArabic_400Regular.ttf"  # in the assets
_MODEST_GZIP = 4  # 6 takes twice as long, to save three per cent
_FLET_EXTRAS = {"/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json", "/oauth_callback"}


def create_host(main: AppCallable, assets_dir: Path, *, session_seconds: int = 300) -> FastAPI:
    """An ASGI app that shows `main` to every visitor, from this host only.

    `assets_dir` needs an index.html such as the one in assets/. A session outlives its last
    connection by `session_seconds`, so that a phone may sleep for a moment. Routes stand behind the #
    of an address, where no request and no log can see them (RFC 9110, 4.2.5).
    """
    _hush()
    host: FastAPI = flet_web.app(
        main,
        assets_dir=str(assets_dir.resolve()),
        app_name="Samenspraak",
        app_description="Uw mening over uw gemeente",
        no_cdn=True,
        web_renderer=WebRenderer.AUTO,
        route_url_strategy=RouteUrlStrategy.HASH,
        session_timeout_seconds=session_seconds,
    )
    host.router.routes[:] = [route for route in host.routes if getattr(route, "path", "") not in _FLET_EXTRAS]
    host.mount(f"/{_OWN}", StaticFiles(directory=_STATIC))
    host.router.routes.insert(0, host.router.routes.pop())  # before Flet's own mount, which takes all
    host.router.routes[:0] = _stand_ins(assets_dir)
    host.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=_MODEST_GZIP)
    host.add_middleware(Headers, change=respond_safely)
    host.add_middleware(Leaving)
    host.add_middleware(Nameless)
    return host


def _stand_ins(assets_dir: Path) -> list[Route]:
    """Flutter asks for Arabic letters of its own where a text comes before the app's: the same ones."""
    letters = assets_dir / _ARABIC

    async def arabic(_: Request) -> FileResponse:
        return FileResponse(letters)

    return [Route("/assets/fonts/notosansarabic/{name:path}", arabic)] if letters.exists() else []


def _hush() -> None:
    """Flet tells of every session and its visitor at INFO."""
    for name in ("flet", "flet_web", "flet_transport", "flet_object_patch"):
        logging.getLogger(name).setLevel(logging.WARNING)
