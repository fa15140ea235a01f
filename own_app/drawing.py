"""Pictures of a logo or of letters, in pixels, without the empty space around them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import resvg_py
from PIL import Image, ImageDraw, ImageFont

from own_app.errors import AppUnfit
from theming.logo import PNG, Logo, LogoUnfit
from theming.svg_logo import clean_svg

WORKED_IN = 1536  # pixels on the longest side: half more than the largest icon
MOST_PIXELS = 40_000_000
LARGEST_FILE = 10_000_000  # bytes


def of_logo(logo: Logo) -> Image.Image:
    """The logo on nothing. Raises `AppUnfit` (logo-empty) for one that shows nothing."""
    return _svg(logo.data.decode()) if logo.kind == "svg" else _png(logo.data)


def of_file(path: Path) -> Image.Image:
    """A mark of one's own, SVG or PNG. Raises `AppUnfit` (icon-kind, icon-damaged, logo-empty), `OSError`."""
    if path.stat().st_size > LARGEST_FILE:
        raise AppUnfit("icon-damaged", file=path)
    raw = path.read_bytes()
    if raw.startswith(PNG):
        try:
            return _png(raw)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as exc:
            raise AppUnfit("icon-damaged", file=path) from exc
    if b"<svg" not in raw[:20_000] and b":svg" not in raw[:20_000]:
        raise AppUnfit("icon-kind", file=path)
    try:
        drawing, _ = clean_svg(raw, "")
    except LogoUnfit as exc:
        raise AppUnfit("icon-damaged", file=path) from exc
    return _svg(drawing.data.decode())


def of_initials(name: str, font: Path, colour: str) -> Image.Image:
    """The one or two letters that stand for a name: `BZ` for Bergen op Zoom."""
    letters = initials(name)
    face = ImageFont.truetype(str(font), 900)
    left, top, right, bottom = face.getbbox(letters)
    picture = Image.new("RGBA", (round(right - left) + 8, round(bottom - top) + 8))
    ImageDraw.Draw(picture).text((4 - left, 4 - top), letters, font=face, fill=colour)
    return _trimmed(picture)


def initials(name: str) -> str:
    """First letters of at most two words with a capital; those of small words in between do not count."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"(?i)^\s*gemeente\s+", "", name))
    capital = [word[0] for word in words if word[0].isupper()]
    return "".join(capital[:2] or [word[0].upper() for word in words[:1]]) or "?"


def _svg(drawing: str) -> Image.Image:
    """A cleaned drawing (`theming.svg_logo`): nothing in it can name a file or a font."""
    try:
        data = resvg_py.svg_to_bytes(svg_string=drawing, width=WORKED_IN, skip_system_fonts=True)
    except ValueError as exc:
        raise AppUnfit("logo-empty") from exc
    return _png(bytes(data))


def _png(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise AppUnfit("logo-empty")
        return _trimmed(opened.convert("RGBA"))


def _trimmed(picture: Image.Image) -> Image.Image:
    """Without the rows and columns at its edges in which nothing shows."""
    box = picture.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox()
    if box is None:
        raise AppUnfit("logo-empty")
    return picture.crop(box)
