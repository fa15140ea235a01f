"""Chromium as a resident's phone: what it shows, says, asks the network and keeps."""

import asyncio
import inspect
import os
import shutil
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Self, TypeVar

import pytest
from PIL import Image
from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    async_playwright,
    expect,
)

T = TypeVar("T")
PATIENCE = float(os.environ.get("BROWSER_PATIENCE", "20"))  # seconds, for anything at all
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
_FOCUSED = """
(() => {
  const on = document.activeElement;
  if (!on || on === document.body) return ["", ""];
  const native = { INPUT: "textbox", TEXTAREA: "textbox", BUTTON: "button" }[on.tagName] || "";
  const said = on.getAttribute("aria-label") || on.innerText || "";
  return [on.getAttribute("role") || native, said.replace(/\\s+/g, " ").trim()];
})()
"""
_TEXTS = """
[...document.querySelectorAll("flt-semantics-host *")]
  .flatMap((node) => [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE))
  .map((child) => child.textContent.trim()).filter(Boolean)
"""


def chromium() -> str:
    """The path of the system's Chromium; skips the test where there is none, but never in CI."""
    for found in (os.environ.get("CHROMIUM"), "/usr/bin/chromium", shutil.which("chromium-browser")):
        if found and Path(found).exists():
            return found
    reason = "no Chromium: install it, or name it in the environment variable CHROMIUM"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


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

    def now(self, work: Coroutine[Any, Any, T] | Awaitable[T]) -> T:
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
    ) -> "Phone":
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

    async def _phone(self, settings: dict[str, Any], text: int, profile: Path | None) -> "Phone":
        if profile is None:
            context = await self._shared.new_context(**settings)
        else:
            context = await self._playwright.chromium.launch_persistent_context(
                profile, executable_path=self._path, args=_QUIET, **settings
            )
        context.set_default_timeout(1000 * PATIENCE)
        await context.add_init_script(_LISTEN)
        phone = Phone(self, context, context.pages[0] if context.pages else await context.new_page(), text)
        phone.listen()
        return phone

    def close(self) -> None:
        self.now(self._shared.close())
        self.now(self._playwright.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@dataclass
class Phone:
    """One window. Names are what a screen reader says; a control that has no name cannot be found."""

    browser: Browser
    context: BrowserContext
    page: Page
    text: int = 100
    requests: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep every address asked for, or `blocked` by the page's own policy, and every error told."""
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("requestfailed", self._note_failure)
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note_failure(self, request: Request) -> None:
        if request.failure == "csp":
            self.requests.remove(request.url)
            self.blocked.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" not in message.text:
            self.errors.append(message.text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.now(self.context.close())

    def now(self, work: Coroutine[Any, Any, T] | Awaitable[T]) -> T:
        """For what is not here: `phone.now(phone.page.title())`."""
        return self.browser.now(work)

    def open(self, url: str) -> None:
        """Load the app, and wait until a screen reader has something to read."""
        self.now(self._open(url))

    async def _open(self, url: str) -> None:
        if self.text != 100:
            cdp = await self.context.new_cdp_session(self.page)
            sizes = {"standard": 16 * self.text // 100, "fixed": 13 * self.text // 100}
            await cdp.send("Page.setFontSizes", {"fontSizes": sizes})
        await self.page.goto(url)
        await self._ready()

    def reload(self) -> None:
        self.now(self.page.reload())
        self.now(self._ready())

    async def _ready(self) -> None:
        await self.page.locator("flt-semantics-host flt-semantics").first.wait_for(state="attached")

    def find(self, role: Any, name: str | None = None) -> Locator:
        return self.page.get_by_role(role, name=name, exact=True)

    def tap(self, name: str, role: str = "button") -> None:
        """Press where it is drawn, as a finger would; scrolls there first."""
        self.now(self.find(role, name).click())

    def choose(self, name: str) -> None:
        """Tick a radio button or a checkbox, and see it ticked."""
        self.now(self._choose(name))

    async def _choose(self, name: str) -> None:
        box = self.find("radio", name).or_(self.find("checkbox", name))
        await box.click()
        await expect(box).to_be_checked(timeout=1000 * PATIENCE)

    def type(self, label: str, text: str) -> None:
        """Put a text in a field. Flutter takes the field over when it gets focus, and forgets what was
        put in before it had: so focus first, and look whether it stayed."""
        self.now(self._type(label, text))

    async def _type(self, label: str, text: str) -> None:
        box = self.find("textbox", label)
        for _ in range(10):
            await box.click()
            await expect(box).to_be_focused(timeout=1000 * PATIENCE)
            await box.fill(text)
            await asyncio.sleep(0.3)
            if await box.input_value() == text:
                return
        raise AssertionError(f"{label}: what was typed did not stay")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.now(self.page.keyboard.press(key))

    def focused(self) -> tuple[str, str]:
        """Role and name of what the keyboard is on; ("", "") for nothing.

        Flutter moves the focus a moment after the key: this waits until it rests.
        """
        before: list[str] = []
        for _ in range(20):
            found: list[str] = self.now(self.page.evaluate(_FOCUSED))
            if found == before:
                break
            before = found
            time.sleep(0.12)
        return before[0], before[1]

    def heading(self) -> str:
        """The only h1: a second one is an error."""
        return self.now(self.page.locator("h1").inner_text())

    def has(self, name: str, role: str = "button") -> bool:
        return self.now(self.find(role, name).count()) > 0

    def until(self, happens: Callable[[], object]) -> None:
        """For what no other method waits for; says which condition never came."""
        end = time.monotonic() + PATIENCE
        while not happens():
            assert time.monotonic() < end, f"did not happen: {inspect.getsource(happens).strip()}"
            time.sleep(0.05)

    def see(self, text: str) -> None:
        """Wait until it is there to be read."""
        self.now(self.page.get_by_text(text).first.wait_for(state="attached"))

    def see_exactly(self, text: str) -> None:
        """As `see`, but for the whole of a text: "sent" is also in "not sent"."""
        self.now(self.page.get_by_text(text, exact=True).first.wait_for(state="attached"))

    def see_heading(self, text: str) -> None:
        self.now(self.page.locator("h1", has_text=text).wait_for(state="attached"))

    def texts(self) -> list[str]:
        found: list[str] = self.now(self.page.evaluate(_TEXTS))
        return found

    def announced(self) -> list[str]:
        """Everything said aloud since the page was loaded."""
        said: list[str] = self.now(self.page.evaluate("window.announced"))
        return said

    def aria(self) -> str:
        return self.now(self.page.locator("body").aria_snapshot())

    def storage(self) -> dict[str, str]:
        kept: dict[str, str] = self.now(self.page.evaluate("({...localStorage})"))
        return kept

    def shot(self, path: Path | None = None) -> bytes:
        """A picture, once two in a row are equal: Flutter paints after it has told screen readers."""
        return self.now(self._shot(path))

    async def _shot(self, path: Path | None) -> bytes:
        before, equal = b"", 0
        for _ in range(40):  # a blinking cursor never rests
            picture = await self.page.screenshot()
            equal = equal + 1 if picture == before and not _is_blank(picture) else 0
            before = picture
            if equal == 2:
                break
            await asyncio.sleep(0.2)
        if path:
            path.write_bytes(before)
        return before


def _is_blank(picture: bytes) -> bool:
    bands = Image.open(BytesIO(picture)).convert("RGB").getextrema()
    return all(low == high for low, high in bands)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    started = Browser()
    yield started
    started.close()
