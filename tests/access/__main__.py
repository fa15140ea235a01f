"""`make access`: every screen against every bar of access, one row for each, with its control."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tests.access.axe import Axe
from tests.access.bar import Bar, OwnWalk, SeenBar
from tests.access.growing import Growing
from tests.access.keyboard import Keyboard
from tests.access.measured import Outcome, document
from tests.access.outside import Outside
from tests.access.phone_settings import PhoneSettings
from tests.access.pixels import Pixels
from tests.access.progress import Progress
from tests.access.scheme import SchemeBar
from tests.access.speaking import Speaking
from tests.access.structure import Structure
from tests.access.switching import Switching
from tests.access.targets import Targets
from tests.access.walk import walk
from tests.support.browser import Browser
from tests.support.row import show

SEEN: dict[str, type[SeenBar]] = {
    "pixels": Pixels,
    "targets": Targets,
    "scale": Growing,
    "axe-core": Axe,
    "structure": Structure,
    "languages": Speaking,
    "nothing-outside": Outside,
}
"""Judged together, in one walk past every screen."""
APART: dict[str, type[OwnWalk]] = {
    "scheme": SchemeBar,
    "keyboard": Keyboard,
    "settings": PhoneSettings,
    "switching": Switching,
}
"""Each with a walk of its own."""
MOST_TOLD = 40


def judged(asked: argparse.Namespace, browser: Browser, progress: Progress) -> Iterator[tuple[str, Bar]]:
    """Each bar with its name, once it has looked at everything."""
    names, full, tell = asked.only or [*APART, *SEEN], not asked.quick, progress.tell
    for name in (name for name in APART if name in names):
        bar, begun = APART[name](), time.monotonic()
        bar.run(browser, full, tell)
        bar.took = time.monotonic() - begun
        yield name, bar
    bars = {name: SEEN[name]() for name in SEEN if name in names}
    if bars:
        walk(browser, list(bars.values()), full, tell)
    yield from bars.items()


def print_all(told: list[str], count: int) -> None:
    for line in told:
        print(f"     missed   {line}")
    if count > len(told):
        print(f"     and {count - len(told)} more: --all tells them")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make access", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the same bars in fewer ways of reading")
    parser.add_argument("--only", nargs="+", choices=[*APART, *SEEN], metavar="BAR", help="these bars only")
    parser.add_argument("--all", action="store_true", help="tell everything that was missed")
    parser.add_argument(
        "--measured", type=Path, metavar="FILE", help="write the figures for the accessibility statement"
    )
    asked = parser.parse_args()
    if asked.measured and (asked.quick or asked.only):
        parser.error("--measured is for the whole run: a statement must not rest on a part of it")
    return asked


def main() -> int:
    asked, browser, progress = arguments(), Browser(), Progress()
    begun, proven, outcomes = time.monotonic(), [], []
    for name, bar in judged(asked, browser, progress):
        row = bar.row(browser)
        proven.append(row.proven)
        outcomes.append(Outcome(name, bar.checked, len(bar.faults), row.caught))
        progress.clear()
        print(show(row, bar.took), flush=True)
        told = list(map(str, bar.faults))
        print_all(told if asked.all else told[:MOST_TOLD], len(told))
    browser.close()
    if asked.measured:
        found = document(date.today(), version("samenspraak"), outcomes)
        asked.measured.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    took = time.monotonic() - begun
    print(f"access: {sum(proven)} of {len(proven)} bars passed and every control caught, in {took:.0f} s")
    return 0 if all(proven) else 1


if __name__ == "__main__":
    sys.exit(main())
