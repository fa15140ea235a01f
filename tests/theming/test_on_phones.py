"""What runs on phones needs none of the libraries that only importing needs."""

import subprocess
import sys

HEAVY = {"coloraide", "materialyoucolor"}


def imported_by(*modules: str) -> set[str]:
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_wearing_a_house_style_needs_no_colour_library():
    loaded = imported_by(
        "theming.default_style", "theming.flet_theme", "theming.flet_fields", "theming.fonts"
    )

    assert "flet" in loaded
    assert not HEAVY & loaded


def test_a_house_style_by_itself_needs_the_standard_library_only():
    loaded = imported_by("theming.house_style", "theming.contrast", "theming.default_style")

    assert not (HEAVY | {"flet"}) & loaded


def test_importing_one_does_need_them():
    assert imported_by("theming.importing") >= HEAVY
