"""Chromium, which opens windows as phones of residents, beside the tests in a thread of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.async_api import async_playwright

from tests.support.missing import missing
from tests.support.phone import PATIENCE, Phone

T = TypeVar("T")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_LISTEN = """
window.announced = [];
new MutationObserver((changes) => {
  for (const change of changes) {
    const said = change.target.closest?.("flt-announcement-polite, flt-announcement-assertive");
    if (said && said.textContent.trim()) window.announced.push(said.textContent.trim());
  }
}).observe(document, { subtree: true, childList: true });
"""


def chromium() -> str:
    """The path of the system's Chromium; skips the test where there is none, but never in CI."""
    named = (os.environ.get("CHROMIUM"), "/usr/bin/chromium", shutil.which("chromium-browser"))
    found = next((path for path in named if path and Path(path).exists()), None)
    if found is None:
        missing("no Chromium: install it, or name it in the environment variable CHROMIUM")
    return found


class Browser:
    """Starts phones. Playwright runs in a thread of its own, so that tests may be plain functions
    without getting in the way of the event loops of other tests."""

    def __init__(self) -> None:
        self._path = chromium()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="playwright", daemon=True)
        self._thread.start()
        self._playwright = self.now(async_playwright().start())
        self._shared = self.now(self._playwright.chromium.launch(executable_path=self._path, args=_QUIET))

    def now(self, work: Awaitable[T]) -> T:
        """Wait here for what Playwright promises."""

        async def wait() -> T:
            return await work

        return asyncio.run_coroutine_threadsafe(wait(), self._loop).result(4 * PATIENCE)

    def phone(
        self,
        *,
        width: int = 412,
        height: int = 900,
        dark: bool = False,
        contrast: bool = False,
        still: bool = False,
        text: int = 100,
        profile: Path | None = None,
        **more: Any,
    ) -> Phone:
        """A new phone. `contrast`: forced colours; `still`: reduced motion; `text`: the browser's own
        letters, in per cent; `profile`: a folder that outlives the phone, with its local storage."""
        settings: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "locale": "nl-NL",
            "color_scheme": "dark" if dark else "light",
            "forced_colors": "active" if contrast else "none",
            "reduced_motion": "reduce" if still else "no-preference",
            **more,
        }
        return self.now(self._phone(settings, text, profile))

    async def _phone(self, settings: dict[str, Any], text: int, profile: Path | None) -> Phone:
        if profile is None:
            context = await self._shared.new_context(**settings)
        else:
            context = await self._playwright.chromium.launch_persistent_context(
                profile, executable_path=self._path, args=_QUIET, **settings
            )
        context.set_default_timeout(1000 * PATIENCE)
        await context.add_init_script(_LISTEN)
        page = context.pages[0] if context.pages else await context.new_page()
        phone = Phone(self.now, context, page, text)
        phone.listen()
        return phone

    def close(self) -> None:
        self.now(self._shared.close())
        self.now(self._playwright.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    started = Browser()
    yield started
    started.close()
