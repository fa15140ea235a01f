"""The two sides, what there is to choose from, and who waits to hear of a change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from domain.errors import StorageError
from domain.texts import LANGUAGES
from i18n.wording import Wording
from preview.reading import Dressed
from preview.report import report
from preview.screens import Screen
from preview.side import Side
from preview.sources import Source, Sources
from preview.wants import DEVICES, LETTERS, Unfit, Wants

SIDES = ("left", "right")
LOOKING = 0.5
"""Seconds between two looks at the files."""


@dataclass(eq=False)
class Stage:
    """`version` goes up with every change, so that the page knows which of two answers is newer; `files`
    with every change on the disk.
    """

    sources: Sources
    sides: dict[str, Side]
    say: Wording
    version: int = 0
    files: int = 0
    _listening: set[asyncio.Event] = field(default_factory=set)
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def on(cls, sources: Sources, folder: Path, say: Wording) -> Stage:
        """Both sides show the first poll; each another house style, if there are two."""
        sources.refresh()
        styles, poll = list(sources.styles), next(iter(sources.polls), "")
        chosen = {"left": styles[0], "right": styles[min(1, len(styles) - 1)]}
        sides = {
            name: Side(name, Wants(style, poll, "introduction"), sources, folder, say)
            for name, style in chosen.items()
        }
        return cls(sources, sides, say)

    async def change(self, asked: Mapping[str, Any]) -> None:
        """What each side should show now. Raises `Unfit`; then nothing changed."""
        async with self._changing:  # the next change builds on this one
            wanted = {name: self._wanted(name, changes) for name, changes in asked.items()}
            for name, wants in wanted.items():
                await self.sides[name].show(wants)
            self._tell()

    def at(self, name: str, route: str) -> None:
        self.sides[name].at(route)

    async def watch(self) -> None:
        """Until cancelled: show what changed on the disk."""
        while True:
            await asyncio.sleep(LOOKING)
            if self.sources.refresh():
                async with self._changing:
                    with suppress(StorageError):  # a full disk: what is shown stays
                        for side in self.sides.values():
                            await side.refresh()
                    self.files += 1
                    self._tell()

    async def changes(self) -> AsyncIterator[int]:
        """The version, now and after every change."""
        changed = asyncio.Event()
        self._listening.add(changed)
        try:
            while True:
                yield self.version
                await changed.wait()
                changed.clear()
        finally:
            self._listening.discard(changed)

    def state(self) -> dict[str, Any]:
        """Everything the page shows, as JSON."""
        return {
            "version": self.version,
            "files": self.files,
            "styles": [_choice(source, _style_name(source)) for source in self.sources.styles.values()],
            "polls": [_choice(source, self._poll_name(source)) for source in self.sources.polls.values()],
            "problems": [{"name": name, "text": problem} for name, problem in self.sources.problems()],
            "devices": {name: list(size) for name, size in DEVICES.items()},
            "languages": list(LANGUAGES),
            "letters": list(LETTERS),
            "sides": {name: self._side(side) for name, side in self.sides.items()},
        }

    def _wanted(self, name: str, changes: object) -> Wants:
        if name not in self.sides or not isinstance(changes, Mapping):
            raise Unfit(name)
        return self.sides[name].wants.changed(changes)

    def _side(self, side: Side) -> dict[str, Any]:
        wants, screen, there = side.wants, side.screen, side.screens
        width, height = DEVICES[wants.device]
        return {
            "wants": asdict(wants) | {"screen": screen.id},
            "address": f"/{side.name}{'-bold' if wants.bold else ''}/",
            "route": screen.route,
            "press": side.press,
            "title": screen.title,
            "width": width,
            "height": height,
            "letters": wants.phone_scale,
            "style": side.dressed.style.name,
            "poll": side.shown.poll.title.get(self.say.language),
            "spoken": wants.language in side.shown.poll.languages,
            "screens": [_screen(one) for one in there],
            "report": report(side.dressed, wants.scheme, there, self.say),
        }

    def _poll_name(self, source: Source[Any]) -> str:
        shown = source.value
        return f"{shown.poll.title.get(self.say.language)} ({source.name})" if shown else source.name

    def _tell(self) -> None:
        self.version += 1
        for changed in self._listening:
            changed.set()


def _style_name(source: Source[Dressed]) -> str:
    return f"{source.value.style.name} ({source.name})" if source.value and source.path else source.name


def _choice(source: Source[Any], name: str) -> dict[str, str]:
    return {"id": source.id, "name": name}


def _screen(screen: Screen) -> dict[str, str]:
    return {"id": screen.id, "title": screen.title, "route": screen.route}
