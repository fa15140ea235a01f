"""A bar: what it looked at, and where it was missed."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from tests.access.showing import Showing
from tests.access.sight import Sight
from tests.support.browser import Browser
from tests.support.row import Row


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a bar was missed: the screen and the way it was read, the node, and the figure."""

    where: str
    node: str
    figure: str

    def __str__(self) -> str:
        return f"{self.where}: {self.node}: {self.figure}"


class Bar(ABC):
    """`took`: seconds."""

    promise: ClassVar[str]
    bound: ClassVar[str]

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.sights = 0
        self.nodes = 0
        self.took = 0.0

    @abstractmethod
    def control(self, browser: Browser) -> tuple[str, bool]:
        """Break the promise on purpose: what was broken, and whether this bar saw it."""

    @property
    def checked(self) -> int:
        """How much was looked at: nodes, or what `figure` says instead."""
        return self.nodes

    def figure(self) -> str:
        found = f"{len(self.faults)} missed" if self.faults else "none missed"
        return f"{self.nodes} nodes on {self.sights} screens: {found}"

    def fault(self, sight: Sight, node: object, figure: str) -> None:
        self.faults.append(Fault(str(sight), str(node), figure))

    def row(self, browser: Browser) -> Row:
        begun = time.monotonic()
        control, caught = self.control(browser)
        self.took += time.monotonic() - begun
        held = not self.faults and self.sights > 0
        return Row(self.promise, self.figure(), self.bound, held, control, caught)


class SeenBar(Bar):
    """`look` is called for each screen and way of reading, while it stands in the window; `leave` once
    for each window."""

    @abstractmethod
    def judge(self, sight: Sight, shown: Showing) -> int:
        """Put what is wrong in `faults`; returns how many nodes were looked at."""

    def look(self, sight: Sight, shown: Showing) -> None:
        begun = time.monotonic()
        self.nodes += self.judge(sight, shown)
        self.sights += 1
        self.took += time.monotonic() - begun

    def leave(self, shown: Showing) -> None:
        """A window is about to close."""


class OwnWalk(Bar):
    """For what cannot be judged while others look too."""

    @abstractmethod
    def run(self, browser: Browser, full: bool, tell: Callable[[str], None]) -> None:
        """Past every screen that it needs."""
