"""A municipality's logo as it travels in the house style: small, and unable to do anything."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Any, Literal

from theming.reading import StyleUnreadable, number, octets, table, text

LARGEST_LOGO = 150_000  # bytes; it is on every phone
PNG = b"\x89PNG\r\n\x1a\n"

#: What a drawing does not need and a program could obey. `theming.svg_logo` keeps less than this allows.
_ACTIVE = re.compile(
    r"<[!?]|<(?!/?(?:svg|g|path|rect|circle|ellipse|line|polyline|polygon|defs|linearGradient|"
    r"radialGradient|stop|clipPath|mask|symbol|use)[\s/>])|[\s\"']on\w+\s*=|&(?!quot;|amp;|lt;|gt;)|"
    r"href\s*=\s*[\"'](?!#)|url\((?!#)|style\s*=",
    re.IGNORECASE,
)


class LogoUnfit(Exception):
    """Not to be shown; the reason is `damaged`, `entities`, `large`, `empty`, `sizeless` or `kind`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Logo:
    """An SVG text or a PNG; `alternative` is read aloud instead; width by height only say its shape."""

    kind: Literal["svg", "png"]
    data: bytes
    alternative: str
    width: float
    height: float


def logo_document(logo: Logo) -> dict[str, Any]:
    return {
        "type": logo.kind,
        "data": base64.b64encode(logo.data).decode(),
        "alternative": logo.alternative,
        "width": logo.width,
        "height": logo.height,
    }


def logo_from(document: object) -> Logo:
    """Raises `StyleUnreadable`, also for a drawing in which something could run or fetch."""
    top = table(document, "logo")
    kind, data = top.get("type"), octets(top, "data", LARGEST_LOGO)
    if kind not in ("svg", "png"):
        raise StyleUnreadable("logo: neither svg nor png")
    if not (is_plain_svg(data) if kind == "svg" else data.startswith(PNG)):
        raise StyleUnreadable(f"logo: not a plain {kind}")
    return Logo(
        kind,
        data,
        text(top, "alternative", 200),
        number(top.get("width"), "logo.width", 1, 100_000),
        number(top.get("height"), "logo.height", 1, 100_000),
    )


def is_plain_svg(data: bytes) -> bool:
    """Whether nothing in this drawing could run, fetch or grow."""
    try:
        drawing = data.decode("ascii")
    except UnicodeDecodeError:
        return False
    return drawing.startswith("<svg ") and not _ACTIVE.search(drawing)
