"""Bar: letters grow to 320 %, and everything makes room for them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from i18n.wording import Wording
from tests.access.bar import Bar
from tests.access.faulty import sees
from tests.access.ink import Sign
from tests.access.nodes import Node
from tests.access.showing import Showing, Sight
from tests.access.ways import LETTERS, is_from_the_right
from tests.support.browser import Browser
from theming.flet_text import STEPS

MARGINS = 68
"""Pixels beside a text in a box on a screen: a word that fits there must stay whole."""
ENOUGH = 0.85
"""Of the growth asked for: pictograms and the space between letters grow less."""
BESIDE = 0.7
"""The same where pictograms may stand beside the words."""
PRESSED = {200: 1.15, 320: 1.5}
"""How much higher at least what can be pressed becomes, with the padding that stays."""
GUESSED = {False: 0.7, True: 0.55}
"""A heading shrinks to keep its longest word whole, by what that word needs in the widest letters: this
much of the room it is sure to use; in Arabic, whose letters are narrower, less."""
APART = 10
"""In Arabic one word in so many may have a gap as wide as a space, after a letter that joins no other."""
HEADER = {200: 1.4, 320: 1.5}
"""How much the words of the header grow, which stay in one row: with the phone's own letters at least."""
_STEPS = {1: "headline_medium", 2: "title_large", 3: "title_medium", 4: "title_medium"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text in pixels of the page: its height, the side of a square of all its ink, its longest word, and
    how many words. The ink stays the same where words stand nearer to each other, or lines do."""

    height: float
    ink: float
    longest: float
    words: int

    @classmethod
    def of(cls, node: Node, signs: list[Sign], dots: float) -> Drawn:
        longest = max((sign.width / dots for sign in signs), default=0.0)
        return cls(node.height, sqrt(sum(sign.ink for sign in signs)) / dots, longest, len(signs))


class Growing(Bar):
    """A word may break only where it is longer than the whole column."""

    promise = "scale: at 200 and 320 % every text grows whole, beside nothing else, on 320 pixels"
    bound = f"{ENOUGH:.0%} of the growth, no word broken that fits, no overlap, no sideways scrolling"

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[tuple[str, ...], Drawn] = {}
        self._too_long = 0

    def judge(self, sight: Sight, shown: Showing) -> int:
        for node, signs in sight.words:
            key = (sight.stop, sight.way.language, node.role, node.name)
            now = Drawn.of(node, sight.parted(node, signs)[1], sight.picture.dots)
            if sight.way.letters == 100:
                self._before.setdefault(key, now)
            elif key in self._before and node.role != "textbox":
                self._grown(sight, node, self._before[key], now)
        self._room(sight)
        return len(sight.words)

    def _grown(self, sight: Sight, node: Node, before: Drawn, now: Drawn) -> None:
        letters = sight.way.letters
        growth, column = wanted(node, letters), LETTERS[letters].width - MARGINS
        right = is_from_the_right(sight.way.language)
        words = max(before.words, len(node.name.split()))
        whole = now.words <= (words + words // APART if right else words)
        guessed = GUESSED[right]
        if growth * before.longest > (guessed * column if node.level else column):
            self._too_long += 1
            if node.level or whole:
                growth = min(growth, column / before.longest * (guessed / ENOUGH if node.level else 1))
            whole = whole or not node.level  # a word longer than the column breaks
        higher = PRESSED[letters] if node.is_target else ENOUGH * growth
        if now.height < min(higher, growth) * before.height:
            self.fault(sight, node, f"{now.height / before.height:.2f} times as high, not {higher:.2f}")
        longer = growth * (BESIDE if node.is_target else ENOUGH)
        if is_in_header(sight, node):
            longer = HEADER[letters]
        if now.ink < longer * before.ink:
            self.fault(
                sight, node, f"cut: letters {now.ink / before.ink:.2f} times as large, not {longer:.2f}"
            )
        if not whole:
            broken = now.words - before.words
            self.fault(sight, node, f"{broken} of {before.words} words broken that would fit")

    def _room(self, sight: Sight) -> None:
        wide, screen = LETTERS[sight.way.letters].width, sight.screen
        if screen.overflow > 0 or any(node.sideways > 1 for node in screen.nodes):
            self.fault(sight, "screen", "scrolls sideways")
        for node in screen.drawn:
            if node.left < -1 or node.right > wide + 1:
                self.fault(sight, node, f"from {node.left:.0f} to {node.right:.0f} of {wide}")
        for one, other in combinations(screen.drawn, 2):
            across = min(one.right, other.right) - max(one.left, other.left)
            if across > 1 and (down := min(one.bottom, other.bottom) - max(one.top, other.top)) > 1:
                self.fault(sight, f"{one} and {other}", f"overlap by {across:.0f} x {down:.0f}")

    def figure(self) -> str:
        return f"{super().figure()}; {self._too_long} texts with a word longer than the column"

    def control(self, browser: Browser) -> tuple[str, bool]:
        sized = ("fixed height", "cut text", "narrow text")
        caught = all(sees(browser, Growing, fault, 100, 320) for fault in sized)
        caught &= sees(browser, Growing, "text over text") and sees(browser, Growing, "sideways")
        return "a button 40 pixels high, a text cut, narrow, over another, and one to scroll sideways", caught


def wanted(node: Node, letters: int) -> float:
    """How many times as large as at 100 %; the app lets headings grow less, to keep words whole."""
    size = LETTERS[letters]
    step = STEPS[_STEPS.get(node.level, "body_large")]
    return step.at(size.app) / step.size * size.phone / 100


def is_in_header(sight: Sight, node: Node) -> bool:
    words = Wording(sight.way.language)
    names = {words.text(source) for source in ("Back", "Display", "Help")}
    return node.role == "button" and node.name in names
