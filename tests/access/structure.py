"""Bar: what a screen reader finds its way by."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tests.access.bar import SeenBar
from tests.access.nodes import Node, Screen
from tests.access.showing import Showing, showing
from tests.access.sight import Sight
from tests.access.ways import STOPS, Way
from tests.support.browser import Browser

SAID_AS = {"fy": "nl"}
"""Flutter knows no Frisian, and no screen reader has a Frisian voice: a Dutch one reads it."""
_IN_A_GROUP = ("radio", "checkbox")


class Structure(SeenBar):
    promise = "structure: one main heading, named groups and progress, the language, a title"
    bound = "no screen without any of them, no control without a name, no heading level left out"

    def judge(self, sight: Sight, shown: Showing) -> int:
        for node, what in missing(sight.screen, sight.way.language, begins=sight.part == 0):
            self.fault(sight, node, what)
        return len(sight.screen.nodes)

    def control(self, browser: Browser) -> tuple[str, bool]:
        """A question as it is, and without each thing in turn."""
        with showing(browser, 100) as shown:
            whole = shown.show(STOPS["one"], Way())[0].screen
        broken = list(_without(whole))
        caught = [bool(list(missing(screen, "nl"))) for screen in broken]
        good = not list(missing(whole, "nl"))
        return f"each removed in turn: {sum(caught)} of {len(broken)} seen", good and all(caught)


def missing(screen: Screen, language: str, begins: bool = True) -> Iterator[tuple[object, str]]:
    """What a screen lacks, and where. `begins`: it is not the rest of a long one."""
    main = [node for node in screen.nodes if node.level == 1]
    if begins and (len(main) != 1 or not main[0].name):
        yield "screen", f"{len(main)} main headings"
    if screen.lang.split("-")[0] != SAID_AS.get(language, language):
        yield "screen", f"its language is said to be {screen.lang or 'none'}"
    if not screen.title.strip():
        yield "screen", "no title"
    if "/questions/" in screen.route and not any(map(_tells_progress, screen.nodes)):
        yield "screen", "nothing tells how far she is"
    yield from _nameless(screen)
    levels = [node.level for node in screen.nodes if node.level]
    for before, now in pairwise(levels):
        if now > before + 1:
            yield "screen", f"a heading of level {now} after one of {before}"


def _nameless(screen: Screen) -> Iterator[tuple[object, str]]:
    for node in screen.nodes:
        if (node.is_target or node.role in ("img", "progressbar", "dialog", "alertdialog")) and not node.name:
            yield node, "no name"
        if node.role in _IN_A_GROUP and not any(_is_named_group(one) for one in screen.above(node)):
            yield node, "in no group with a name"


def _is_named_group(node: Node) -> bool:
    return node.role in ("group", "radiogroup") and bool(node.name)


def _tells_progress(node: Node) -> bool:
    """A text with two numbers, such as "Question 2 of 8", in whatever digits."""
    if node.role == "progressbar":
        return bool(node.name)
    digits = ("0" if unicodedata.digit(letter, -1) >= 0 else " " for letter in node.name)
    return node.role == "" and len("".join(digits).split()) == 2


def _without(screen: Screen) -> Iterator[Screen]:
    """The same screen with one thing removed, for each thing."""
    yield replace(screen, lang="")
    yield replace(screen, title="")
    yield _changed(screen, lambda node: node.level == 1, level=0)
    yield _changed(screen, _is_named_group, name="")
    yield _changed(screen, _tells_progress, name="")
    yield _changed(screen, lambda node: node.role == "button", name="")
    yield _changed(screen, lambda node: node.level == 1, level=3)


def _changed(screen: Screen, which: Callable[[Node], bool], **changes: Any) -> Screen:
    nodes = tuple(replace(node, **changes) if which(node) else node for node in screen.nodes)
    return replace(screen, nodes=nodes)
