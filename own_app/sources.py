"""What of Samenspraak goes onto phones: its sources, its fonts, and the page for browsers."""

from __future__ import annotations

import html
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from own_app.errors import AppUnfit
from theming.house_style import HouseStyle, to_document

ROOT = Path(__file__).parents[1]
STARTING_STYLE = "theming/default_style.json"
"""What the app wears until it has fetched the municipality's style."""
PAGE = "assets/index.html"
LETTERS = ROOT / "assets" / "fonts" / "AtkinsonHyperlegibleNext_700Bold.ttf"
_OTHERS_NAME = "Samenspraak"
_OTHERS_PAPER = {"light": "#ffffff", "dark": "#121212"}
_PICTURES = {"icon.png", "splash.png", "favicon.png"}


@cache
def project(root: Path = ROOT) -> dict[str, Any]:
    """The `pyproject.toml` of a clone of this project. Raises `AppUnfit` (no-sources) where there is none."""
    file = root / "pyproject.toml"
    if not file.is_file() or not LETTERS.is_file() or not (root / "main.py").is_file():
        raise AppUnfit("no-sources")
    return tomllib.loads(file.read_text("utf-8"))


def source_files(name: str, style: HouseStyle) -> dict[str, bytes]:
    """Every file of the app but its pictures and its municipality, by path."""
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in _paths()}
    if STARTING_STYLE not in files or PAGE not in files:
        raise AppUnfit("no-sources")
    files[STARTING_STYLE] = (json.dumps(to_document(style), indent=1) + "\n").encode()
    files[PAGE] = _page(files[PAGE].decode(), name, style).encode()
    return files


def packages() -> tuple[str, ...]:
    """The folders that phones need: those that are packaged and that `flet build` does not leave out."""
    tool = project()["tool"]
    left_out = set(tool["flet"]["app"]["exclude"])
    return tuple(name for name in tool["setuptools"]["packages"] if name not in left_out)


def _paths() -> Iterator[Path]:
    data = project()["tool"]["setuptools"]["package-data"]
    yield ROOT / "main.py"
    for package in packages():
        for pattern in ("*.py", *data.get(package, ())):
            yield from sorted((ROOT / package).glob(pattern))
    for path in sorted((ROOT / "assets").rglob("*")):
        if path.is_file() and path.name not in _PICTURES:
            yield path


def _page(page: str, name: str, style: HouseStyle) -> str:
    """The page for browsers under the app's own name, on the house style's own paper."""
    page = page.replace(_OTHERS_NAME, html.escape(name))
    for scheme, paper in _OTHERS_PAPER.items():
        page = page.replace(f'content="{paper}"', f'content="{style.schemes[scheme].surface}"')
    return page
