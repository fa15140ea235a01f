"""A notice board that shows what somebody else put there."""

from __future__ import annotations

import httpx

from protocol import paths
from tests.support.small_town import SmallTown


def serve_manifest(town: SmallTown, raw: bytes, host: str | None = None) -> None:
    """The board shows these bytes, as an attacker in its place would: at this host only, or at every one."""

    def trouble(request: httpx.Request) -> httpx.Response | None:
        shown = request.url.path == paths.MANIFEST and host in (None, request.url.host)
        return httpx.Response(200, content=raw) if shown else None

    town.wire.trouble = trouble
