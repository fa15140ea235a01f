"""`make access`: every screen against every bar of access, one row for each, with its control."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.access.axe import Axe
from tests.access.bar import Bar
from tests.access.growing import Growing
from tests.access.keyboard import Keyboard
from tests.access.outside import Outside
from tests.access.phone_settings import PhoneSettings
from tests.access.pixels import Pixels
from tests.access.scheme import SchemeBar
from tests.access.speaking import Speaking
from tests.access.structure import Structure
from tests.access.switching import Switching
from tests.access.targets import Targets
from tests.access.walk import walk
from tests.support.browser import Browser
from tests.support.row import show, tell

SEEN: dict[str, type[Bar]] = {
    "pixels": Pixels,
    "targets": Targets,
    "scale": Growing,
    "axe-core": Axe,
    "structure": Structure,
    "languages": Speaking,
    "nothing-outside": Outside,
}
"""Judged together, in one walk past every screen."""
APART: dict[str, type[Bar]] = {
    "scheme": SchemeBar,
    "keyboard": Keyboard,
    "settings": PhoneSettings,
    "switching": Switching,
}
"""Each with a walk of its own."""
PICTURES = Path(".shots/access")
MOST_TOLD = 40


def judged(asked: argparse.Namespace, browser: Browser) -> Iterator[Bar]:
    names, full = asked.only or [*APART, *SEEN], not asked.quick
    for name in (name for name in APART if name in names):
        bar, begun = APART[name](), time.monotonic()
        bar.run(browser, full, tell)
        bar.took = time.monotonic() - begun
        yield bar
    bars = [SEEN[name]() for name in SEEN if name in names]
    if bars or asked.shots:
        if asked.shots:
            PICTURES.mkdir(parents=True, exist_ok=True)
        walk(browser, bars, full, PICTURES if asked.shots else None, tell)
    yield from bars


def print_all(told: list[str], count: int) -> None:
    for line in told:
        print(f"     missed   {line}")
    if count > len(told):
        print(f"     and {count - len(told)} more: --all tells them")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make access", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the same bars in fewer ways of reading")
    parser.add_argument("--only", nargs="+", choices=[*APART, *SEEN], metavar="BAR", help="these bars only")
    parser.add_argument("--shots", action="store_true", help=f"keep pictures of every screen in {PICTURES}")
    parser.add_argument("--all", action="store_true", help="tell everything that was missed")
    asked = parser.parse_args()
    begun, held, count, browser = time.monotonic(), 0, 0, Browser()
    for bar in judged(asked, browser):
        row = bar.row(browser)
        held, count = held + row.proven, count + 1
        print(show(row, bar.took), flush=True)
        told = list(map(str, bar.faults))
        print_all(told if asked.all else told[:MOST_TOLD], len(told))
    browser.close()
    took = time.monotonic() - begun
    print(f"access: {held} of {count} bars passed and every control caught, in {took:.0f} s")
    return 0 if held == count else 1


if __name__ == "__main__":
    sys.exit(main())
