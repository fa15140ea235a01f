"""Every screen, in every way of reading, shown once to all the bars that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count, product

from i18n.wording import LANGUAGES
from tests.access.bar import SeenBar
from tests.access.showing import showing
from tests.access.ways import LETTERS, STOPS, Stop, Way, languages, ways
from tests.support.browser import Browser

BRIEFLY = ("welcome", "polls", "several", "mark", "text", "check", "result", "not answered")
"""The screens that the shorter run looks at in large letters, and in the other languages."""


def walk(browser: Browser, bars: Sequence[SeenBar], full: bool, tell: Callable[[str], None]) -> None:
    """In each window the page is loaded once; screens and colours change in place."""
    windows = list(_windows(full))
    total, done = sum(len(stops) * len(read_so) for _, stops, read_so in windows), count(1)
    for letters, stops, read_so in windows:
        with showing(browser, letters) as shown:
            for stop in stops:
                for number, way in enumerate(read_so):
                    tell(f"{next(done)} of {total}: {stop.name}, {way}")
                    sights = shown.read_as(way) if number else shown.show(stop, way)
                    for bar, sight in product(bars, sights):
                        bar.look(sight, shown)
            for bar in bars:
                bar.leave(shown)


def _windows(full: bool) -> Iterator[tuple[int, list[Stop], list[Way]]]:
    """What is looked at in one window: a size of letters, screens, and ways of reading in one language."""
    every, few = list(STOPS.values()), [STOPS[name] for name in BRIEFLY]
    for language, letters in product(languages(), LETTERS):
        if full:
            yield letters, every, ways(language, letters)
        else:
            yield from _quickly(language, letters, every, few)
    for language in LANGUAGES:
        if language not in languages():
            yield 100, every if full else few[:1], [Way(language)]


def _quickly(
    language: str, letters: int, every: list[Stop], few: list[Stop]
) -> Iterator[tuple[int, list[Stop], list[Way]]]:
    """Every screen once; those with every kind of control in large letters and in the other colours."""
    first = language == languages()[0]
    if letters == 100:
        yield letters, every if first else few, [Way(language, dark=not first)]
    else:
        yield letters, few, [Way(language, letters, dark=letters == 200, contrast=first == (letters == 320))]
