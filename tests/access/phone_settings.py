"""Bar: what a resident set on the phone itself is obeyed from the first screen on."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from demonstration.processes import free_ports
from demonstration.town import Mix, Ports, Town
from tests.access.bar import Fault, OwnWalk, SeenBar
from tests.access.faulty import FaultyStage
from tests.access.ink import Picture, hexadecimal
from tests.access.showing import Showing, showing
from tests.access.sight import Sight
from tests.access.walk import BRIEFLY
from tests.access.ways import STOPS, Way
from tests.shots.stage import Stage, staged
from tests.support.browser import Browser
from tests.support.phone import Phone
from theming.default_style import DEFAULT

APART = 300
"""Milliseconds between two pictures of a screen on which nothing moves."""
LETTERS = 200
"""Per cent, of the phone's own letters."""
DUE = 5.0  # seconds
ROUNDED = 0.05
"""Times: lines are whole pixels high."""
_FILL = 400  # pixels: less of a colour is no button


class PhoneSettings(SeenBar, OwnWalk):
    """The whole app, as it is served, on its first screen; and every screen for what moves."""

    promise = "settings: forced colours, dark, large letters and reduced motion are the phone's to set"
    bound = (
        f"the scheme that was asked for, letters of exactly {LETTERS} %, two frames {APART} ms apart equal"
    )

    def run(self, browser: Browser, full: bool, tell: Callable[[str], None]) -> None:
        tell("settings: the first screen")
        with _app() as address:
            for way in (Way(), Way(contrast=True), Way(dark=True), Way(dark=True, contrast=True)):
                if not obeys(browser, address, way):
                    self.faults.append(Fault("first screen", str(way), "is not in the phone's colours"))
                self.sights += 1
            grown = letters(browser, address, LETTERS) / letters(browser, address, 100)
            if abs(grown - LETTERS / 100) > ROUNDED:
                self.faults.append(Fault("first screen", "heading", f"{grown:.2f} times as high"))
        with showing(browser, 100) as shown:
            for stop in STOPS.values() if full else [STOPS[name] for name in BRIEFLY[:2]]:
                tell(f"settings: what moves on {stop.name}")
                self.look(shown.show(stop, Way())[0], shown)

    def judge(self, sight: Sight, shown: Showing) -> int:
        if moves(shown.phone):
            self.fault(sight, "screen", "moves")
        return len(sight.screen.nodes)

    def control(self, browser: Browser) -> tuple[str, bool]:
        """The stage does not ask the phone; and one screen has something that turns."""
        stage, way = Stage(), Way(contrast=True)
        stage.set(STOPS["welcome"].scene, {})
        with staged(stage) as address:
            ignored = not obeys(browser, address, way) and obeys(browser, address, Way())
        with staged(FaultyStage(fault="moving")) as address, browser.phone(still=True) as phone:
            phone.open(address)
            phone.see_heading("")
            turns = moves(phone)
        return "the settings ignored, and a wheel that turns", ignored and turns


def moves(phone: Phone) -> bool:
    """Whether anything does, though the phone asks for rest."""
    first = phone.now(phone.page.screenshot())
    phone.now(phone.page.wait_for_timeout(APART))
    return bool(phone.now(phone.page.screenshot()) != first)


def obeys(browser: Browser, address: str, way: Way) -> bool:
    """Whether the first screen has the colours of the scheme that the phone asks for, and of no other."""
    with browser.phone(dark=way.dark, contrast=way.contrast, still=True, height=1500) as phone:
        seen, until = _dresses(_first(phone, address)), time.monotonic() + DUE
        while seen != [way.scheme] and time.monotonic() < until:
            seen = _dresses(phone.shot())
    return seen == [way.scheme]


def letters(browser: Browser, address: str, percent: int) -> float:
    """How high the first line of the first screen is, with the phone's own letters at this size."""
    with browser.phone(text=percent, still=True, width=1200, height=1500) as phone:
        _first(phone, address)
        box = phone.now(phone.page.locator("h1").bounding_box())
    assert box
    return float(box["height"])


def _first(phone: Phone, address: str) -> bytes:
    phone.open(address)
    phone.see_heading("")
    return phone.shot()


def _dresses(png: bytes) -> list[str]:
    """The names of the schemes that a picture may be in: two may share a colour, but not the ground."""
    pixels = Picture.of(png, 1).pixels.reshape(-1, 3)
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    ground = hexadecimal(found[counts.argmax()])
    large = {hexadecimal(pixel) for pixel, count in zip(found, counts, strict=True) if count > _FILL}
    schemes = DEFAULT.schemes.items()
    return [name for name, scheme in schemes if scheme.surface == ground and scheme.brand_fill in large]


@contextmanager
def _app() -> Iterator[str]:
    """The app of an invented municipality, without its servers: the first screen needs none."""
    with tempfile.TemporaryDirectory(prefix="access-") as folder:
        town = Town(Path(folder), Ports(*free_ports(4)), Mix())
        town.found()
        try:
            town.start(town.app)
            yield town.office.addresses().app
        finally:
            town.stop()
