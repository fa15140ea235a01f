"""`make attack`: every promise attacked on the real code, one row for each, with its control."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path

from tests.attack.row import Row, Scale

NAMES = (
    "vectors",
    "tagging",
    "timing",
    "linkage",
    "at_rest",
    "once_only",
    "kills",
    "power_cut",
    "state_machine",
    "key_store",
    "subtraction",
    "doors",
)
"""In the order in which they run. Each is a module beside this one, with a function `attack`."""
ELSEWHERE = ("doors",)
"""Have a short form among the tests already."""


def run(name: str, scale: Scale) -> tuple[Row, float]:
    """The row, and how long it took in seconds."""
    begun = time.monotonic()
    module = importlib.import_module(f"tests.attack.{name}")
    with tempfile.TemporaryDirectory(prefix=f"attack-{name}-") as folder:
        row: Row = module.attack(scale, Path(folder))
    return row, time.monotonic() - begun


def show(row: Row, seconds: float) -> str:
    verdict = "held" if row.held else "BROKEN"
    found = "caught" if row.caught else "NOT CAUGHT: the attack is blind"
    return (
        f"{'ok  ' if row.proven else 'FAIL'} {row.promise} ({seconds:.0f} s)\n"
        f"     found    {row.figure}\n"
        f"     bound    {row.bound}: {verdict}\n"
        f"     control  {row.control}: {found}"
    )


def tell(text: str) -> None:
    """Progress: on one line where there is a terminal, else not at all."""
    if sys.stdout.isatty():
        print(f"\r\033[K     ... {text}", end="\r", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make attack", description=__doc__)
    parser.add_argument("--short", action="store_true", help="smaller numbers, the same bounds scaled")
    parser.add_argument("--only", nargs="+", choices=NAMES, help="these promises only")
    asked = parser.parse_args()
    names = asked.only or [name for name in NAMES if not (asked.short and name in ELSEWHERE)]
    begun, proven = time.monotonic(), 0
    for name in names:
        row, seconds = run(name, Scale(not asked.short, tell))
        proven += row.proven
        print(show(row, seconds), flush=True)
    took = time.monotonic() - begun
    print(f"attack: {proven} of {len(names)} promises held and every control caught, in {took:.0f} s")
    return 0 if proven == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
