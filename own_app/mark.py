"""The sign that stands for the municipality on a phone, and the colour that it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from own_app import drawing
from theming.contrast import SHAPE, ratio
from theming.house_style import HouseStyle

WIDEST = 2.0  # times its height; a wider logo has letters nobody can read in an icon
SHARP = 600  # pixels; the largest icon shows the mark this large
ENOUGH = 0.5  # of a logo's pixels that must be told from what is behind it
_WHITE = "#FFFFFF"
_SAMPLE = 64  # pixels on a side, for looking at colours


@dataclass(frozen=True, slots=True)
class Mark:
    """`art` on nothing, `background` behind it. `from_name`: it is letters, not the logo.

    `splash`: the whole logo, which may be wider. `remarks`: codes, as in `staff.brand_sentences`.
    """

    art: Image.Image
    background: str
    splash: Image.Image
    from_name: bool
    remarks: tuple[str, ...] = ()


def mark_of(style: HouseStyle, own: Path | None, font: Path) -> Mark:
    """The municipality's own icon, else its logo, else its initials. Raises `AppUnfit`, `OSError`."""
    logo = drawing.of_logo(style.logo) if style.logo else None
    if own is not None:
        art = drawing.of_file(own)
        return _seen(art, logo or art, style)
    if logo is not None and max(logo.size) <= WIDEST * min(logo.size):
        return _seen(logo, logo, style)
    scheme = style.schemes["light"]
    letters = drawing.of_initials(style.name, font, scheme.on_brand_fill)
    if logo is None:
        return Mark(letters, scheme.brand_fill, letters, True, ("no-logo",))
    splash = _seen(logo, logo, style)
    remarks = ("logo-wide", *splash.remarks)
    # On the colour of the brand, as the letters are; the splash keeps the logo on its own.
    return Mark(letters, scheme.brand_fill, splash.art, True, remarks)


def splash_background(mark: Mark, style: HouseStyle) -> str:
    """What is behind the logo while the app starts; behind a tile with letters, the app's own surface."""
    if mark.splash is mark.art:
        return style.schemes["light"].surface if mark.from_name else mark.background
    return background_of(mark.splash, style)


def background_of(art: Image.Image, style: HouseStyle) -> str:
    """White, as logos are made for; the brand's colour where more of the logo shows on that.

    A picture without holes brings its own: the colour of its corners.
    """
    if corner := _corner(art):
        return corner
    brand = style.schemes["light"].brand_fill
    return brand if visible(art, brand) > visible(art, _WHITE) else _WHITE


def visible(art: Image.Image, background: str) -> float:
    """The part of what is drawn, 0 to 1, that has contrast 3 with this colour (WCAG 1.4.11)."""
    small = art.copy()
    small.thumbnail((_SAMPLE, _SAMPLE))
    raw = small.tobytes()
    seen = [raw[at : at + 3] for at in range(0, len(raw), 4) if raw[at + 3] > 128]
    return sum(ratio(_hex(colour), background) >= SHAPE for colour in seen) / max(1, len(seen))


def _corner(art: Image.Image) -> str | None:
    """The colour of all four corners, if the picture has no transparent part at all."""
    alpha = art.getchannel("A").tobytes()
    if min(alpha) < 255:
        return None
    right, bottom = art.width - 1, art.height - 1
    corners = {art.crop((x, y, x + 1, y + 1)).tobytes()[:3] for x in {0, right} for y in {0, bottom}}
    return _hex(corners.pop()) if len(corners) == 1 else None


def _hex(colour: bytes) -> str:
    return "#" + colour.hex().upper()


def _seen(art: Image.Image, splash: Image.Image, style: HouseStyle) -> Mark:
    background = background_of(art, style)
    remarks = []
    if max(art.size) < SHARP:
        remarks.append("mark-small")
    if not _corner(art) and visible(art, background) < ENOUGH:
        remarks.append("mark-faint")
    return Mark(art, background, splash, False, tuple(remarks))
