"""A window on the app, in which screens and settings change in place, as they do for a resident."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

from i18n.wording import Wording
from state.app_state import AppState
from tests.access.ink import Picture, Pixels, Sign, boxed_signs, dominant, signs
from tests.access.nodes import Node, Screen, read
from tests.access.ways import LETTERS, Stop, Way, is_from_the_right
from tests.shots.stage import Scene, Stage, staged
from tests.support.browser import Browser
from tests.support.desk import services
from tests.support.phone import PATIENCE, Phone
from tests.support.picture import DRAWN
from theming.scheme import Scheme

STILL = 0.12
"""Seconds between two equal pictures: by then nothing moves."""
SETTLED = 1.5
"""Seconds after which a screen that looks as before is taken to have changed nothing."""
DUE = 12.0
"""Seconds after which what is not drawn is taken to be missing."""
SPACE = 3.2
"""Pixels at 100 %: between two words there is more, between two letters less."""
OVERHANG = 3
"""Pixels at 100 %: a j begins before its line does."""
HIGHEST = 7600
"""Dots that a picture may be high: WebGL's own limit is 8192. A longer screen is looked at in parts."""
AGAIN = 2000
"""Pixels that two parts share, so that every text is whole in one of them."""
BOXED = ("radio", "checkbox")
FIRST = Stop("first", Scene("/polls"))
"""What a window begins with, until the app's own letters have come: before that Flutter looks for others."""
BOX = 14
"""Pixels; the box before an answer is larger, and stands nearer to where its row begins."""
FRAME = 5
"""Pixels inside the edge of what can be pressed: there the words are, and neither edge nor ring."""


@dataclass(frozen=True)
class Sight:
    """One screen, read one way: what was drawn and what a screen reader was told, at the same moment."""

    stop: str
    way: Way
    scheme: Scheme
    screen: Screen
    picture: Picture
    part: int = 0

    @cached_property
    def words(self) -> list[tuple[Node, list[Sign]]]:
        """Every text, with the words and pictograms that were drawn for it."""
        return [(node, self._signs(node)) for node in self.screen.drawn]

    def _signs(self, node: Node) -> list[Sign]:
        size, dots = self.way.letters / 100, self.picture.dots
        gap = SPACE * size * dots
        if not node.is_target:
            return self._of_text(node, gap, OVERHANG * size)
        inside = self.picture.crop(node, FRAME, FRAME)
        if node.role not in BOXED or not inside.size:
            return signs(inside, gap)
        return boxed_signs(inside, gap, is_from_the_right(self.way.language), BOX * dots)

    def _of_text(self, node: Node, gap: float, more: float) -> list[Sign]:
        """Around a text there is room for what its letters need beyond their lines; in a box there is not."""
        wide, exact = self.picture.crop(node, -more, -more), self.picture.crop(node, 0, 0)
        if not exact.size:  # it came after the picture was made
            return []
        ground = dominant(exact)
        if _is_around(wide, ground):
            before = self.picture.before(node, more)
            return [replace(sign, left=sign.left - before) for sign in signs(wide, gap)]
        return signs(exact if _is_around(exact, ground) else self.picture.crop(node, FRAME, FRAME), gap)

    def parted(self, node: Node, drawn: list[Sign]) -> tuple[Sign | None, list[Sign]]:
        """The box before an answer, which has no letters, and the rest."""
        return (drawn[0], drawn[1:]) if node.role in BOXED and drawn else (None, drawn)

    @property
    def is_whole(self) -> bool:
        """Whether the ground has the scheme's colour and each text has something drawn for it."""
        blank = [node for node, drawn in self.words if not drawn and node.role != "textbox"]
        return not blank and self.picture.colour(2, 2) == self.scheme.surface

    def __str__(self) -> str:
        return f"{self.stop}{f', part {self.part + 1}' if self.part else ''}, {self.way}"


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
            self.phone.now(self.phone.page.wait_for_load_state("networkidle"))
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
            self._scroll(size["height"] - AGAIN)
            found.append(replace(self._rested(way), part=part))
        if self._parts > 1:
            self._scroll(-HIGHEST * self._parts)
            self._rested(way)
        return found

    def _scroll(self, pixels: int) -> None:
        self.phone.now(self.phone.page.mouse.move(5, 200))
        self.phone.now(self.phone.page.mouse.wheel(0, pixels))

    def _resize(self, height: int) -> None:
        size = {"width": LETTERS[self.letters].width, "height": height}
        if size != self.phone.page.viewport_size:
            self.phone.now(self.phone.page.set_viewport_size(size))

    def _rested(self, way: Way) -> Sight:
        """Once it differs from the last one, if that comes, is whole, if that comes, and stays the same."""
        before, since, begun = b"", 0.0, time.monotonic()
        seen: Sight | None = None
        while True:
            self.phone.now(self.phone.page.evaluate(DRAWN))
            picture = self.phone.now(self.phone.page.screenshot(caret="initial"))
            now = time.monotonic()
            if picture != before:
                before, since, seen = picture, now, None
            elif seen is None and now - since > STILL and self._is_new(picture, now - begun):
                seen = self._sight(way, picture)
            if now - begun > DUE or (seen and seen.is_whole):
                self._last = picture
                return seen or self._sight(way, picture)

    def _is_new(self, picture: bytes, waited: float) -> bool:
        return picture != self._last or waited > SETTLED

    def _sight(self, way: Way, picture: bytes) -> Sight:
        assert self._stop
        drawn = Picture.of(picture, LETTERS[self.letters].dots)
        return Sight(self._stop.name, way, self.stage.style.schemes[way.scheme], read(self.phone), drawn)


def _is_around(pixels: Pixels, ground: Pixels) -> bool:
    """Whether all corners have the colour of the ground."""
    return bool((pixels[[0, 0, -1, -1], [0, -1, 0, -1]] == ground).all())


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
