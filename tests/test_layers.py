"""Imports point down, never sideways or up; and the phone needs nothing but what phones have."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.docs.reading import ROOT, python_files, rows, text_of, tree_of

PAGE = "docs/architecture.md"
MAY_IMPORT = {
    row.marked("package")[0]: set(row.marked("may import"))
    for row in rows(PAGE, "package", "may import", "is the place for")
}
HOMES = {row.marked("library")[0]: row.marked("only in") for row in rows(PAGE, "library", "only in")}
FREE = {"tests", "bench"}
"""Folders that may import everything, and that nothing imports."""

PROJECT = tomllib.loads(text_of("pyproject.toml"))


def package_of(path: Path) -> str:
    return path.with_suffix("").parts[0]


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Dotted names of everything imported, inside functions too: `from a.b import c` is `a.b.c`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name their package"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def breaches(path: Path, tree: ast.AST) -> list[str]:
    """The imports of one file that the tables do not allow."""
    package = package_of(path)
    found = []
    for name in imports_of(tree):
        top = name.split(".")[0]
        if top == package or top in sys.stdlib_module_names:
            continue
        allowed = top in MAY_IMPORT[package] if top in MAY_IMPORT else _is_home(path, name)
        if not allowed:
            found.append(name)
    return found


def _is_home(path: Path, library: str) -> bool:
    rows_for_it = [homes for known, homes in HOMES.items() if f"{library}.".startswith(f"{known}.")]
    return any(home in (package_of(path), path.as_posix()) for homes in rows_for_it for home in homes)


PRODUCT = [path for path in python_files() if package_of(path) not in FREE]


def test_every_top_level_folder_has_a_row():
    assert {package_of(path) for path in PRODUCT} == set(MAY_IMPORT)


def test_no_top_level_name_hides_a_standard_module():
    assert not {package_of(path) for path in python_files()} & set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", PRODUCT, ids=str)
def test_a_file_imports_only_what_stands_below_it(path):
    assert breaches(path, tree_of(path)) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("domain/poll.py", "from protocol.messages import Message"),
        ("views/polls.py", "from storage.outbox import Outbox"),
        ("views/polls.py", "def show():\n    import httpx"),
        ("sync/phone.py", "from sqlalchemy import select"),
        ("sync/pull.py", "from sqlalchemy.engine import Engine"),
        ("staff/office.py", "import flet as ft"),
        ("protocol/codes.py", "import tests.support.desk"),
        ("domain/poll.py", "import never_heard_of"),
    ],
)
def test_an_import_sideways_or_up_is_caught(file, source):
    assert len(breaches(Path(file), ast.parse(source))) == 1


def reached(start: str) -> dict[Path, set[str]]:
    """Every file of ours that importing `start` leads to, with the libraries it names."""
    ours = {path.with_suffix("").as_posix().replace("/", "."): path for path in python_files()}
    found: dict[Path, set[str]] = {}
    waiting = [start]
    while waiting:
        module = waiting.pop()
        path = ours.get(module) or ours.get(f"{module}.__init__")
        if path is None or path in found:
            continue
        names = set(imports_of(tree_of(path)))
        parents = {name.rpartition(".")[0] for name in names} | {module.rpartition(".")[0]}
        waiting += names | parents
        tops = {package_of(file) for file in python_files()}
        found[path] = {n for n in names if n.split(".")[0] not in tops | sys.stdlib_module_names}
    return found


def needed(requirements: list[str]) -> set[str]:
    """Distributions that these requirements bring, themselves included."""
    found: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if name not in found and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
            found.add(name)
            waiting += [Requirement(text) for text in importlib.metadata.requires(name) or []]
    return found


def missing_on_phones(start: str) -> set[str]:
    """Libraries that `start` leads to and `[project.dependencies]` does not bring."""
    there = needed(PROJECT["project"]["dependencies"])
    brings = importlib.metadata.packages_distributions()
    tops = {name.split(".")[0] for names in reached(start).values() for name in names}
    return {top for top in tops if not {canonicalize_name(d) for d in brings.get(top, ())} & there}


def test_the_phone_needs_only_what_phones_have():
    assert missing_on_phones("main") == set()


def test_what_staff_and_servers_need_would_be_missing_on_phones():
    assert missing_on_phones("theming.importing") == {"coloraide", "materialyoucolor"}
    assert "fastapi" in missing_on_phones("server.issuer")
    assert "http_message_signatures" in missing_on_phones("staff.servers")


def test_the_phone_reaches_neither_servers_nor_staff_nor_tests():
    on_phone = {package_of(path) for path in reached("main")}

    assert not on_phone & {"staff", "server", "web", "demonstration", "tests", "bench", "samenspraak"}
    assert {"views", "sync", "protocol", "storage"} <= on_phone, "the control: the walk goes deep"


def test_the_build_leaves_out_nothing_that_the_phone_needs_and_all_the_rest():
    excluded = {Path(name).with_suffix("").name for name in PROJECT["tool"]["flet"]["app"]["exclude"]}
    on_phone = {package_of(path) for path in reached("main")}
    folders = {path.parts[0] for path in python_files() if (ROOT / path.parts[0]).is_dir()}

    assert not excluded & on_phone
    assert folders - on_phone <= excluded


def test_what_phones_run_has_an_exact_version():
    for text in PROJECT["project"]["dependencies"]:
        assert [bound.operator for bound in Requirement(text).specifier] == ["=="], text
