"""A window on the app, in which screens and settings change in place, as they do for a resident."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from i18n.wording import Wording
from state.app_state import AppState
from tests.access.ink import Picture
from tests.access.nodes import read
from tests.access.sight import Sight
from tests.access.ways import LETTERS, Stop, Way, is_from_the_right
from tests.shots.stage import Scene, Stage, staged
from tests.support.browser import Browser
from tests.support.desk import services
from tests.support.phone import PATIENCE, Phone
from tests.support.picture import DRAWN

STILL = 0.2
"""Seconds between two equal pictures: by then nothing moves."""
FADED = 1.0
"""The same after scrolling: a scroll bar goes a little sooner."""
BESIDE = 5
"""Pixels from the edge of the window, where nothing can be pressed."""
SETTLED = 1.5
"""Seconds after which a screen that looks as before is taken to have changed nothing."""
DUE = 12.0
"""Seconds after which what is not drawn is taken to be missing."""
HIGHEST = 7600
"""Dots that a picture may be high: WebGL's own limit is 8192. A longer screen is looked at in parts."""
AGAIN = 2000
"""Pixels that two parts share, so that every text is whole in one of them."""
FIRST = Stop("first", Scene("/polls"))
"""What a window begins with, until the app's own letters have come: before that Flutter looks for others."""


_LETTERED = """
performance.getEntriesByType("resource")
  .some((one) => one.name.includes("NotoSansArabic_700") && one.responseEnd)
"""


