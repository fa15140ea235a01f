"""The browser for the window and the pictures is found where such browsers are."""

from pathlib import Path

import pytest

from preview.browsers import CHOSEN, find_browser


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "microsoft-edge"])
def test_on_linux_it_is_a_command(name, tmp_path):
    there = program(tmp_path / name)

    assert find_browser({"PATH": str(tmp_path)}, "linux") == there


@pytest.mark.parametrize(
    ("variable", "inside"),
    [
        ("PROGRAMFILES", "Google/Chrome/Application/chrome.exe"),
        ("PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"),
        ("LOCALAPPDATA", "Google/Chrome/Application/chrome.exe"),
    ],
)
def test_on_windows_it_is_among_the_programs(variable, inside, tmp_path):
    there = program(tmp_path / inside)

    assert find_browser({variable: str(tmp_path)}, "win32") == there


def test_the_one_that_is_named_comes_before_the_others_and_a_wrong_name_finds_none(tmp_path):
    program(tmp_path / "chromium")
    named = program(tmp_path / "own" / "browser")

    assert find_browser({"PATH": str(tmp_path), CHOSEN: str(named)}, "linux") == named
    assert find_browser({"PATH": str(tmp_path), CHOSEN: str(tmp_path / "weg")}, "linux") is None


def test_without_one_there_is_none(tmp_path):
    assert find_browser({"PATH": str(tmp_path)}, "linux") is None
