"""The house styles and polls to choose from: read from files, and read again when those change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, TypeVar

from i18n.wording import Wording
from preview.phones import Shown
from preview.published import manifest_of
from preview.reading import (
    UNREADABLE,
    Dressed,
    polls_of,
    read_dressed,
    read_published_poll,
    read_published_style,
    read_shown,
    why_not,
)

T = TypeVar("T")
STYLES, POLLS = "*.style.json", "*.json"
BUILT_IN = "built-in"
EXAMPLES = Path(__file__).parents[1] / "demonstration" / "polls"
Stamp = tuple[str, int, int]
"""A file's path, when it was changed, in nanoseconds, and its size in bytes; -1 where it is not there."""


@dataclass(eq=False)
class Source(Generic[T]):
    """One thing to choose. `value` is the last that could be read; `problem` says why this one cannot be."""

    id: str
    name: str
    read: Callable[[], T]
    path: Path | None = None
    value: T | None = None
    problem: str | None = None
    stamp: tuple[Stamp, ...] | None = None

    def refresh(self, say: Wording) -> bool:
        """Read it if it changed; whether it did."""
        stamp = tuple(_stamps(self.path)) if self.path else ()
        if stamp == self.stamp:
            return False
        self.stamp = stamp
        try:
            self.value, self.problem = self.read(), None
        except UNREADABLE as error:
            self.problem = why_not(error, say)
        return True


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look: files or folders, and the office folder. `examples`: polls to show beside no other."""

    styles: tuple[Path, ...] = ()
    polls: tuple[Path, ...] = ()
    office: Path | None = None
    examples: Path = EXAMPLES


@dataclass(eq=False)
class Sources:
    """What is on offer, by id, in the order in which it was named; a folder's files may come and go."""

    places: Places
    built_in: Dressed
    say: Wording
    styles: dict[str, Source[Dressed]] = field(default_factory=dict)
    polls: dict[str, Source[Shown]] = field(default_factory=dict)

    def refresh(self) -> bool:
        """Look at every file again; whether anything is different. Takes milliseconds.

        Asking works everywhere; a network drive tells nobody that a file on it changed.
        """
        before = list(self.styles), list(self.polls)
        self.styles = {source.id: self.styles.get(source.id, source) for source in self._styles()}
        self.polls = {source.id: self.polls.get(source.id, source) for source in self._polls()}
        changed = [source.refresh(self.say) for source in self.styles.values()]
        changed += [source.refresh(self.say) for source in self.polls.values()]
        return any(changed) or before != (list(self.styles), list(self.polls))

    def problems(self) -> list[tuple[str, str]]:
        """Files that cannot be read, and why not."""
        every: list[Source[Any]] = [*self.styles.values(), *self.polls.values()]
        return [(source.name, source.problem) for source in every if source.problem]

    def style(self, id: str) -> Dressed:
        """The last one that could be read under this id; else the app's own."""
        source = self.styles.get(id)
        return source.value if source and source.value else self.built_in

    def poll(self, id: str) -> Shown:
        """The last one that could be read under this id; else the first of the others, or an example."""
        source = self.polls.get(id)
        if source and source.value:
            return source.value
        others = (other.value for other in self.polls.values() if other.value)
        return next(others, None) or read_shown(_files(self.places.examples, POLLS)[0], self.say)

    def _styles(self) -> Iterator[Source[Dressed]]:
        for path in self.places.styles:
            yield from map(self._style, _files(path, STYLES) or [path])  # else a folder with design tokens
        if self.places.office is not None:
            yield from self._published_style(self.places.office)
        name = self.say.text("{name} (example)", name=self.built_in.style.name)
        yield Source(BUILT_IN, name, lambda: self.built_in)

    def _polls(self) -> list[Source[Shown]]:
        found: list[Source[Shown]] = []
        for path in self.places.polls:
            found += map(self._poll, _files(path, POLLS) if path.is_dir() else [path])
        if self.places.office is not None:
            found += self._published_polls(self.places.office)
        return found or list(map(self._poll, _files(self.places.examples, POLLS)))

    def _style(self, path: Path) -> Source[Dressed]:
        return Source(_id(path), path.name, lambda: read_dressed(path, self.say), path)

    def _poll(self, path: Path) -> Source[Shown]:
        return Source(_id(path), path.name, lambda: read_shown(path, self.say), path)

    def _published_style(self, office: Path) -> Iterator[Source[Dressed]]:
        manifest, name = manifest_of(office), self.say.text("as published")
        if manifest.exists():
            yield Source(_id(manifest), name, lambda: read_published_style(office) or self.built_in, manifest)

    def _published_polls(self, office: Path) -> Iterator[Source[Shown]]:
        manifest, name = manifest_of(office), self.say.text("as published")
        for id in polls_of(office):
            read = partial(read_published_poll, office, id, self.say)
            yield Source(f"published-{id}", name, read, manifest)


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern)) if folder.is_dir() else []


def _id(path: Path) -> str:
    return sha256(str(path.absolute()).encode()).hexdigest()[:12]


def _stamps(path: Path) -> Iterator[Stamp]:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        try:
            found = file.stat()
        except OSError:
            yield str(file), -1, -1
        else:
            yield str(file), found.st_mtime_ns, found.st_size
