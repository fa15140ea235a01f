"""Icons and start screens: each in the size its platform wants, and with something to see in it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from own_app.drawing import initials
from own_app.errors import AppUnfit
from own_app.icons import ANDROID, asset_images, start_colours, store_images
from own_app.mark import Mark, mark_of, visible
from own_app.sources import LETTERS
from tests.own_app.conftest import PALE, SHIELD, WIDE, with_logo
from theming.default_style import DEFAULT
from theming.logo import Logo

ANDROID_SIZES = {"mdpi": 1.0, "hdpi": 1.5, "xhdpi": 2.0, "xxhdpi": 3.0, "xxxhdpi": 4.0}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def pictures(made, start: str) -> dict[str, Image.Image]:
    found = {path: opened(data) for path, data in made.files.items() if path.startswith(start)}
    assert found, start
    return found


def mark(style, own: Path | None = None) -> Mark:
    return mark_of(style, own, LETTERS)


def test_ios_has_every_size_without_a_transparent_pixel(made):
    icons = pictures(made, "platforms/ios/Runner/Assets.xcassets/AppIcon.appiconset/")
    for path, image in icons.items():
        points, times = re.search(r"-([\d.]+)x[\d.]+@(\d)x", path).groups()
        assert image.size == (round(float(points) * int(times)),) * 2, path
        assert image.mode == "RGB", path
    assert max(image.width for image in icons.values()) == 1024


def test_android_has_every_density_and_its_sign_stays_within_the_smallest_circle(made):
    for path, image in pictures(made, "platforms/android/app/src/main/res/").items():
        times = ANDROID_SIZES[re.search(r"-(\w*dpi)/", path)[1]]
        if path.endswith("ic_launcher.png"):
            assert image.size == (48 * times,) * 2
        elif path.endswith("ic_launcher_foreground.png"):
            assert image.size == (108 * times,) * 2
        elif path.endswith("android12splash.png"):
            assert image.size == (288 * times,) * 2
    image = asset_images(mark(with_logo(SHIELD)), DEFAULT)["icon_android.png"].convert("RGB")
    middle, side = image.width / 2, image.width
    told = [
        (x, y)
        for x in range(0, side, 8)
        for y in range(0, side, 8)
        if image.getpixel((x, y)) != (255, 255, 255)
    ]
    assert len(told) > 100
    assert max(((x - middle) ** 2 + (y - middle) ** 2) ** 0.5 for x, y in told) <= side * ANDROID / 2 + 8


def test_windows_has_one_file_with_four_sizes_and_linux_has_every_size_by_the_apps_id(made):
    icon = opened(made.files["platforms/windows/runner/resources/app_icon.ico"])
    assert icon.format == "ICO"
    assert icon.info["sizes"] == {(n, n) for n in (16, 32, 48, 256)}
    for path, image in pictures(made, "platforms/linux/icons/hicolor/").items():
        side = int(re.search(r"/(\d+)x\d+/", path)[1])
        assert image.size == (side, side)
        assert path.endswith("/apps/nl.waterrijk.samenspraak.png")


def test_macos_and_the_web_have_theirs(made):
    for path, image in pictures(made, "platforms/macos/").items():
        assert image.size == (int(re.search(r"_(\d+)\.png", path)[1]),) * 2
    web = pictures(made, "platforms/web/")
    assert web["platforms/web/icons/Icon-512.png"].size == (512, 512)
    assert web["platforms/web/icons/Icon-maskable-192.png"].mode == "RGB"


def test_google_play_gets_its_two_pictures_without_transparency(made):
    sizes = {"icon.png": (512, 512), "featureGraphic.png": (1024, 500)}
    for name, size in sizes.items():
        image = opened(made.files[f"store/android/nl-NL/images/{name}"])
        assert (image.size, image.mode) == (size, "RGB")


def test_a_dark_logo_stands_on_white_and_a_white_one_on_the_brand():
    brand = DEFAULT.schemes["light"].brand_fill
    assert (mark(with_logo(SHIELD)).background, mark(with_logo(PALE)).background) == ("#FFFFFF", brand)
    assert visible(mark(with_logo(PALE)).art, "#FFFFFF") == 0, "the control: it would not be seen"


def test_a_picture_without_holes_brings_its_own_colour():
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "#123456").save(out, "PNG")
    own = mark(replace(DEFAULT, logo=Logo("png", out.getvalue(), "Logo", 300, 300)))
    assert own.background == "#123456"
    assert "mark-small" in own.remarks


def test_a_style_without_a_logo_gets_its_initials_in_colours_that_can_be_read():
    own = mark(DEFAULT)
    assert own.from_name
    assert own.remarks == ("no-logo",)
    assert own.background == DEFAULT.schemes["light"].brand_fill
    assert visible(own.art, own.background) > 0.95
    assert start_colours(own, DEFAULT) == (DEFAULT.schemes["light"].surface, DEFAULT.schemes["dark"].surface)


def test_a_wide_logo_is_whole_on_the_start_screen_and_letters_in_the_icon():
    style = with_logo(WIDE)
    own = mark(style)
    assert own.from_name
    assert own.remarks == ("logo-wide",)
    splash = asset_images(own, style)["splash.png"]
    left, top, right, bottom = splash.getchannel("A").getbbox()
    assert (right - left) / (bottom - top) > 3.5
    assert store_images(own, style)["featureGraphic.png"].getpixel((0, 0)) == (255, 255, 255)


def test_in_the_dark_the_start_screen_keeps_a_plate_behind_the_logo():
    images = asset_images(mark(with_logo(SHIELD)), DEFAULT)
    corner, edge = (5, 5), (512, 90)
    assert images["splash.png"].getpixel(edge)[3] == 0
    assert images["splash_dark.png"].getpixel(edge) == (255, 255, 255, 255)
    assert images["splash_dark.png"].getpixel(corner)[3] == 0


def test_a_mark_of_ones_own_takes_the_logos_place_in_the_icon(tmp_path):
    (tmp_path / "mark.svg").write_bytes(SHIELD)
    own = mark(with_logo(WIDE), tmp_path / "mark.svg")
    assert not own.from_name
    assert own.art.width < own.art.height
    assert own.splash.width > 3 * own.splash.height


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mark.svg", b"<svg", "icon-damaged"),
        ("mark.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><text>W</text></svg>', "icon-damaged"),
        ("mark.png", b"\x89PNG\r\n\x1a\n", "icon-damaged"),
        ("mark.jpg", b"\xff\xd8\xff", "icon-kind"),
        ("empty.svg", SHIELD.replace(b"#7A1FA2", b"none"), "logo-empty"),
    ],
)
def test_a_mark_that_cannot_be_used_is_refused(name, content, reason, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AppUnfit) as refused:
        mark(DEFAULT, tmp_path / name)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Waterrijk", "W"),
        ("Gemeente Waterrijk", "W"),
        ("Bergen aan Zee", "BZ"),
        ("'s-Gravenwater", "G"),
        ("Noord-Polder en Dijk", "NP"),
        ("waterrijk", "W"),
        ("", "?"),
        ("Ærø", "Æ"),
    ],
)
def test_initials_are_those_a_person_would_take(name, letters):
    assert initials(name) == letters
