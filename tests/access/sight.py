"""One screen, read one way: what was drawn, and what a screen reader was told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from tests.access.ink import Picture, Pixels, Sign, boxed_signs, dominant, signs
from tests.access.nodes import Node, Screen
from tests.access.ways import Way, is_from_the_right
from theming.scheme import Scheme

SPACE = 3.2
"""Pixels at 100 %: between two words there is more, between two letters less."""
OVERHANG = 3
"""Pixels at 100 %: a j begins before its line does."""
BOXED = ("radio", "checkbox")
BOX = 14
"""Pixels; the box before an answer is larger, and stands nearer to where its row begins."""
FRAME = 5
"""Pixels inside the edge of what can be pressed: there the words are, and neither edge nor ring."""
PICKED = 6
"""The same for an answer: the round corner of one that is picked, 3 pixels thick, reaches further."""


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
        if node.role not in BOXED:
            return signs(self.picture.crop(node, FRAME, FRAME), gap)
        inside = self.picture.crop(node, PICKED, PICKED)
        if not inside.size:
            return []
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
        """Whether it is in its scheme's own colours, and each text has something drawn for it."""
        blank = [node for node, drawn in self.words if not drawn and node.role != "textbox"]
        on = self.picture.colour(2, 2) == self.scheme.surface
        return not blank and on and self.picture.has(self.scheme.primary, self.scheme.brand_fill)

    def __str__(self) -> str:
        return f"{self.stop}{f', part {self.part + 1}' if self.part else ''}, {self.way}"


def _is_around(pixels: Pixels, ground: Pixels) -> bool:
    """Whether all corners have the colour of the ground."""
    return bool((pixels[[0, 0, -1, -1], [0, -1, 0, -1]] == ground).all())
