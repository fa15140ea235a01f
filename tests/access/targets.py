"""Bar: what can be pressed is large enough for unsteady hands, and far enough from the next."""

from __future__ import annotations

from itertools import combinations

from tests.access.bar import SeenBar
from tests.access.faulty import sees
from tests.access.nodes import Node
from tests.access.showing import Showing
from tests.access.sight import Sight
from tests.support.browser import Browser

SIZE = 48.0
BETWEEN = 8.0
_ROUNDED = 0.5  # pixels: rectangles are told in fractions


class Targets(SeenBar):
    promise = "targets: what can be pressed is large enough, and apart from the next"
    bound = f"{SIZE:.0f} x {SIZE:.0f} pixels, {BETWEEN:.0f} between"

    def judge(self, sight: Sight, shown: Showing) -> int:
        targets = sight.screen.targets
        for node in targets:
            if min(node.width, node.height) < SIZE - _ROUNDED:
                self.fault(sight, node, f"{node.width:.0f} x {node.height:.0f}")
        for one, other in combinations(targets, 2):
            if (apart := gap(one, other)) < BETWEEN - _ROUNDED and one not in sight.screen.above(other):
                self.fault(sight, f"{one} and {other}", f"{apart:.0f} between")
        return len(targets)

    def control(self, browser: Browser) -> tuple[str, bool]:
        caught = sees(browser, Targets, "small target") and sees(browser, Targets, "targets together")
        return "a target of 14 pixels, and two with 2 between", caught


def gap(one: Node, other: Node) -> float:
    """Pixels between two rectangles; negative where they overlap."""
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down)
