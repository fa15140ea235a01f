"""Follows references between tokens, and keeps count of those that lead nowhere or round in circles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from theming.remarks import Remark, shown

_REFERENCE = re.compile(r"\{([^{}]+)\}")
_ENDINGS = ("", ".value", ".$value", ".$root")
_DEEPEST = 60  # references in a row, and lists in lists; real tokens reach five
#: What some exporters put around the whole.
_WRAPPERS = {"component", "components", "common", "brand", "global", "tokens", "theme"}
_LONGEST = 10_000  # characters


class Unresolved(Exception):
    """This token has no value."""

    def __init__(self, code: str, path: str, reference: str) -> None:
        self.code, self.path, self.reference = code, path, reference
        super().__init__(f"{code}: {path} -> {reference}")


class Resolver:
    """Values of tokens with every `{reference}` replaced by what it stands for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._raw = values
        self._known: dict[str, Any] = {}
        self._without_first: dict[str, str] = {}
        self._inside_wrapper: dict[str, str] = {}
        for path in values:
            first, _, rest = path.partition(".")
            self._without_first.setdefault(rest, path)
            if first in _WRAPPERS:
                self._inside_wrapper.setdefault(rest.partition(".")[2], path)

    @property
    def paths(self) -> Iterator[str]:
        return iter(self._raw)

    def find(self, path: str) -> str | None:
        """The token's path as the file has it: as given, under a wrapper (`component.`), or None."""
        for ending in _ENDINGS:
            bare = path.removesuffix(ending)
            for known in (bare, self._without_first.get(bare)):
                if known in self._raw:
                    return known
        return None

    def find_under_any_prefix(self, path: str) -> str | None:
        """The token that is called so but for its first segment, the municipality's own prefix."""
        rest = path.partition(".")[2] or path
        return self._without_first.get(rest) or self._inside_wrapper.get(rest)

    def value(self, path: str) -> Any:
        """The token's value without references. Raises `Unresolved`: dangling or cycle."""
        return self._follow(path, ())

    def problems(self) -> list[Remark]:
        """One remark for each missing target and each circle, however many tokens lead there."""
        leading: dict[tuple[str, str], list[str]] = {}
        for path in self._raw:
            try:
                self.value(path)
            except Unresolved as exc:
                leading.setdefault((exc.code, exc.reference), []).append(exc.path)
        return [
            Remark(code, shown(paths[0], 300), {"reference": shown(reference), "n": str(len(paths))})
            for (code, reference), paths in leading.items()
        ]

    def behind(self, path: str) -> set[str]:
        """The token and every other that its value comes from."""
        seen: set[str] = set()
        waiting = [path]
        while waiting:
            if (token := waiting.pop()) in seen:
                continue
            seen.add(token)
            names = _REFERENCE.findall(str(self._raw[token]))
            waiting += [found for name in names if (found := self.find(name.strip()))]
        return seen

    def _follow(self, path: str, trail: tuple[str, ...]) -> Any:
        if path in self._known:
            known = self._known[path]
        elif path in trail or len(trail) > _DEEPEST:
            known = Unresolved("cycle", path, min(trail[trail.index(path) :]) if path in trail else path)
        else:
            try:
                known = self._replace(self._raw[path], path, (*trail, path))
            except Unresolved as exc:
                known = Unresolved(exc.code, path, exc.reference)
            self._known[path] = known
        if isinstance(known, Unresolved):
            raise known
        return known

    def _replace(self, value: Any, path: str, trail: tuple[str, ...], depth: int = 0) -> Any:
        if depth > _DEEPEST:
            raise Unresolved("cycle", path, path)
        if isinstance(value, dict):
            if isinstance(pointer := value.get("$ref"), str):  # DTCG 2025: a JSON pointer
                return self._target(pointer.removeprefix("#/").replace("/", "."), path, trail)
            return {key: self._replace(part, path, trail, depth + 1) for key, part in value.items()}
        if isinstance(value, list):
            return [self._replace(part, path, trail, depth + 1) for part in value]
        if not isinstance(value, str):
            return value
        if whole := _REFERENCE.fullmatch(value.strip()):
            return self._target(whole[1], path, trail)
        return self._embed(value, path, trail)

    def _embed(self, value: str, path: str, trail: tuple[str, ...]) -> str:
        """References inside a longer text, such as a sum; doubling at each step must not fill the memory."""
        for match in _REFERENCE.finditer(value):
            part = self._target(match[1], path, trail)
            if not isinstance(part, str | int | float):
                raise Unresolved("value-mixed", path, match[1])
            value = value.replace(match[0], str(part))
            if len(value) > _LONGEST:
                raise Unresolved("value-too-long", path, match[1])
        return value

    def _target(self, reference: str, path: str, trail: tuple[str, ...]) -> Any:
        found = self.find(reference.strip())
        if found is None:
            raise Unresolved("dangling", path, reference.strip())
        return self._follow(found, trail)
