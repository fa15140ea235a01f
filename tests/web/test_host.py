"""What the host tells browsers, and what it never learns of visitors."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import flet_web.fastapi as flet_web
import httpx
import pytest

from tests.web.small_app import main
from web.host import create_host
from web.privacy import Nameless

ASSETS = Path(__file__).parents[2] / "assets"


def client_of(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://app.test")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    host = create_host(main, ASSETS)
    async with host.router.lifespan_context(host), client_of(host) as client:
        yield client


@pytest.fixture
async def plain_flet() -> AsyncIterator[httpx.AsyncClient]:
    """The control: Flet as it comes."""
    host = flet_web.app(main, assets_dir=str(ASSETS))
    async with host.router.lifespan_context(host), client_of(host) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/start/start.js", "/main.dart.mjs", "/nowhere.png"])
async def test_every_answer_forbids_what_does_not_come_from_here(client, path):
    reply = await client.get(path)

    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "http" not in policy
    assert "*" not in policy
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "geolocation=()" in reply.headers["permissions-policy"]


async def test_other_sites_may_not_read_the_app(client, plain_flet):
    assert "access-control-allow-origin" not in (await client.get("/")).headers
    assert "access-control-allow-origin" in (await plain_flet.get("/")).headers


async def test_flutter_is_not_let_draw_in_a_second_thread(client, plain_flet):
    assert "cross-origin-embedder-policy" not in (await client.get("/")).headers
    assert "cross-origin-embedder-policy" in (await plain_flet.get("/")).headers


async def test_flets_extras_are_not_served(client, plain_flet):
    assert "paths" not in (await client.get("/openapi.json")).text
    assert "swagger" not in (await client.get("/docs")).text
    assert "swagger" in (await plain_flet.get("/docs")).text


async def test_no_cookie_is_set(client):
    assert "set-cookie" not in (await client.get("/")).headers


async def test_what_is_large_travels_compressed(client):
    reply = await client.get("/main.dart.mjs")

    assert reply.headers["content-encoding"] == "gzip"
    assert reply.num_bytes_downloaded < len(reply.content) / 3


async def test_a_second_visit_asks_only_whether_anything_changed(client):
    first = await client.get("/flutter_bootstrap.js")
    again = await client.get("/flutter_bootstrap.js", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "no-cache"
    assert again.status_code == 304


async def test_fonts_are_kept_for_a_week(client):
    reply = await client.get("/assets/fonts/roboto.woff2")

    assert "max-age=604800" in reply.headers["cache-control"]


async def test_the_first_page_is_dutch_says_that_it_loads_and_runs_no_inline_script(client):
    page = (await client.get("/")).text

    assert '<html lang="nl">' in page
    assert "<title>Samenspraak</title>" in page
    assert "Samenspraak wordt geladen…" in page
    assert page.count("<script") == page.count("<script src=")
    assert "flet" not in page.lower()


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_nothing_that_tells_visitors_apart_reaches_flet(kind):
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)

    headers = {
        b"host": b"app.test",
        b"user-agent": b"Firefox on a Fairphone",
        b"accept-language": b"nl, fy",
        b"cookie": b"id=7",
        b"x-forwarded-for": b"198.51.100.7",
        b"referer": b"https://mail.example/",
        b"sec-websocket-key": b"abc",
    }
    scope = {"type": kind, "client": ("198.51.100.7", 5), "headers": list(headers.items())}
    await Nameless(app)(scope, None, None)

    assert seen[0]["client"] is None
    assert [name for name, _ in seen[0]["headers"]] == [b"host", b"sec-websocket-key"]
