"""Bar: letters, contrast, language and house style change in place, at once, and no answer is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any

from playwright.async_api import CDPSession, Page

from demonstration.waiting import wait_until
from domain.answers import Answer, Chosen
from state.app_state import AppState
from tests.access.bar import Fault, OwnWalk
from tests.access.nodes import read
from tests.access.showing import Showing, showing
from tests.access.ways import STOPS, Way, languages
from tests.support.browser import Browser
from tests.support.desk import services
from tests.support.phone import Phone
from theming.house_style import HouseStyle, Roles
from theming.schemes import make_style
from views.routes import App

SOON = 0.3
"""Seconds from the choice to the next frame."""
SLOW = 3.0
"""Times what marking an answer takes, on a machine where that is slow already."""
POLL, QUESTION, OPTIONS = "alle-soorten", "een", ("rood", "blauw")
WRITTEN = "Dag"
STYLES = (
    make_style("Heuvelland", Roles(brand_fill="#8A1C4A")),
    make_style("Rivierstad", Roles(brand_fill="#2A5DB0")),
)
TIMES = {True: 5, False: 2}
DUE = 10.0


@dataclass
class Frames:
    """What is drawn, as the browser shows it: when, in seconds since 1970, and a small picture."""

    shown: list[tuple[float, str]] = field(default_factory=list)
    _kept: list[asyncio.Future[None]] = field(default_factory=list)

    @classmethod
    @contextmanager
    def of(cls, phone: Phone) -> Iterator[Frames]:
        frames = cls()
        cdp = phone.now(frames._begin(phone.page))
        try:
            yield frames
        finally:
            phone.now(frames._end(cdp))

    async def _begin(self, page: Page) -> CDPSession:
        cdp = await page.context.new_cdp_session(page)

        async def keep(frame: dict[str, Any]) -> None:
            self.shown.append((frame["metadata"]["timestamp"], frame["data"]))
            await cdp.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        cdp.on("Page.screencastFrame", lambda frame: self._kept.append(asyncio.ensure_future(keep(frame))))
        await cdp.send("Page.startScreencast", {"format": "png", "maxWidth": 206, "maxHeight": 800})
        return cdp

    async def _end(self, cdp: CDPSession) -> None:
        """Before the window closes: a frame that is still being kept would find nobody to tell."""
        await cdp.send("Page.stopScreencast")
        await asyncio.gather(*self._kept)

    def after(self, moment: float) -> float | None:
        """When the first other picture was shown; None as long as there is none."""
        before = next((data for when, data in reversed(self.shown) if when <= moment), "")
        return next((when for when, data in self.shown if when > moment and data != before), None)

    def rests(self, since: float) -> bool:
        """Whether nothing was drawn for a while, which began not before this moment."""
        last = self.shown[-1][0] if self.shown else since
        return time.time() - max(last, since) > SOON


@dataclass
class Switches:
    """The app's own verbs, each to something else than before."""

    shown: Showing
    app: AppState

    def letters(self) -> None:
        self.app.enlarge(150 if self.app.scale != 150 else 100)

    def contrast(self) -> None:
        self.app.use_contrast(not self.app.contrast)

    def dark(self) -> None:
        self.app.brighten("light" if self.app.brightness == "dark" else "dark")

    def language(self) -> None:
        first, last = languages()[0], (*languages(), "en")[1]
        self.app.speak(last if self.app.language == first else first)

    def house_style(self) -> None:
        stage = self.shown.stage
        stage.style = _other(stage.style)
        assert stage.page
        stage.page.render_views(App, services(stage.desk, in_browser=True), self.app, stage.style)

    def answer(self) -> None:
        form = self.app.form(POLL)
        assert form
        now = form.answer(form.step(1))
        form.choose(form.step(1), OPTIONS[now == Chosen((OPTIONS[0],))])


ALL = ("letters", "contrast", "dark", "language", "house_style")


