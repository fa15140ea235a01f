"""A picture of what is drawn. Flutter draws in a thread of its own, after it told screen readers."""

from __future__ import annotations

import time
from io import BytesIO

from PIL import Image
from playwright.async_api import FloatRect, Page

RESTS = 0.5
"""Seconds without a change."""
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""Two frames on: by then Flutter has answered a key, a focus or a text."""


async def picture_of(page: Page, seconds: float) -> bytes:
    """The window as PNG, once the heading is drawn where screen readers find it and nothing moves.

    After `seconds` as it is by then: a blinking cursor never rests.
    """
    before, since = b"", time.monotonic()
    until = since + seconds
    while time.monotonic() < until:
        await page.evaluate(DRAWN)
        heading = await page.locator("h1").first.bounding_box()
        picture = await page.screenshot()
        if picture != before or not _is_drawn(picture, heading):
            before, since = picture, time.monotonic()
        elif time.monotonic() - since > RESTS:
            break
    return before


def _is_drawn(picture: bytes, place: FloatRect | None) -> bool:
    """Whether there is more than one colour at this place, or anywhere if it is not in the window."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    if place and 0 <= place["y"] < image.height - place["height"]:
        left, top = place["x"], place["y"]
        image = image.crop((left, top, left + place["width"], top + place["height"]))
    return any(low != high for low, high in image.getextrema())
