"""Flet's own code of `flet build` reads the written folder, as far as it goes without Flutter."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.own_app.conftest import IDENTITY
from tests.own_app.flet_build import TARGETS, Build
from tests.own_app.flet_keys import read_by_flet, unread
from theming.default_style import DEFAULT


@pytest.fixture
def build(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`build(target)`: with every picture that a template could declare there, empty."""

    def begin(target: str) -> Build:
        flutter = tmp_path / "flutter"
        for picture in filter(Path.is_file, (folder / "platforms").rglob("*")):
            declared = flutter / picture.relative_to(folder / "platforms")
            declared.parent.mkdir(parents=True, exist_ok=True)
            declared.write_bytes(b"")
        return Build(folder, target, flutter, monkeypatch)

    return begin


@pytest.mark.parametrize("target", TARGETS)
def test_every_platform_gets_the_name_the_id_and_the_colours(target, build):
    given = build(target).settings()

    assert given["product_name"] == "Waterrijk peilt"
    assert (given["bundle_id"], given["org_name"]) == ("nl.waterrijk.samenspraak", "nl.waterrijk")
    assert given["company_name"] == "Gemeente Waterrijk"
    assert given["splash"]["color"] == "#FFFFFF"
    assert given["splash"]["dark_color"] == DEFAULT.schemes["dark"].surface
    assert given["pwa_theme_color"] == DEFAULT.schemes["light"].brand_fill
    assert given["adaptive_icon_background"] == "#FFFFFF"
    assert given["no_cdn"] is True
    assert given["python_module_name"] == "main"


def test_links_open_the_app_on_android_and_its_own_address_does_on_ios(build):
    assert build("apk").settings()["options"]["deep_linking"] == {"scheme": "https", "host": IDENTITY.host}
    own = {"scheme": IDENTITY.bundle_id, "host": "meedoen"}
    assert build("ipa").settings()["options"]["deep_linking"] == own


@pytest.mark.parametrize("target", TARGETS)
def test_flet_draws_the_pictures_that_the_folder_shows(target, build, folder):
    drawing = build(target)
    drawing.settings()
    drawn = {path for path in drawing.draw() if (drawing.made / path).stat().st_size}

    assert len(drawn) >= {"apk": 30, "ipa": 23, "web": 14, "macos": 7, "windows": 1, "linux": 8}[target]
    for path in drawn:
        assert (drawing.made / path).read_bytes() == (folder / "platforms" / path).read_bytes(), path


def test_every_setting_is_one_that_the_source_of_flet_reads(made):
    known = read_by_flet()
    table = tomllib.loads(made.files["pyproject.toml"].decode())["tool"]["flet"]

    assert len(known) > 200, "the control: the source was read"
    assert unread(table, known) == []
    for misspelt in ({"bundel_id": "x"}, {"splash": {"colour": "x"}}, {"android": {"icon_back": "x"}}):
        assert unread(misspelt, known)


def test_what_phones_need_is_asked_for_in_the_same_versions(made):
    ours = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    theirs = tomllib.loads(made.files["pyproject.toml"].decode())

    assert theirs["project"]["dependencies"] == ours["project"]["dependencies"]
    assert theirs["project"]["requires-python"] == ours["project"]["requires-python"]
    assert "exclude" not in theirs["tool"]["flet"]["app"]