class Switching(OwnWalk):
    promise = "switching: letters, contrast, dark, language and house style change in place, answers stay"
    bound = f"median under {1000 * SOON:.0f} ms to the next frame, or {SLOW:.0f} times that of an answer"

    def __init__(self) -> None:
        super().__init__()
        self._took: dict[str, list[float]] = {name: [] for name in (*ALL, "answer")}

    def run(self, browser: Browser, full: bool, tell: Callable[[str], None]) -> None:
        tell("switching in place")
        with showing(browser, 100) as shown:
            self._time(shown, TIMES[full])
        with showing(browser, 100) as shown:
            self._lose(shown, lambda name: getattr(_switches(shown), name)())

    def _time(self, shown: Showing, times: int, pause: float = 0.0) -> None:
        shown.show(STOPS["one"], Way())
        switches = _switches(shown)
        with Frames.of(shown.phone) as frames:
            for name in (*ALL, "answer") * (times + 1):
                took = _frame_after(shown, frames, getattr(switches, name), pause if name != "answer" else 0)
                self._took[name].append(took)
        for name, took in self._took.items():
            took.pop(0)  # the first time something is drawn, its letters are fetched too
            if name != "answer" and median(took) > self._allowed():
                self.faults.append(Fault("one", name, f"{1000 * median(took):.0f} ms"))
        self.sights, self.nodes = 1, times * len(ALL)

    def _allowed(self) -> float:
        return max(SOON, SLOW * median(self._took["answer"]))

    def _lose(self, shown: Showing, switch: Callable[[str], None]) -> None:
        """An answer picked and an answer being written, after each switch."""
        shown.show(STOPS["text"], Way())
        label = next(node.name for node in read(shown.phone).targets if node.role == "textbox")
        shown.phone.type(label, WRITTEN)
        kept = dict(shown.stage.desk.drafts["regiovervoer"])
        with Frames.of(shown.phone) as frames:
            for name in ALL:
                shown.inside(lambda name=name: switch(name))
                wait_until(partial(frames.rests, time.time()), DUE)
                self._look(shown, name, kept)

    def _look(self, shown: Showing, name: str, kept: dict[str, Answer]) -> None:
        written = shown.phone.now(shown.phone.page.locator("input, textarea").first.input_value())
        if written != WRITTEN:
            self.faults.append(Fault("text", name, f"what was written became {written!r}"))
        if shown.stage.desk.drafts.get("regiovervoer") != kept:
            self.faults.append(Fault("text", name, "an answer was lost"))

    def figure(self) -> str:
        told = ", ".join(f"{name} {1000 * median(took):.0f}" for name, took in self._took.items() if took)
        found = f"{len(self.faults)} missed" if self.faults else "none missed, no answer lost"
        return f"median ms of {self.nodes} switches: {told}: {found}"

    def control(self, browser: Browser) -> tuple[str, bool]:
        slow, losing = Switching(), Switching()
        with showing(browser, 100) as shown:
            slow._time(shown, 1, pause=1.5 * self._allowed())
        with showing(browser, 100) as shown:
            losing._lose(shown, lambda name: shown.stage.desk.drafts.clear())
        seen = bool(slow.faults) and bool(losing.faults)
        return "a pause before each switch, and one that forgets", seen


def _frame_after(shown: Showing, frames: Frames, change: Callable[[], None], pause: float) -> float:
    """Seconds from the choice to the next frame. `pause`: a slowness made on purpose, for the control."""
    begun = time.time()
    time.sleep(pause)
    shown.inside(change)
    try:
        seen = wait_until(lambda: frames.after(begun), DUE)
        wait_until(lambda: frames.rests(seen), DUE)
    except TimeoutError:
        return DUE
    return seen - begun


def _switches(shown: Showing) -> Switches:
    assert shown.stage.app
    return Switches(shown, shown.stage.app)


def _other(style: HouseStyle) -> HouseStyle:
    return STYLES[style == STYLES[0]]
