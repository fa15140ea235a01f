"""Which settings Flet's command line reads, taken from its own source: it checks none itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flet_cli

PLATFORMS = ("android", "ios", "macos", "linux", "windows", "web")
_SHARED = re.compile(r'get_pyproject\(\s*f?"tool\.flet\.([\w.{}]+)"')
_EITHER = re.compile(
    r'(?:get_platform_setting\(\s*|get_bool_setting\(\s*[^"]*?|get_setting\(\s*[^"]*?|merged\()"([\w.]+)"'
)
_SPLASH = re.compile(r'(?:splash_setting\(|\b(?:color|enabled)\(\s*[\w.]+,\s*)"(\w+)"')
_OF_PLATFORM = "{self.config_platform}."


def read_by_flet() -> frozenset[str]:
    """Dotted names below `tool.flet`: settings, and tables of which every key is passed on."""
    folders = [Path(place) for place in flet_cli.__path__]
    sources = [path.read_text("utf-8") for folder in folders for path in sorted(folder.rglob("*.py"))]
    return frozenset(name for source in sources for name in _names(source))


def _names(source: str) -> Iterator[str]:
    for name in _SHARED.findall(source):
        if name.startswith(_OF_PLATFORM):
            yield from (f"{platform}.{name.removeprefix(_OF_PLATFORM)}" for platform in PLATFORMS)
        else:
            yield name
    for name in [*_EITHER.findall(source), *(f"splash.{key}" for key in _SPLASH.findall(source))]:
        yield name
        yield from (f"{platform}.{name}" for platform in PLATFORMS)


def unread(table: dict[str, Any], known: frozenset[str]) -> list[str]:
    """Settings that Flet would pass over in silence."""
    return [key for key in _keys(table) if not any(part in known for part in _and_above(key))]


def _keys(table: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _keys(value, f"{before}{name}.")
        else:
            yield before + name


def _and_above(key: str) -> Iterator[str]:
    while key:
        yield key
        key = key.rpartition(".")[0]
