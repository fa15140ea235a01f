"""What was really drawn: colours and contrast of the pixels inside a node's rectangle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.access.nodes import Node

Pixels = NDArray[np.uint8]
_CHANNEL = np.arange(256) / 255
_LINEAR = np.where(_CHANNEL <= 0.04045, _CHANNEL / 12.92, ((_CHANNEL + 0.055) / 1.055) ** 2.4)
_DIFFERENT = 12
"""Steps of 256 that a channel must differ from the background's to be something drawn."""
_SPECK = 12
"""Pixels; less ink than this is no sign on its own."""
_STROKE = 0.04
"""Share of a sign's pixels that have its own colour; the rest are its blurred edges."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A word or a pictogram: where it was drawn, in pixels of its crop, how many of those it takes, and its
    contrast (WCAG, 1 to 21)."""

    left: int
    top: int
    width: int
    height: int
    ink: int
    contrast: float

    @property
    def is_square(self) -> bool:
        return abs(self.width - self.height) <= 0.1 * self.height


@dataclass(frozen=True, slots=True)
class Picture:
    """A window's pixels. `dots`: pixels of the picture to one of the page."""

    pixels: Pixels
    dots: float = 1.0

    @classmethod
    def of(cls, png: bytes, dots: float) -> Picture:
        return cls(np.asarray(Image.open(BytesIO(png)).convert("RGB")), dots)

    def crop(self, node: Node, less: float, beside: float) -> Pixels:
        """What lies in the node's rectangle, without `less` above and below and `beside` on the left and
        right, in pixels of the page."""
        top, bottom = node.top + less, node.bottom - less
        left, right = node.left + beside, node.right - beside
        return self.pixels[self._at(top) : self._at(bottom), self._at(left) : self._at(right)]

    def before(self, node: Node, more: float) -> int:
        """Pixels of the picture that a crop with `more` beside has before the node's own."""
        return self._at(node.left) - self._at(node.left - more)

    def cut(self, x: float, y: float, width: float, height: float) -> Picture:
        """A rectangle of it, in pixels of the page."""
        rows = slice(self._at(y), self._at(y) + self._at(height))
        return Picture(self.pixels[rows, self._at(x) : self._at(x) + self._at(width)], self.dots)

    def colour(self, x: float, y: float) -> str:
        return hexadecimal(self.pixels[self._at(y), self._at(x)])

    def has(self, *colours: str) -> bool:
        """Whether a pixel has one of these colours."""
        wanted = [int(colour[1:], 16) for colour in colours]
        return bool(np.isin(_packed(self.pixels), wanted).any())

    def _at(self, place: float) -> int:
        return max(0, round(place * self.dots))


def hexadecimal(pixel: Pixels) -> str:
    return "#" + "".join(f"{int(channel):02X}" for channel in pixel)


def luminance(pixels: Pixels) -> NDArray[np.float64]:
    """Relative luminance (WCAG 2.2, definitions) of each pixel."""
    red, green, blue = (_LINEAR[pixels[..., channel]] for channel in range(3))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def dominant(pixels: Pixels) -> Pixels:
    """The colour that most pixels have: the background of a text."""
    few = _packed(pixels[::3, ::3])
    colours, counts = np.unique(few, return_counts=True)
    most = int(colours[counts.argmax()])
    return np.array([most >> 16, most >> 8 & 255, most & 255], np.uint8)


def contrast(pixels: Pixels, background: Pixels) -> NDArray[np.float64]:
    """Contrast ratio of each pixel with the background."""
    one, other = luminance(pixels), luminance(background)
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def signs(pixels: Pixels, gap: float) -> list[Sign]:
    """Every word and pictogram of a text. `gap`: pixels that part two of them. Empty where nothing is drawn.

    What touches the upper or the lower side is no letter, which has room in its line, but a round corner.
    """
    if not pixels.size:
        return []
    background = dominant(pixels)
    ink = (np.abs(pixels.astype(np.int16) - background) > _DIFFERENT).any(axis=2)
    found = []
    for part in _cut(ink, max(2, round(gap))):
        marked = ink[part]
        drawn = pixels[part][marked]
        if marked.sum() >= _SPECK and part[0].start > 0 and part[0].stop < len(ink):
            reached = _reached(contrast(drawn, background), _packed(drawn))
            found.append(Sign(part[1].start, part[0].start, *marked.shape[::-1], int(marked.sum()), reached))
    return found


