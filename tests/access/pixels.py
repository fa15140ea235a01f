"""Bar: the contrast of what was really drawn, in pixels."""

from __future__ import annotations

from tests.access.bar import SeenBar
from tests.access.faulty import sees
from tests.access.ink import Sign, edge
from tests.access.nodes import Node
from tests.access.showing import Showing
from tests.access.sight import BOXED, Sight
from tests.support.browser import Browser

TEXT = {False: 4.5, True: 7.0}
"""WCAG 1.4.3, and 1.4.6 in high contrast."""
SHAPE = 3.0
"""WCAG 1.4.11: the box before an answer, and the edges of what is filled in or picked."""
_EDGED = (*BOXED, "textbox")


class Pixels(SeenBar):
    """A text's background is the colour that most of its rectangle has; each word is judged on its own."""

    promise = "pixels: every word, pictogram and edge can be told from what lies behind it"
    bound = f"words {TEXT[False]}, in high contrast {TEXT[True]:.0f}; edges and boxes {SHAPE:.0f}"

    def __init__(self) -> None:
        super().__init__()
        self.least = {False: 21.0, True: 21.0}

    def judge(self, sight: Sight, shown: Showing) -> int:
        for node, drawn in sight.words:
            if not drawn and node.role != "textbox":
                self.fault(sight, node, "nothing is drawn")
            box, words = sight.parted(node, drawn)
            self._words(sight, node, words)
            if box and box.contrast < SHAPE:
                self.fault(sight, node, f"its box {box.contrast}")
            if node.role in _EDGED and sight.picture.dots > 1 and edge(sight.picture, node) < SHAPE:
                self.fault(sight, node, f"its edge {edge(sight.picture, node)}")
        return len(sight.words)

    def _words(self, sight: Sight, node: Node, words: list[Sign]) -> None:
        reached = min((sign.contrast for sign in words), default=21.0)
        high = sight.way.contrast
        self.least[high] = min(self.least[high], reached)
        if reached < TEXT[high]:
            self.fault(sight, node, f"{reached} of {TEXT[high]}")

    def figure(self) -> str:
        least = f"least {self.least[False]}, in high contrast {self.least[True]}"
        return f"{super().figure()}; {least}"

    def control(self, browser: Browser) -> tuple[str, bool]:
        caught = sees(browser, Pixels, "pale text") and sees(browser, Pixels, "pale edge")
        return "a text and an edge in #CCCCCC", caught
