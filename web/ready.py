"""What every browser loads before the first screen: compressed once, and given out of memory in one piece.

Flet reads it from disk for each visitor, and hands it on in small pieces through several queues: on a busy
computer the app takes many times as long to begin.
"""

import gzip
import json
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_LETTERS = "MaterialIcons"
_BESIDE = {"family": "Roboto", "fonts": [{"asset": "fonts/roboto.woff2"}]}  # Flet's own, without a CDN


def engine_routes(web: Path) -> list[BaseRoute]:
    """Flutter, Flet's app and the list of letters to load first; `web` is the folder they come in."""
    files, letters = Ready(directory=web), _first_letters(web)

    async def first_letters(_: Request) -> Response:
        return JSONResponse(letters)

    return [
        Route("/main.dart.{kind}", files),
        Route("/canvaskit/{name:path}", files),
        Route("/assets/FontManifest.json", first_letters),
    ]


class Ready(StaticFiles):
    """Files that stay the same as long as this runs. Who takes no gzip gets them as they are, from disk."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        found = await super().get_response(path, scope)
        asked = Request(scope).headers
        if not isinstance(found, FileResponse) or "range" in asked:
            return found
        if "gzip" not in asked.get("accept-encoding", ""):
            return found
        packed = await run_in_threadpool(_packed, str(found.path))
        kept = {name: found.headers[name] for name in ("etag", "last-modified", "content-type")}
        return Response(packed, headers=kept | {"content-encoding": "gzip", "vary": "accept-encoding"})


@cache
def _packed(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)  # 9: twice the time, for 0.3 % less


def _first_letters(web: Path) -> list[object]:
    """Flet's list without the letters of mathematics, 20 files that no screen of ours ever shows."""
    listed = json.loads((web / "assets" / "FontManifest.json").read_bytes())
    return [*(one for one in listed if one["family"] == _LETTERS), _BESIDE]
