"""`[tool.flet]`: Flet itself checks no keys, so a misspelt one would be silently ignored."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

PLATFORMS = ("android", "ios", "macos", "linux", "windows", "web")
TOP = {
    *("org", "product", "company", "copyright", "bundle_id", "artifact", "build_number", "permissions"),
    *("source_packages", "icon_background", "dependencies"),
    *("app.path", "app.module", "app.exclude", "app.include", "app.default_excludes"),
    *("app.hide_window_on_start", "splash.color", "splash.dark_color"),
    *("deep_linking.scheme", "deep_linking.host", "compile.app", "compile.packages"),
    *("cleanup.app", "cleanup.packages", "cleanup.app_files", "cleanup.package_files"),
    *("template.url", "template.ref", "template.dir", "flutter.build_args"),
}
ON_PLATFORM = {
    "android": {
        *("feature", "meta_data", "provider", "gradle_properties", "legacy_packaging", "split_per_abi"),
        *("proguard_rules", "proguard_default_rules", "adaptive_icon_background"),
        *("signing.key_alias", "signing.key_store"),
    },
    "ios": {
        *("team_id", "export_method", "export_methods", "export_options", "provisioning_profile"),
        "signing_certificate",
    },
    "web": {
        *("base_url", "cdn", "renderer", "wasm", "route_url_strategy"),
        *("pwa_background_color", "pwa_theme_color", "pwa_short_name"),
    },
    "macos": {"entitlement", "icon_style", "signing"},
    "linux": {"categories"},
    "windows": set(),
}
FREE = (
    "android.permission.",
    "android.feature.",
    "ios.info.",
    "macos.info.",
    "boot_screen.",
    "flutter.pubspec.",
)
"""Tables whose keys are the platform's, or the boot screen's, own."""


def keys(table: dict[str, Any], before: str = "") -> Iterator[str]:
    """Dotted names of every setting."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{before}{name}.")
        else:
            yield before + name


def unknown(table: dict[str, Any]) -> list[str]:
    """Settings that Flet 1.0.5 does not read."""
    known = set(TOP)
    for platform in PLATFORMS:
        known |= {f"{platform}.{key}" for key in (*TOP, *ON_PLATFORM[platform])}
    return [key for key in keys(table) if key not in known and not key.startswith(FREE)]


def test_every_setting_is_one_that_flet_reads():
    assert unknown(PROJECT["tool"]["flet"]) == []


@pytest.mark.parametrize(
    "misspelt", [{"bundel_id": "x"}, {"app": {"excludes": []}}, {"web": {"no_cdn": True}}]
)
def test_a_misspelt_setting_is_caught(misspelt):
    assert unknown(misspelt)


def test_what_a_shop_needs_is_filled_in():
    flet = PROJECT["tool"]["flet"]
    for key in ("org", "product", "company", "copyright", "bundle_id", "build_number"):
        assert flet[key], key
    assert flet["splash"]["color"]
    assert flet["android"]["deep_linking"] == flet["ios"]["deep_linking"], "Flet reads no shared table here"
    assert flet["web"]["cdn"] is False
    assert (ROOT / "assets" / "icon.png").exists()


def test_flet_is_pinned_to_the_exact_version():
    assert "flet==1.0.5" in PROJECT["project"]["dependencies"]
    assert "flet-web==1.0.5" in PROJECT["project"]["optional-dependencies"]["web"]
