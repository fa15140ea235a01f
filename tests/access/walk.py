"""Every screen, in every way of reading, shown once to all the bars that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

from PIL import Image

from i18n.wording import LANGUAGES
from tests.access.bar import Bar
from tests.access.showing import Sight, showing
from tests.access.ways import LETTERS, STOPS, Stop, Way, languages, ways
from tests.support.browser import Browser

BRIEFLY = ("welcome", "polls", "several", "mark", "text", "check", "result", "not answered")
"""The screens that the shorter run looks at in large letters, and in the other languages."""
SHOWN = (
    Way(),
    Way(letters=200, contrast=True),
    Way(letters=320, dark=True),
    Way("ar", dark=True),
    Way("ar", 200),
    Way("ar", 320, contrast=True),
)
"""The six ways of reading that pictures are kept of."""


def walk(
    browser: Browser, bars: Sequence[Bar], full: bool, keep: Path | None, tell: Callable[[str], None]
) -> None:
    """`keep`: the folder for pictures."""
    for language, letters, stops in _windows(full):
        with showing(browser, letters) as shown:
            for stop in stops:
                tell(f"{stop.name}, {language} {letters}%")
                for number, way in enumerate(_ways(language, letters, full, keep)):
                    sights = shown.read_as(way) if number else shown.show(stop, way)
                    for bar, sight in product(bars, sights):
                        bar.look(sight, shown)
                    if keep and way in SHOWN:
                        _keep(sights, keep)
            for bar in bars:
                bar.leave(shown)


def _keep(sights: list[Sight], folder: Path) -> None:
    for sight in sights:
        Image.fromarray(sight.picture.pixels).save(folder / f"{sight}.png")


def _windows(full: bool) -> Iterator[tuple[str, int, list[Stop]]]:
    """Each language and size that is looked at whole; then the other languages, at their ordinary size."""
    every, few = list(STOPS.values()), [STOPS[name] for name in BRIEFLY]
    for language in languages():
        for letters in LETTERS:
            yield language, letters, every if full or letters == 100 else few
    for language in LANGUAGES:
        if language not in languages():
            yield language, 100, every if full else few[:2]


def _ways(language: str, letters: int, full: bool, keep: Path | None) -> list[Way]:
    if language not in languages():
        return [Way(language, letters)]
    found = ways(language, letters, full)
    kept = [way for way in SHOWN if (way.language, way.letters) == (language, letters)] if keep else []
    return found + [way for way in kept if way not in found]