@dataclass
class Showing:
    """`show` and `read_as` change the screen without loading the page again; both give what there is."""

    stage: Stage
    phone: Phone
    address: str
    letters: int
    _last: bytes = b""
    _parts: int = 1
    _stop: Stop | None = None

    @classmethod
    def on(cls, browser: Browser, stage: Stage, address: str, letters: int, **more: Any) -> Showing:
        size = LETTERS[letters]
        settings = {"width": size.width, "height": size.height, "still": True, **more}
        phone = browser.phone(text=size.phone, device_scale_factor=size.dots, **settings)
        return cls(stage, phone, address, letters)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.phone.close()

    def show(self, stop: Stop, way: Way) -> list[Sight]:
        """Go to a screen. What the phone kept is made anew, in place; the page is loaded only at first,
        and for what comes before the app itself."""
        before, self._stop, self._parts = self._stop, stop, 1
        if before is None and not _begins_anew(stop):
            self._load(FIRST, Way())
            self.phone.see_heading("")
            self.phone.until(lambda: self.phone.now(self.phone.page.evaluate(_LETTERED)))
            self._rested(Way())
            self._go(stop, way)
        elif before is None or _begins_anew(before) or _begins_anew(stop):
            self._load(stop, way)
        else:
            self._go(stop, way)
        self.phone.see_heading("")
        seen = self._rested(way)
        for name in stop.presses:
            self.phone.tap(Wording(way.language).text(name))
            seen = self._rested(way)
        return self._all(self._enlarged(seen, way), way)

    def read_as(self, way: Way) -> list[Sight]:
        """Change the colours in place, as the settings do."""
        app, stop = self.stage.app, self._stop
        assert app
        assert stop
        if stop.scene.trouble:
            self.phone.now(self.phone.page.emulate_media(**_phone_says(way)))
        else:
            dark = "dark" if way.dark else "light"
            self.inside(lambda: (app.brighten(dark), app.use_contrast(way.contrast)))
        return self._all(self._rested(way), way)

    def inside(self, change: Callable[[], object]) -> None:
        """Do something to the app where the app runs."""

        async def go() -> None:
            change()

        assert self.stage.page
        self.stage.page.run_task(go).result(PATIENCE)

    def _load(self, stop: Stop, way: Way) -> None:
        self.stage.set(stop.scene, way.settings())
        says = _phone_says(way) if stop.scene.trouble else _phone_says(Way())
        self.phone.now(self.phone.page.emulate_media(**says))
        self.phone.now(self.phone.page.goto("about:blank"))  # else only what is behind the # changes
        self.phone.open(f"{self.address}/#{stop.scene.route}")

    def _go(self, stop: Stop, way: Way) -> None:
        app, desk = self.stage.app, self.stage.desk
        assert app
        self.stage.set(stop.scene, way.settings())
        fresh = AppState.restored(services(self.stage.desk), way.language, False)
        vars(desk).update(vars(self.stage.desk))
        self.stage.desk = desk
        self._resize(LETTERS[self.letters].height)
        self.inside(lambda: self._arrive(app, fresh, stop.scene.route))

    def _arrive(self, app: AppState, fresh: AppState, route: str) -> None:
        for each in fields(AppState):
            if each.name not in ("services", "version"):
                setattr(app, each.name, getattr(fresh, each.name))
        app.refresh()
        assert self.stage.page
        self.stage.page.navigate(route)

    def _enlarged(self, seen: Sight, way: Way) -> Sight:
        """Make the window as high as the screen, or as high as it can be."""
        size, below = self.phone.page.viewport_size, int(seen.screen.below)
        assert size
        if below <= 1:
            return seen
        highest = HIGHEST // LETTERS[self.letters].dots
        height = size["height"] + below + 40
        if height > highest:
            self._parts = 1 + math.ceil((height - highest) / (highest - AGAIN))
        self._resize(min(height, highest))
        return self._rested(way)

    def _all(self, first: Sight, way: Way) -> list[Sight]:
        """The parts of the screen, from above to below; then back."""
        found, size = [first], self.phone.page.viewport_size
        assert size
        for part in range(1, self._parts):
            self._scroll(size["height"] - AGAIN, way)
            found.append(replace(self._rested(way, FADED), part=part))
        if self._parts > 1:
            self._scroll(-HIGHEST * self._parts, way)
            self._rested(way)
        return found

    def _scroll(self, pixels: int, way: Way) -> None:
        """From the side where no scroll bar is: under the pointer it would stay."""
        size = self.phone.page.viewport_size
        assert size
        beside = size["width"] - BESIDE if is_from_the_right(way.language) else BESIDE
        self.phone.now(self.phone.page.mouse.move(beside, 200))
        self.phone.now(self.phone.page.mouse.wheel(0, pixels))

    def _resize(self, height: int) -> None:
        size = {"width": LETTERS[self.letters].width, "height": height}
        if size != self.phone.page.viewport_size:
            self.phone.now(self.phone.page.set_viewport_size(size))

    def _rested(self, way: Way, still: float = STILL) -> Sight:
        """Once it differs from the last one, if that comes, is whole, if that comes, and stays the same."""
        before, since, begun = b"", 0.0, time.monotonic()
        seen: Sight | None = None
        while True:
            self.phone.now(self.phone.page.evaluate(DRAWN))
            picture = self.phone.now(self.phone.page.screenshot(caret="initial"))
            now = time.monotonic()
            if picture != before:
                before, since, seen = picture, now, None
            elif seen is None and now - since > still and self._is_new(picture, now - begun):
                seen = self._sight(way, picture)
            if now - begun > DUE or (seen and seen.is_whole):
                self._last = picture
                return seen or self._sight(way, picture)

    def _is_new(self, picture: bytes, waited: float) -> bool:
        return picture != self._last or waited > SETTLED

    def _sight(self, way: Way, picture: bytes) -> Sight:
        assert self._stop
        drawn = Picture.of(picture, LETTERS[self.letters].dots)
        style, scheme = self.stage.style, way.scheme
        if self._stop.scene.trouble:  # is in high contrast for everybody
            scheme = replace(way, contrast=True).scheme
        return Sight(self._stop.name, way, style.schemes[scheme], read(self.phone), drawn)


@contextmanager
def showing(browser: Browser, letters: int, stage: Stage | None = None, **more: Any) -> Iterator[Showing]:
    """A stage of its own and a window on it."""
    stage = stage or Stage()
    with staged(stage) as address, Showing.on(browser, stage, address, letters, **more) as shown:
        yield shown


def _begins_anew(stop: Stop) -> bool:
    """What is set before the app begins, and not changed in it."""
    return stop.scene.logo or bool(stop.scene.trouble)


def _phone_says(way: Way) -> dict[str, Any]:
    """The phone's own settings. The app's own choices come before them, except where it cannot start."""
    return {
        "reduced_motion": "reduce",
        "color_scheme": "dark" if way.dark else "light",
        "forced_colors": "active" if way.contrast else "none",
    }
