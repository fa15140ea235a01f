"""A browser of this computer for a window and for pictures: Chromium, Chrome or Edge."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

CHOSEN = "SAMENSPRAAK_BROWSER"
_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
_MAC = ("Google Chrome", "Microsoft Edge", "Chromium")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_QUIETLY = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-sync",
    "--disable-background-networking",
)


class NoBrowser(Exception):
    """None of them is on this computer, or the one that is named is not there."""


def find_browser(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """The one that SAMENSPRAAK_BROWSER names; else the first that is where such browsers are."""
    if named := environment.get(CHOSEN):
        return Path(named) if Path(named).exists() else None
    return next((path for path in _known(environment, platform) if path.exists()), None)


def has_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can be seen."""
    named = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return bool(named) or platform in ("darwin", "win32")


def safe_flags() -> tuple[str, ...]:
    """Chromium does not start for root with its own sandbox, as in a container."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def open_window(browser: Path, address: str, profile: Path) -> subprocess.Popen[bytes]:
    """A window without tabs or an address bar. It keeps nothing: `profile` is an empty folder."""
    command = [
        *(str(browser), f"--app={address}", f"--user-data-dir={profile}", "--window-size=1440,900"),
        *_QUIETLY,
        *safe_flags(),
    ]
    return subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _known(environment: Mapping[str, str], platform: str) -> Iterator[Path]:
    if platform == "win32":
        folders = (environment.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
        yield from (Path(folder) / inside for folder in folders if folder for inside in _WINDOWS)
    elif platform == "darwin":
        yield from (Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in _MAC)
    else:
        found = (shutil.which(name, path=environment.get("PATH")) for name in _COMMANDS)
        yield from (Path(path) for path in found if path)
