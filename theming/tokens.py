"""Design tokens from files in any dialect that public bodies use, as one flat mapping of path to value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from theming.dialects import is_dark, read_document
from theming.house_style import StyleWarning

NOT_TOKENS = {"package.json", "package-lock.json", "tsconfig.json", "components.json"}
LARGEST_FILE = 20_000_000  # bytes; the largest real set is under two million


class NoUsableTokens(Exception):
    """Nothing in this file or folder gives a house style."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Raw values, references and all, by dotted path; `files` says which file gave each."""

    values: Mapping[str, Any]
    files: Mapping[str, str]
    warnings: tuple[StyleWarning, ...]


def read_tokens(path: Path) -> Tokens:
    """Every token in a file, or in all files of a folder but its dark ones.

    Raises `NoUsableTokens` where there is no token at all. Anything less is a warning.
    """
    values: dict[str, Any] = {}
    files: dict[str, str] = {}
    warnings: list[StyleWarning] = []
    for name, document in _documents(path, warnings):
        for token, value in read_document(document):
            if token in values and _disagree(values[token], value) and files[token] != name:
                text = (
                    f"{_short(values[token])} in {files[token]}, {_short(value)} in {name}; the last is used"
                )
                warnings.append(StyleWarning("conflict", token, text))
            values[token], files[token] = value, name
    if not values:
        raise NoUsableTokens(f"no tokens in {path.name}")
    return Tokens(values, files, tuple(warnings))


def _documents(path: Path, warnings: list[StyleWarning]) -> Iterator[tuple[str, Any]]:
    read = {}
    for name, file in _files(path):
        try:
            read[name] = _load(file)
        except (OSError, ValueError, RecursionError) as exc:
            warnings.append(StyleWarning("file_unreadable", name, f"{type(exc).__name__}: {_short(exc)}"))
    if "$metadata.json" in read or "$themes.json" in read:  # Tokens Studio, a file for each set
        sets = {name.removesuffix(".json"): document for name, document in read.items()}
        yield path.name, sets
    else:
        yield from read.items()


def _files(path: Path) -> list[tuple[str, Path]]:
    if not path.is_dir():
        return [(path.name, path)]
    found = ((file.relative_to(path), file) for file in sorted(path.rglob("*")) if file.is_file())
    return [
        (name.as_posix(), file)
        for name, file in found
        if name.suffix in {".json", ".tokens"}
        and name.name not in NOT_TOKENS
        and "node_modules" not in name.parts
        and not is_dark(name.as_posix())
    ]


def _load(file: Path) -> Any:
    if file.stat().st_size > LARGEST_FILE:
        raise ValueError(f"more than {LARGEST_FILE} bytes")
    return json.loads(file.read_text("utf-8-sig"))


def _disagree(one: object, other: object) -> bool:
    """Whether two files say different things; a reference and its resolved value do not."""
    return one != other and "{" not in f"{one}{other}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
