"""Bar: everything can be reached and used without a pointer, and it shows where the keyboard is."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product
from typing import Any

from tests.access.bar import Fault, OwnWalk, SeenBar
from tests.access.faulty import FaultyStage
from tests.access.hands import Hands, Keys, Tree, answer_all, reached
from tests.access.ink import Picture, changed
from tests.access.nodes import Node
from tests.access.showing import Showing, showing
from tests.access.sight import Sight
from tests.access.walk import BRIEFLY
from tests.access.ways import STOPS, Stop, Way, languages, ways
from tests.shots.stage import Scene
from tests.support.browser import Browser
from tests.support.phone import Phone
from tests.support.picture import DRAWN

RING = 3.0
"""WCAG 2.4.13: between the same pixels with and without the focus."""
THICK = 2.0
"""Pixels of such a change, all around."""
QUESTIONS = 9
MOST_TABS = 80
AROUND = 24  # pixels: a field's edge lies outside what is written in
DUE = 3.0  # seconds
HANDS: dict[str, Callable[[Phone], Hands]] = {"keys": Keys, "the screen reader's tree": Tree}
_ON = """
(() => {
  const on = document.activeElement, holder = on?.closest("[id^=flt-semantic-node]");
  const all = [...document.querySelectorAll("flt-semantics-host *")].filter((one) => one.tagName !== "SPAN");
  return holder ? all.indexOf(on) : -1;
})()
"""


class Keyboard(SeenBar, OwnWalk):
    promise = "keyboard: all is reached by Tab, the focus shows, whole polls are answered without a pointer"
    bound = f"a ring of {THICK:.0f} pixels that changes by {RING:.0f}; {QUESTIONS} answers in each poll"

    def __init__(self) -> None:
        super().__init__()
        self._polls = 0

    def run(self, browser: Browser, full: bool, tell: Callable[[str], None]) -> None:
        for way, stops in _walks(full):
            with showing(browser, 100) as shown:
                for stop in stops:
                    tell(f"keyboard: {stop.name}, {way}")
                    self._look_twice(shown, stop, way)
        for language, (name, hands) in _polls(full):
            tell(f"keyboard: a whole poll by {name}, {language}")
            self._poll(browser, language, name, hands)

    def _look_twice(self, shown: Showing, stop: Stop, way: Way) -> None:
        """What is missed once, and not again on the same screen shown anew, was a slow machine's."""
        before = len(self.faults)
        self.look(shown.show(stop, way)[0], shown)
        if len(self.faults) > before:
            del self.faults[before:]
            self.look(shown.show(stop, way)[0], shown)

    def judge(self, sight: Sight, shown: Showing) -> int:
        """Tab past everything. Where the window holds only a part, the keyboard would scroll: that part."""
        pressable = [node for node in sight.screen.targets if node.state("disabled") != "true"]
        waiting = {reached(node, sight.screen): node for node in pressable}
        count = 0
        for _ in range(MOST_TABS):
            shown.phone.press("Tab")
            node = _focused(shown, sight)
            if node is None or not waiting:
                break
            if waiting.pop(reached(node, sight.screen), None):
                count += 1
                if (share := ring(shown, sight, node)) < 1 and (share := ring_before(shown, sight, node)) < 1:
                    self.fault(sight, node, f"a ring of {share:.0%} of what it needs")
        for node in waiting.values():
            self.fault(sight, node, "not reached with Tab")
        return count

    def _poll(self, browser: Browser, language: str, name: str, hands: Callable[[Phone], Hands]) -> None:
        self._polls += 1
        try:
            with showing(browser, 100) as shown:
                answers = answer_all(shown, language, hands)
            if len(answers) != QUESTIONS:
                self.faults.append(Fault(f"a poll by {name}", language, f"{len(answers)} answers"))
        except (AssertionError, TimeoutError) as stuck:
            self.faults.append(Fault(f"a poll by {name}", language, str(stuck)))

    def figure(self) -> str:
        return f"{super().figure()}; {self._polls} polls of {QUESTIONS} kinds of questions"

    def control(self, browser: Browser) -> tuple[str, bool]:
        bars = {}
        for fault in ("none", "no ring", "not by keyboard"):
            bars[fault] = Keyboard()
            with showing(browser, 100, FaultyStage(fault=fault)) as shown:
                bars[fault].look(shown.show(Stop(fault, Scene("/")), Way())[0], shown)
        caught = not bars["none"].faults and bars["no ring"].faults and bars["not by keyboard"].faults
        return "a button of Flutter's default theme, and one that only a pointer reaches", bool(caught)


def ring(shown: Showing, sight: Sight, node: Node) -> float:
    """The pixels that the focus changes enough, as a share of a ring around the node; at once or soon."""
    return _share(shown, sight, node, sight.picture.cut(**_around(node, sight)))


def _share(shown: Showing, sight: Sight, node: Node, before: Picture) -> float:
    """How much of a ring the window differs by from a picture of this place."""
    needed = THICK * 2 * (node.width + node.height) * sight.picture.dots**2
    clip = _around(node, sight)
    share, until = 0.0, time.monotonic() + DUE
    while share < 1 and time.monotonic() < until:
        shown.phone.now(shown.phone.page.evaluate(DRAWN))
        png = shown.phone.now(shown.phone.page.screenshot(clip=clip))
        after = Picture.of(png, sight.picture.dots)
        share = max(share, changed(before, after, RING) / needed)
    return share


def ring_before(shown: Showing, sight: Sight, node: Node) -> float:
    """The same against a picture with the focus two steps on: at first it may have been here already."""
    clip, dots = _around(node, sight), sight.picture.dots
    after = Picture.of(shown.phone.now(shown.phone.page.screenshot(clip=clip)), dots)
    _press_slowly(shown, "Tab", "Tab")
    share = _share(shown, sight, node, after)
    _press_slowly(shown, "Shift+Tab", "Shift+Tab")
    return share


def _press_slowly(shown: Showing, *keys: str) -> None:
    """Each when the focus has moved for the one before."""
    for key in keys:
        shown.phone.press(key)
        shown.phone.focused()


def _around(node: Node, sight: Sight) -> dict[str, Any]:
    """A rectangle of whole pixels around the node, within the window."""
    left, top = max(0, int(node.left) - AROUND), max(0, int(node.top) - AROUND)
    height, width = (side / sight.picture.dots for side in sight.picture.pixels.shape[:2])
    right, bottom = min(width, int(node.right) + AROUND), min(height, int(node.bottom) + AROUND)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _focused(shown: Showing, sight: Sight) -> Node | None:
    """What has the focus, once it rests."""
    before, found = -2, -1
    for _ in range(20):
        before, found = found, shown.phone.now(shown.phone.page.evaluate(_ON))
        if before == found:
            break
        shown.phone.now(shown.phone.page.evaluate(DRAWN))
    return sight.screen.nodes[found] if 0 <= found < len(sight.screen.nodes) else None


def _polls(full: bool) -> list[tuple[str, tuple[str, Callable[[Phone], Hands]]]]:
    """Each language with each way to answer; or each with one of them."""
    every = list(product(languages(), HANDS.items()))
    return every if full else [every[0], every[-1]]


def _walks(full: bool) -> list[tuple[Way, list[Stop]]]:
    """Every screen in the first language and colours; in the others those with every kind of control."""
    few = [STOPS[name] for name in BRIEFLY]
    if not full:
        return [(Way(languages()[0]), few[:3]), (Way(languages()[-1], 100, True, True), few[3:4])]
    found = [(way, few) for language in languages() for way in ways(language, 100)]
    return [(found[0][0], list(STOPS.values())), *found[1:]]
