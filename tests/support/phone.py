"""A browser's window as a resident's phone: what it shows, says, asks the network and keeps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from playwright.async_api import BrowserContext, ConsoleMessage, FloatRect, Locator, Page, Request, expect

from demonstration.waiting import wait_until
from tests.support.picture import DRAWN, picture_of

T = TypeVar("T")
PATIENCE = 60.0  # seconds, for anything at all
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


class Wait(Protocol):
    """Waits, in the thread of a test, for what Playwright promises in a thread of its own."""

    def __call__(self, work: Awaitable[T]) -> T: ...


@dataclass
class Phone:
    """One window. Names are what a screen reader says; a control that has no name cannot be found.

    `now`: for what is not here, as in `phone.now(phone.page.title())`.
    """

    now: Wait
    context: BrowserContext
    page: Page
    text: int = 100
    requests: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep every address asked for, or `blocked` by the page's own policy, and every error."""
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

    def open(self, url: str) -> None:
        """Load the app, and wait until a screen reader has something to read."""
        self.now(self._open(url))

    async def _open(self, url: str) -> None:
        if self.text != 100:
            cdp = await self.context.new_cdp_session(self.page)
            sizes = {"standard": 16 * self.text // 100, "fixed": 13 * self.text // 100}
            await cdp.send("Page.setFontSizes", {"fontSizes": sizes})
        await self.page.goto(url)
        await self._spoken().wait_for(state="attached")

    def reload(self) -> None:
        self.now(self.page.reload())
        self.now(self._spoken().wait_for(state="attached"))

    def _spoken(self) -> Locator:
        return self.page.locator("flt-semantics-host flt-semantics").first

    def find(self, role: Any, name: str | None = None) -> Locator:
        return self.page.get_by_role(role, name=name, exact=True)

    def place(self, found: Locator) -> FloatRect:
        """Where it is, in pixels of the page, once it is there: it is not while the app is drawn anew."""
        return wait_until(lambda: self.now(found.bounding_box()), PATIENCE)

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
            await self.page.evaluate(DRAWN)
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
        before, found = None, ["", ""]
        for _ in range(20):
            before, found = found, self.now(self._focused())
            if found == before:
                break
        return tuple(found)

    async def _focused(self) -> list[str]:
        await self.page.evaluate(DRAWN)
        return list(await self.page.evaluate(_FOCUSED))

    def has(self, name: str, role: str = "button") -> bool:
        return self.now(self.find(role, name).count()) > 0

    def until(self, happens: Callable[[], object]) -> None:
        """For what no other method waits for; says which condition never came, and what there was instead."""
        try:
            wait_until(happens, PATIENCE)
        except TimeoutError as error:
            error.add_note(f"said: {self.announced()}\nfocus: {self.focused()}\n{self.aria()}")
            raise

    def see(self, text: str) -> None:
        """Wait until it is there to be read."""
        self.now(self.page.get_by_text(text).first.wait_for(state="attached"))

    def see_exactly(self, text: str) -> None:
        """As `see`, but for the whole of a text: "sent" is also in "not sent"."""
        self.now(self.page.get_by_text(text, exact=True).first.wait_for(state="attached"))

    def see_heading(self, text: str) -> None:
        self.now(self.page.locator("h1", has_text=text).wait_for(state="attached"))

    def texts(self) -> list[str]:
        return list(self.now(self.page.evaluate(_TEXTS)))

    def announced(self) -> list[str]:
        """Everything said aloud since the page was loaded."""
        return list(self.now(self.page.evaluate("window.announced")))

    def aria(self) -> str:
        return self.now(self.page.locator("body").aria_snapshot())

    def storage(self) -> dict[str, str]:
        return dict(self.now(self.page.evaluate("({...localStorage})")))

    def shot(self, path: Path | None = None) -> bytes:
        """A picture, once it is whole and rests."""
        picture = self.now(picture_of(self.page, PATIENCE / 2))
        if path:
            path.write_bytes(picture)
        return picture
