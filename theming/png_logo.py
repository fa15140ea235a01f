"""A picture made small: no larger than a header needs, and without what a camera or program wrote in it."""

from __future__ import annotations

import io
import struct

from PIL import Image

from theming.logo import LARGEST_LOGO, PNG, Logo, LogoUnfit

LARGEST_FILE = 10_000_000  # bytes
WIDEST, HIGHEST = 960, 320  # pixels kept; a header shows a third of it
MOST_PIXELS = 40_000_000


def clean_png(raw: bytes, alternative: str) -> Logo:
    """The picture anew, pixel by pixel. Raises `LogoUnfit`."""
    if len(raw) > LARGEST_FILE:
        raise LogoUnfit("large")
    if not raw.startswith(PNG) or len(raw) < 24:
        raise LogoUnfit("kind")
    width, height = struct.unpack(">II", raw[16:24])
    if width * height > MOST_PIXELS:
        raise LogoUnfit("large")
    try:
        with Image.open(io.BytesIO(raw), formats=["PNG"]) as opened:
            picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as exc:
        raise LogoUnfit("damaged") from exc
    picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    data = _written(picture)
    if len(data) > LARGEST_LOGO:
        data = _written(picture.quantize(256))
    if len(data) > LARGEST_LOGO:
        raise LogoUnfit("large")
    return Logo("png", data, alternative, float(picture.width), float(picture.height))


def _written(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.info = {}
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