def boxed_signs(pixels: Pixels, gap: float, from_the_right: bool, least: float) -> list[Sign]:
    """The box before an answer, of at least so many pixels, then its words and pictograms.

    The box is the first square where the row begins. The first word may stand nearer to it than a space:
    then it is what lies in the first columns.
    """
    found, wide = signs(pixels, gap), pixels.shape[1]
    for sign in sorted(found, key=lambda sign: sign.top):
        beside = wide - sign.left - sign.width if from_the_right else sign.left
        if sign.is_square and sign.height >= least and beside <= least:
            return [sign, *(other for other in found if other is not sign)]
    ink = (np.abs(pixels.astype(np.int16) - dominant(pixels)) > _DIFFERENT).any(axis=2)
    columns = list(_runs(ink.any(axis=0), 1))
    if not columns:
        return []
    edge = columns[-1][0] if from_the_right else columns[0][1]
    left, right = signs(pixels[:, :edge], gap), signs(pixels[:, edge:], gap)
    right = [replace(sign, left=sign.left + edge) for sign in right]
    return [*right, *left] if from_the_right else [*left, *right]


def _cut(ink: NDArray[np.bool_], gap: int, left: int = 0, top: int = 0) -> Iterator[tuple[slice, slice]]:
    """The parts that empty rows and columns, more than `gap` of them, keep apart; cut until they are whole.

    So many, since between a letter and its dot there are a few.
    """
    lines = list(_runs(ink.any(axis=1), gap))
    for begin, end in lines:
        words = list(_runs(ink[begin:end].any(axis=0), gap))
        for start, stop in words:
            if len(words) == 1:
                yield slice(top + begin, top + end), slice(left + start, left + stop)
            else:
                yield from _cut(ink[begin:end, start:stop], gap, left + start, top + begin)


def _reached(ratios: NDArray[np.float64], colours: NDArray[np.int64]) -> float:
    """The most different colour that enough pixels have, rounded down: 4.499 is not 4.5."""
    _, first, counts = np.unique(colours, return_index=True, return_counts=True)
    enough = first[counts >= max(3, _STROKE * len(colours))]
    best = ratios[enough].max() if len(enough) else float(np.percentile(ratios, 90))
    return math.floor(best * 100) / 100


def edge(picture: Picture, node: Node) -> float:
    """The contrast of what is drawn around a node's left side with what lies left of it."""
    least = math.inf
    for share in (0.35, 0.5, 0.65):
        y = picture._at(node.top + share * node.height)
        line = picture.pixels[y, picture._at(node.left - 4) : picture._at(node.left + 14)]
        least = min(least, float(contrast(line[1:], line[0]).max()))
    return math.floor(least * 100) / 100


def changed(before: Picture, after: Picture, least: float) -> int:
    """How many pixels differ by this contrast."""
    if before.pixels.shape != after.pixels.shape:
        return 0
    one, other = luminance(before.pixels), luminance(after.pixels)
    ratios = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    return int((ratios >= least).sum())


def _packed(pixels: Pixels) -> NDArray[np.int64]:
    wide = pixels.astype(np.int64)
    return wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]


def _runs(marked: NDArray[np.bool_], gap: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each stretch that is marked, over gaps of up to `gap`."""
    places = np.flatnonzero(marked)
    if not len(places):
        return
    breaks = np.flatnonzero(np.diff(places) > gap)
    begins = [places[0], *places[breaks + 1]]
    ends = [*places[breaks], places[-1]]
    yield from ((int(begin), int(end) + 1) for begin, end in zip(begins, ends, strict=True))
