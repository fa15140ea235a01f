"""One reader for each dialect of design tokens; a new dialect is one more row in `DIALECTS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

Read = Iterator[tuple[str, Any]]

#: Keys that say something about a token and are no tokens themselves.
ABOUT = {
    "value",
    "type",
    "comment",
    "description",
    "name",
    "attributes",
    "original",
    "extensions",
    "filePath",
}


class Dialect(NamedTuple):
    """How to know a document, and how to read it as pairs of dotted path and raw value."""

    name: str
    knows: Callable[[Any], bool]
    read: Callable[[Any], Read]


def read_document(document: Any) -> Read:
    """Pairs of path and raw value, later ones overriding earlier ones; none for what is no token document."""
    return _first_that_knows(DIALECTS, document)


def is_dark(name: str) -> bool:
    """Whether a set or file is for a dark screen: read with the rest, it would overwrite the light one."""
    return re.search(r"(?<![a-z])(dark|donker|night)(?![a-z])", name.lower()) is not None


def _first_that_knows(dialects: Iterable[Dialect], document: Any) -> Read:
    return next((dialect.read(document) for dialect in dialects if dialect.knows(document)), iter(()))


def _read_rows(document: list[Any]) -> Read:
    for row in document:
        if isinstance(row, dict) and isinstance(row.get("path"), list):
            value = row.get("$value", row.get("value"))
            if value is not None:
                yield ".".join(map(str, row["path"])), value


def _knows_sets(document: Any) -> bool:
    if not isinstance(document, dict):
        return False
    return "$metadata" in document or "$themes" in document or any("/" in key for key in document)


def _read_sets(document: dict[str, Any]) -> Read:
    """Tokens Studio: sets on top, each a document of its own; the set's name is no part of the path."""
    metadata = document.get("$metadata")
    order = metadata.get("tokenSetOrder") if isinstance(metadata, dict) else None
    listed = [name for name in order if isinstance(name, str)] if isinstance(order, list) else []
    skipped = _dark_sets(document.get("$themes"))
    for name in dict.fromkeys([*listed, *document]):
        if not name.startswith("$") and name not in skipped and not is_dark(name):
            yield from _first_that_knows(NESTED, document.get(name))


def _dark_sets(themes: Any) -> set[str]:
    """Sets that no light theme uses, while a dark one does."""
    used: dict[bool, set[str]] = {True: set(), False: set()}
    for theme in themes if isinstance(themes, list) else []:
        if isinstance(theme, dict) and isinstance(sets := theme.get("selectedTokenSets"), dict):
            used[is_dark(str(theme.get("name")))] |= {name for name, use in sets.items() if use != "disabled"}
    return used[True] - used[False]


def _keyed(key: str) -> Callable[[Any], Read]:
    """Nested groups in which a token is an object with a value under `key`."""

    def read(document: Any) -> Read:
        for path, node in _objects(document):
            if key in node:
                yield ".".join(part for part in path if part != "$root"), node[key]

    return read


def _knows_plain_values(document: Any) -> bool:
    """Whether `value` is the key of tokens here, and not the name of one: the more numerous use wins."""
    keyed = named = 0
    for _, node in _objects(document):
        keyed += "value" in node
        named += sum(_is_leaf(v) and k not in ABOUT for k, v in node.items()) if "value" not in node else 0
    return keyed > named


def _read_leaves(document: Any) -> Read:
    for path, node in _objects(document):
        for key, value in node.items():
            if _is_leaf(value) and not key.startswith("$"):
                yield ".".join((*path, key)), value


def _is_leaf(value: object) -> bool:
    return isinstance(value, str | int | float | list)


def _objects(document: Any) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every group or token in a document, with its path, in order; values and extensions are not entered.

    A stack and no recursion: a file may be nested deeper than Python calls.
    """
    stack: list[tuple[tuple[str, ...], Any]] = [((), document)]
    while stack:
        path, node = stack.pop()
        if not isinstance(node, dict):
            continue
        yield path, node
        inside = [(k, v) for k, v in node.items() if k == "$root" or not k.startswith("$")]
        if isinstance(before := node.get("original"), dict) and {"value", "$value"} & set(before):
            inside = [(k, v) for k, v in inside if k != "original"]  # what a builder made this token from
        if "$value" in node or not isinstance(node.get("value", {}), dict):
            inside = [(k, v) for k, v in inside if k not in ABOUT]
        stack.extend(((*path, key), value) for key, value in reversed(inside))


NESTED = (
    Dialect(
        "DTCG", lambda document: any("$value" in node for _, node in _objects(document)), _keyed("$value")
    ),
    Dialect("Style Dictionary", _knows_plain_values, _keyed("value")),
    Dialect("plain leaves", lambda document: isinstance(document, dict), _read_leaves),
)
DIALECTS = (
    Dialect("resolved rows", lambda document: isinstance(document, list), _read_rows),
    Dialect("Tokens Studio", _knows_sets, _read_sets),
    *NESTED,
)
