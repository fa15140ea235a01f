"""Every icon and start screen, from one mark: what Flet reads, what it makes of that, what stores ask for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flet_platform_assets import (
    IconOptions,
    SplashOptions,
    linux_targets,
    parse_hex_color,
    render_icons,
    render_splash,
    write,
)
from PIL import Image, ImageDraw

from own_app.mark import Mark, splash_background
from theming.house_style import HouseStyle

SIDE = 1024  # pixels: App Store's own icon, and the largest that any platform asks for
ROUND = 0.22  # of a tile's side
#: How much of a square its sign may fill. The platforms cut: a circle on Android, round corners elsewhere.
SQUARE, TILE, SPLASH = 0.62, 0.72, 0.86
ANDROID = 0.56  # of the width, across corners: what is left of a launcher's smallest circle
FEATURE = (1024, 500)  # Google Play's picture above an app
ICON_PLATFORMS = ("android", "ios", "web", "macos", "windows", "linux")
SPLASH_PLATFORMS = ("android", "ios", "web")


def asset_images(mark: Mark, style: HouseStyle) -> dict[str, Image.Image]:
    """What `flet build` reads from `assets/`, by name. `icon_NAME.png` is for one platform only."""
    square, tile = _square(mark, SQUARE), _tile(mark)
    across = ANDROID / _diagonal(mark.art)
    light, dark = _splashes(mark, style)
    return {
        "icon.png": square,
        "icon_android.png": _square(mark, across),
        "icon_linux.png": tile,
        "icon_windows.png": tile,
        "splash.png": light,
        "splash_dark.png": dark,
        "favicon.png": tile.resize((64, 64), Image.Resampling.LANCZOS),
    }


def store_images(mark: Mark, style: HouseStyle) -> dict[str, Image.Image]:
    """Google Play's own two, opaque; the App Store takes the icon from the app itself."""
    whole = mark.splash is not mark.art
    feature = Image.new("RGB", FEATURE, splash_background(mark, style) if whole else mark.background)
    art = _fitted(mark.splash, (FEATURE[0] * 0.6, FEATURE[1] * 0.6))
    feature.paste(art, ((FEATURE[0] - art.width) // 2, (FEATURE[1] - art.height) // 2), art)
    return {
        "icon.png": _square(mark, SQUARE).convert("RGB").resize((512, 512), Image.Resampling.LANCZOS),
        "featureGraphic.png": feature,
    }


def platform_files(
    images: dict[str, Image.Image], mark: Mark, colours: tuple[str, str], bundle_id: str
) -> dict[str, bytes]:
    """What `flet build` makes of those pictures, by its path in a Flutter project. `colours`: light, dark."""
    options = IconOptions(background=parse_hex_color(mark.background), application_id=bundle_id)
    splash = SplashOptions(color=colours[0], dark_color=colours[1])
    with TemporaryDirectory() as name:
        folder = Path(name)
        for platform in ICON_PLATFORMS:
            source = images.get(f"icon_{platform}.png")
            spec = linux_targets(bundle_id) if platform == "linux" else None
            rendered = render_icons(
                source or images["icon.png"], options, spec, platform=platform, derived=source is None
            )
            write(rendered, folder, declared_only=False)
        for platform in SPLASH_PLATFORMS:
            shown = render_splash(images["splash.png"], images["splash_dark.png"], splash, platform=platform)
            write(shown, folder, declared_only=False)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def start_colours(mark: Mark, style: HouseStyle) -> tuple[str, str]:
    """The screen behind the start picture, light and dark."""
    return splash_background(mark, style), style.schemes["dark"].surface


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _splashes(mark: Mark, style: HouseStyle) -> tuple[Image.Image, Image.Image]:
    """On a dark screen the logo keeps its own colour behind it: it was not made for the dark."""
    if mark.from_name and mark.splash is mark.art:
        tile = _placed(_tile(mark), 0.5, None)
        return tile, tile
    background = splash_background(mark, style)
    plate = Image.new("RGBA", (SIDE, SIDE))
    art = _fitted(mark.splash, (SIDE * SPLASH * 0.86, SIDE * SPLASH * 0.86))
    width, height = round(art.width + SIDE * 0.12), round(art.height + SIDE * 0.12)
    left, top = (SIDE - width) // 2, (SIDE - height) // 2
    box = (left, top, left + width, top + height)
    ImageDraw.Draw(plate).rounded_rectangle(box, round(SIDE * 0.05), fill=background)
    at = ((SIDE - art.width) // 2, (SIDE - art.height) // 2)
    plate.alpha_composite(art, at)
    return _placed(mark.splash, SPLASH * 0.86, None), plate


def _square(mark: Mark, part: float) -> Image.Image:
    return _placed(mark.art, part, mark.background)


def _tile(mark: Mark) -> Image.Image:
    """A square with round corners on nothing, for where nobody cuts."""
    whole = _square(mark, TILE)
    mask = Image.new("L", (SIDE * 2, SIDE * 2))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, SIDE * 2 - 1, SIDE * 2 - 1), round(SIDE * 2 * ROUND), fill=255
    )
    whole.putalpha(mask.resize((SIDE, SIDE), Image.Resampling.LANCZOS))
    return whole


def _placed(art: Image.Image, part: float, background: str | None) -> Image.Image:
    """`art` in the middle of a square, as large as fits in that part of its side."""
    square = Image.new("RGBA", (SIDE, SIDE), background or (0, 0, 0, 0))
    fitted = _fitted(art, (SIDE * part, SIDE * part))
    square.alpha_composite(fitted, ((SIDE - fitted.width) // 2, (SIDE - fitted.height) // 2))
    return square


def _fitted(art: Image.Image, room: tuple[float, float]) -> Image.Image:
    """As large as the room allows; colours of transparent pixels do not bleed into the edge."""
    scale = min(room[0] / art.width, room[1] / art.height)
    size = (max(1, round(art.width * scale)), max(1, round(art.height * scale)))
    return art.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")


def _diagonal(art: Image.Image) -> float:
    """From corner to corner, in longest sides."""
    return float((art.width**2 + art.height**2) ** 0.5 / max(art.size))
