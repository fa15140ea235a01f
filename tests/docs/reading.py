"""What the tests of documents read: files of the repository, tables in Markdown, names in code."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_MARKED = re.compile(r"`([^`]+)`")


class Row(NamedTuple):
    """A row of a table: the headings above it from the second level on, the table's columns, its cells."""

    headings: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[str, ...]

    def marked(self, column: str) -> tuple[str, ...]:
        """The words in code type of one cell."""
        return marked(self.cells[self.columns.index(column)])


def marked(text: str) -> tuple[str, ...]:
    return tuple(_MARKED.findall(text))


def text_of(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is, or would be, in the repository; paths from its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()}))


@cache
def python_files() -> tuple[Path, ...]:
    return tuple(path for path in repository_files() if path.suffix == ".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"), str(path))


def rows(path: str, *columns: str) -> list[Row]:
    """The rows of every table of the document that has exactly these columns."""
    return [row for row in _all_rows(text_of(path)) if row.columns == columns]


def _all_rows(document: str) -> Iterator[Row]:
    headings: list[str] = []
    columns: tuple[str, ...] = ()
    for line in document.splitlines():
        if found := re.match(r"(##+) (.+)", line):
            headings[len(found[1]) - 2 :] = [found[2].replace("`", "")]
        if not line.startswith("|"):
            columns = ()
        elif not columns:
            columns = _cells(line)
        elif not set(line) <= set("|-: "):
            yield Row(tuple(headings), columns, _cells(line))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
