"""Pictures of the two sides, taken by a browser without a window."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as BrowserFailed

from preview.browsers import NoBrowser, find_browser, safe_flags

DOTS = 2
"""To a CSS pixel: good enough to print."""
PATIENCE = 30.0
RESTS = 0.6
"""Seconds: until a picture is there at all; without a change until it is the one."""
_DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


class NoPicture(Exception):
    """The browser could not show the app."""


async def take_pictures(address: str, sizes: Mapping[str, tuple[int, int]]) -> dict[str, bytes]:
    """A PNG of each of these sides, as large as its device. Raises `NoBrowser` or `NoPicture`."""
    path = find_browser()
    if path is None:
        raise NoBrowser
    try:
        async with async_playwright() as playwright:
            flags = ["--disable-quic", "--disable-background-networking", *safe_flags()]
            browser = await playwright.chromium.launch(executable_path=path, args=flags)
            return {side: await _picture(browser, address, side, size) for side, size in sizes.items()}
    except BrowserFailed as exc:
        raise NoPicture(str(exc)) from exc


async def _picture(browser: Browser, address: str, side: str, size: tuple[int, int]) -> bytes:
    viewport: Any = {"width": size[0], "height": size[1]}
    page = await browser.new_page(
        viewport=viewport, device_scale_factor=DOTS, reduced_motion="reduce", locale="nl-NL"
    )
    try:
        await page.goto(f"{address}/picture/{side}")
        app = page.frame_locator("iframe")
        await app.locator("h1").first.wait_for(state="attached", timeout=1000 * PATIENCE)
        await page.locator("[data-shown]").wait_for(state="attached", timeout=1000 * PATIENCE)
        await app.locator("#cover").wait_for(state="detached", timeout=1000 * PATIENCE)
        return await _rested(page)
    finally:
        await page.close()


async def _rested(page: Page) -> bytes:
    """Once nothing moves; after a while as it is: a blinking cursor never rests."""
    before, since = b"", time.monotonic()
    until = since + PATIENCE / 3
    while time.monotonic() < until:
        await page.evaluate(_DRAWN)
        picture = await page.screenshot()
        if picture != before:
            before, since = picture, time.monotonic()
        elif time.monotonic() - since > RESTS:
            break
    return before
