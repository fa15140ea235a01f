"""A house style that staff publish."""

from __future__ import annotations

from pathlib import Path

from domain.errors import Fault
from staff.faulty_file import FileFaulty, read_json
from theming.house_style import StyleUnreadable, from_document


def read_style_file(path: Path) -> bytes:
    """The file as it is, if the app can use it. Raises `FileFaulty`, or `OSError`."""
    try:
        from_document(read_json(path))
    except StyleUnreadable as exc:
        raise FileFaulty(path, (Fault("file", "style-unfit", {"reason": str(exc)}),)) from exc
    return path.read_bytes()
