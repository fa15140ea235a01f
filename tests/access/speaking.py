"""Bar: every shipped language is whole: words, direction, letters, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from i18n import wording
from i18n.wording import LANGUAGES, Wording
from tests.access.bar import Fault, SeenBar
from tests.access.faulty import sees
from tests.access.showing import Showing, showing
from tests.access.sight import Sight
from tests.access.ways import STOPS, Way, is_from_the_right, not_spoken
from tests.support.browser import Browser
from theming.fonts import FONTS

SOURCE = "en"
"""The language of the texts in the code: a text that is missing shows in it."""
_DATED, _DATED_POLL = "introduction", "regiovervoer"
_MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")
_NAMED = re.compile(r"\\\{\w+\\\}")
_FALLBACK = re.compile(r"/assets/fonts/([a-z0-9]+)/v\d+/")
_LOADS, _OWN = "/MaterialIcons-", "/NotoSansArabic_"
_CARRIED = {name.replace(" ", "").lower() for name in FONTS}


class Speaking(SeenBar):
    promise = "languages: every text in every language, from its own side, with letters, dates and numbers"
    bound = "no text missing or in English, no letter without a shape, Arabic from the right"

    def __init__(self) -> None:
        super().__init__()
        self._languages: set[str] = set()
        for language in not_spoken():
            self.faults.append(Fault(language, "the app", "does not speak it"))
        for language in LANGUAGES:
            lacking = [message for message, said in said_in(language) if not said]
            self.faults += [Fault(language, message[:60], "not translated") for message in lacking]

    def judge(self, sight: Sight, shown: Showing) -> int:
        language = sight.way.language
        self._languages.add(language)
        for node in sight.screen.texts:
            for line in _MARKS.sub("", node.name).splitlines():
                if is_left_in_english(line, language):
                    self.fault(sight, node, f"still in English: {line[:60]}")
        if not begins_at(sight, is_from_the_right(language)):
            self.fault(sight, "heading", "begins at the wrong side")
        if sight.stop == _DATED and not _is_dated(sight, shown):
            self.fault(sight, "screen", "nowhere the day until which she can take part")
        return len(sight.screen.texts)

    def leave(self, shown: Showing) -> None:
        """Flutter asks for fonts of letters that no font of the app has."""
        for asked in set(_lacking(shown.phone.requests)):
            self.faults.append(Fault("all screens", asked, "letters that the app does not carry"))

    def figure(self) -> str:
        return f"{super().figure()}; {len(self._languages)} of {len(LANGUAGES)} languages on screen"

    def control(self, browser: Browser) -> tuple[str, bool]:
        bar = Speaking()
        with showing(browser, 100) as shown, _removed("Next", "nl"):
            [seen] = shown.show(STOPS["one"], Way())
            bar.look(seen, shown)
        caught = any("Next" in fault.figure for fault in bar.faults) and not begins_at(seen, True)
        caught &= sees(browser, Speaking, "unknown letters")
        return "a translation removed, letters without a font, Dutch read as if from the right", caught


def _lacking(requests: Iterable[str]) -> Iterator[str]:
    """Fonts asked for in vain. While a page loads Flutter asks for those too that the app is bringing."""
    brought = False
    for url in requests:
        brought = (brought or _OWN in url) and _LOADS not in url
        asked = _FALLBACK.search(url)
        if asked and (brought or asked[1] not in _CARRIED):
            yield url


def said_in(language: str) -> list[tuple[str, str]]:
    """Each text of the app as in the code, and in this language, whose parts for values are in braces."""
    found = []
    for message in wording._catalogue("app", language):
        if isinstance(message.id, str) and message.id:
            found.append((message.id, str(message.string)))
        elif isinstance(message.id, tuple):
            forms = message.string if isinstance(message.string, tuple | list) else ("",)
            found += [(one, form) for one in message.id for form in forms]
    return found


@lru_cache(maxsize=10_000)
def is_left_in_english(text: str, language: str) -> bool:
    """Whether it is the source of a text that the language says otherwise."""
    if language == SOURCE or not any(letter.isalpha() for letter in text):
        return False
    sources = [said for message, said in said_in(language) if _is(message, text)]
    own = any(_is(said, text) for _, said in said_in(language) if said)
    return bool(sources) and not own


def begins_at(sight: Sight, right: bool) -> bool:
    """Whether the main heading's words stand against the side where its language begins."""
    for node, drawn in sight.words:
        if node.level == 1 and drawn:
            width = node.width * sight.picture.dots
            at_left = min(sign.left for sign in drawn)
            at_right = width - max(sign.left + sign.width for sign in drawn)
            return at_right <= at_left if right else at_left <= at_right
    return True


def _is(template: str, text: str) -> bool:
    return bool(_pattern(template).fullmatch(text))


@lru_cache(maxsize=10_000)
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(_NAMED.sub("(.+)", re.escape(template)), re.DOTALL)


def _is_dated(sight: Sight, shown: Showing) -> bool:
    card = shown.stage.desk.card(_DATED_POLL)
    assert card
    day = Wording(sight.way.language).day(card.closes_at)
    return any(day in _MARKS.sub("", node.name) for node in sight.screen.texts)


@contextmanager
def _removed(message: str, language: str) -> Iterator[None]:
    """A language without one of its texts."""
    found = wording._catalogue("app", language)[message]
    kept, found.string = found.string, ""
    is_left_in_english.cache_clear()
    try:
        yield
    finally:
        found.string = kept
        is_left_in_english.cache_clear()
