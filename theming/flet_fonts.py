"""The house style's own letters where Flet can load them."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from theming.house_style import HouseStyle
from theming.own_letters import OwnFont


def font_sources(style: HouseStyle, folder: Path | None) -> dict[str, str]:
    """For `page.fonts`, beside the app's own: a file in `folder` on a phone, a data URI in a browser (None).

    A file is named by its digest and written once. Raises `OSError`.
    """
    return {font.name: _in_browser(font) if folder is None else _in(folder, font) for font in style.fonts}


def _in_browser(font: OwnFont) -> str:
    return f"data:font/ttf;base64,{base64.b64encode(font.data).decode()}"


def _in(folder: Path, font: OwnFont) -> str:
    file = folder / f"{hashlib.sha256(font.data).hexdigest()}.ttf"
    if not file.exists() or file.stat().st_size != len(font.data):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_bytes(font.data)
        fresh.replace(file)
    return str(file.absolute())
