"""Bar: letters grow to 320 %, and everything makes room for them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import inf, sqrt

from i18n.wording import Wording
from tests.access.bar import SeenBar
from tests.access.faulty import sees
from tests.access.ink import Sign
from tests.access.nodes import Node
from tests.access.showing import Showing
from tests.access.sight import BOXED, Sight
from tests.access.ways import LETTERS, STOPS, is_from_the_right
from tests.support.browser import Browser
from theming.flet_text import STEPS

MARGINS = 68
"""Pixels beside a text in a box on a screen: a word that fits there must stay whole."""
ENOUGH = 0.82
"""Of the growth asked for: pictograms grow less, and so do titles that are no headings."""
BESIDE = 0.65
"""The same on a button, where a pictogram may stand beside the words."""
HIGHEST = 24
"""Pixels at 100 %: a picture beside an answer is higher, a word is not."""
LINE, PADDING = 45, 24
"""Pixels at 100 %: what is higher than one line may be a box, with padding that does not grow."""
PRESSED = {200: 1.15, 320: 1.5}
"""How much higher at least what can be pressed becomes, with the padding that stays."""
GUESSED = {False: 0.7, True: 0.55}
"""A heading shrinks to keep its longest word whole, by what that word needs in the widest letters: this
much of the room it is sure to use; in Arabic, whose letters are narrower, less."""
APART = 10
"""In Arabic one word in so many, and one at least, may have a gap as wide as a space: some letters join no
other."""
HEADER = {200: 1.4, 320: 1.5}
"""How much the words of the header grow, which stay near each other: nearly with the phone's own letters."""
_STEPS = {1: "headline_medium", 2: "title_large", 3: "title_medium", 4: "title_medium"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text in pixels of the page: its height, how much ink its words take and the picture beside them, its
    longest word, and how many words. The ink stays the same where words or lines stand nearer together."""

    height: float
    ink: float
    pictured: float
    longest: float
    words: int

    @classmethod
    def of(cls, node: Node, signs: list[Sign], dots: float) -> Drawn:
        """At 100 %, where a picture is higher than any word."""
        pictures = [sign for sign in signs if node.role in BOXED and sign.height > HIGHEST * dots]
        total = sum(sign.ink for sign in signs) / dots**2
        pictured = sum(sign.ink for sign in pictures) / dots**2
        longest = max((sign.width / dots for sign in signs), default=0.0)
        return cls(node.height, total - pictured, pictured, longest, len(signs))

    def times(self, before: Drawn) -> float:
        """How much larger the letters are than before; pictures stay as they are."""
        now = max(0.0, self.ink + self.pictured - before.pictured)
        return sqrt(now / before.ink) if before.ink else inf


class Growing(SeenBar):
    """A word may break only where it is longer than the whole column."""

    promise = "scale: at 200 and 320 % every text grows whole, beside nothing else, on 320 pixels"
    bound = f"{ENOUGH:.0%} of the growth, no word broken that fits, no overlap, no sideways scrolling"

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[tuple[str, ...], Drawn] = {}
        self._too_long = 0

    def judge(self, sight: Sight, shown: Showing) -> int:
        for node, signs in sight.words:
            if node.role == "img":
                continue  # a logo stays as it is
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
        growth, column = wanted(sight, node), LETTERS[letters].width - MARGINS
        right = is_from_the_right(sight.way.language)
        words = at_most(node, before, right)
        whole, guessed = now.words <= words, GUESSED[right]
        if growth * before.longest > (guessed * column if node.level else column):
            self._too_long += 1
            if node.level or whole:
                growth = min(growth, column / before.longest * (guessed / ENOUGH if node.level else 1))
            whole = whole or not node.level  # a word longer than the column breaks
        higher = min(PRESSED[letters], ENOUGH * growth) if node.is_target else ENOUGH * growth
        padding = PADDING * (higher - 1) if before.height > LINE else 0
        if now.height < higher * before.height - padding:
            self.fault(sight, node, f"{now.height / before.height:.2f} times as high, not {higher:.2f}")
        larger = growth * (BESIDE if node.role == "button" else ENOUGH)
        if is_in_header(sight, node):
            larger = min(growth, HEADER[letters])
        if (times := now.times(before)) < larger:
            self.fault(sight, node, f"cut: letters {times:.2f} times as large, not {larger:.2f}")
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


def wanted(sight: Sight, node: Node) -> float:
    """How many times as large as at 100 %; the app lets headings grow less, to keep words whole. Where it
    cannot start, it does not know what was chosen in it."""
    size = LETTERS[sight.way.letters]
    stop = STOPS.get(sight.stop)
    if stop and stop.scene.trouble:
        return size.phone / 100
    step = STEPS[_STEPS.get(node.level, "body_large")]
    return step.at(size.app) / step.size * size.phone / 100


def at_most(node: Node, before: Drawn, right: bool) -> int:
    """Signs that a text may have as long as no word is broken. A number may part between two figures."""
    said = node.name.split()
    words = max(before.words, len(said)) + sum(word.isdigit() and len(word) > 1 for word in said)
    return words + max(1, words // APART) if right else words


def is_in_header(sight: Sight, node: Node) -> bool:
    words = Wording(sight.way.language)
    names = {words.text(source) for source in ("Back", "Display", "Help")}
    return node.role == "button" and node.name in names
