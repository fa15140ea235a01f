"""Design tokens from files in any dialect that public bodies use, as one flat mapping of path to value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from theming.colour_values import parse_colour
from theming.dialects import read_document
from theming.remarks import Remark, shown
from theming.size_values import parse_pixels
from theming.token_files import gather

_CLEAR = {"transparent", "rgba(0,0,0,0)", "#00000000", "#0000"}
_ABOUT_SETS = ("$metadata.json", "$themes.json")


class NoUsableTokens(Exception):
    """Nothing in this file or folder gives a house style; `tokens` is how many there are."""

    def __init__(self, path: Path, tokens: int, remarks: tuple[Remark, ...]) -> None:
        self.path, self.tokens, self.remarks = path, tokens, remarks
        super().__init__(f"{tokens} tokens in {path.name}, none of a house style")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A token to which two files give values that mean different things; `late` in `later` is used."""

    path: str
    early: str
    earlier: str
    late: str
    later: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Raw values, references and all, by dotted path; `files` says which file gave each."""

    values: Mapping[str, Any]
    files: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...]


def read_tokens(path: Path) -> Tokens:
    """Every token in a file, a tarball, or all files of a folder but its dark ones.

    Raises `NoUsableTokens` where there is no token at all, and `OSError`. Anything less is a remark.
    """
    gathered = gather(path)
    remarks = list(gathered.remarks)
    values: dict[str, Any] = {}
    files: dict[str, str] = {}
    conflicts: dict[str, Conflict] = {}
    for name, document in _documents(path.name, gathered.contents, remarks):
        for token, value in read_document(document):
            if token in values and files[token] != name and _disagree(values[token], value):
                conflicts[token] = Conflict(token, shown(values[token]), files[token], shown(value), name)
            values[token], files[token] = value, name
    if not values:
        raise NoUsableTokens(path, 0, tuple(remarks))
    return Tokens(values, files, tuple(conflicts.values()), tuple(remarks))


def _documents(
    package: str, contents: Mapping[str, bytes], remarks: list[Remark]
) -> Iterator[tuple[str, Any]]:
    read = {}
    for name, raw in contents.items():
        try:
            read[name] = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError):  # neither text, nor JSON, nor nested as people do
            remarks.append(Remark("file-unreadable", shown(name)))
    home = next((name for name in read if name.rpartition("/")[2] in _ABOUT_SETS), None)
    if home is not None:  # Tokens Studio, a file for each set: as it would be in one file
        folder = home[: -len(home.rpartition("/")[2])]
        sets = {name: read.pop(name) for name in list(read) if name.startswith(folder)}
        inside = {name.removeprefix(folder).removesuffix(".json"): sets[name] for name in sets}
        yield folder.rstrip("/") or package, inside
    yield from read.items()


def _disagree(one: object, other: object) -> bool:
    """Whether two values mean different things; a reference and its resolved value do not."""
    if one == other or "{" in f"{one}{other}" or {_bare(one), _bare(other)} <= _CLEAR:
        return False
    for read in (parse_colour, parse_pixels):
        if (meant := read(one)) is not None:
            return bool(meant != read(other))
    return _bare(one) != _bare(other)


def _bare(value: object) -> str:
    """Without what means nothing: capitals, spaces, and the quotes around a font's name."""
    return "".join(letter for letter in str(value).casefold() if letter not in " '\"\n\t")
