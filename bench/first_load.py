"""What a browser loads before the first screen, from the app's host and from Flet that compresses."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any

import flet_web.fastapi as flet_web
import httpx
import uvicorn
from starlette.middleware.gzip import GZipMiddleware

from demonstration.processes import free_ports
from demonstration.waiting import wait_until
from main import ASSETS
from tests.web.small_app import main as small_app
from web.__main__ import quiet
from web.host import create_host

ENGINE = ("main.dart.mjs", "main.dart.wasm", "canvaskit/skwasm.js", "canvaskit/skwasm.wasm")
LETTERS = "assets/FontManifest.json"
RUNS = 9
BUSY = 2
"""Processes that do nothing but compute, as many as a small server has cores."""


def ours(port: int) -> None:
    uvicorn.Server(_at(port, create_host(small_app, ASSETS))).run()


def flets(port: int) -> None:
    """Flet as it comes, with what goes over the network as small as ours."""
    app = flet_web.app(small_app, assets_dir=str(ASSETS), no_cdn=True)
    app.add_middleware(GZipMiddleware, compresslevel=4)
    uvicorn.Server(_at(port, app)).run()


def _at(port: int, app: Any) -> uvicorn.Config:
    config = quiet(app)
    config.port = port
    return config


def compute() -> None:
    while True:
        pass


@contextmanager
def running(work: Any, *given: object) -> Iterator[None]:
    process = multiprocessing.get_context("spawn").Process(target=work, args=given, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def load(address: str) -> float:
    """Seconds for everything, one after the other."""
    with httpx.Client(base_url=address, timeout=120) as browser:
        begun = time.perf_counter()
        for path in ENGINE:
            browser.get(path).raise_for_status()
        for family in browser.get(LETTERS).json():
            for font in family["fonts"]:
                browser.get(f"assets/{font['asset']}").raise_for_status()
        return time.perf_counter() - begun


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).is_success
    except httpx.TransportError:
        return False


def main() -> None:
    ports = free_ports(2)
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    with ExitStack() as stack:
        for work, port in zip((flets, ours), ports, strict=True):
            stack.enter_context(running(work, port))
        for address in addresses:
            wait_until(lambda address=address: _answers(address), 60)
        for _ in range(BUSY):
            stack.enter_context(running(compute))
        pairs = [[load(address) for address in addresses] for _ in range(RUNS)]
    flet, own = (median(pair[which] for pair in pairs) for which in (0, 1))
    print(f"before the first screen, {BUSY} processes computing: Flet that compresses {flet:.2f} s")
    print(f"the app's host {own:.2f} s; ratio {median(pair[0] / pair[1] for pair in pairs):.1f}")


if __name__ == "__main__":
    main()
