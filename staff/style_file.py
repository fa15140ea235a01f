"""A house style's file: read before it is published, written by the importer."""

from __future__ import annotations

import json
from pathlib import Path

from domain.errors import Fault
from staff.faulty_file import FileFaulty, read_json
from theming.house_style import FORMAT, HouseStyle, StyleUnreadable, from_document, to_document


def read_style_file(path: Path) -> bytes:
    """The file as it is, if the app can use it. Raises `FileFaulty`, or `OSError`."""
    read_style(path)
    return path.read_bytes()


def read_style(path: Path) -> HouseStyle:
    """Raises `FileFaulty`, or `OSError`."""
    try:
        return from_document(read_json(path))
    except StyleUnreadable as exc:
        raise FileFaulty(path, (Fault("file", "style-unfit", {"reason": str(exc)}),)) from exc


def write_style(path: Path, style: HouseStyle) -> None:
    """Whole or not at all. Raises `FileExistsError` for a file that is no house style, or `OSError`."""
    if path.exists() and not _is_style(path):
        raise FileExistsError(None, None, str(path))
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(to_document(style), indent=1) + "\n", "utf-8")
    fresh.replace(path)


def _is_style(path: Path) -> bool:
    try:
        document = read_json(path)
    except FileFaulty:
        return False
    return isinstance(document, dict) and document.get("format") == FORMAT
