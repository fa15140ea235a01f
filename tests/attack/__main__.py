"""`make attack`: every promise attacked on the real code, one row for each, with its control."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tests.attack.one_attack import ELSEWHERE, NAMES, run
from tests.support.row import Scale, show, tell


def main() -> int:
    parser = argparse.ArgumentParser(prog="make attack", description=__doc__)
    parser.add_argument("--short", action="store_true", help="smaller numbers, the same bounds scaled")
    parser.add_argument("--only", nargs="+", choices=NAMES, help="these promises only")
    parser.add_argument("--jobs", type=int, default=2, help="attacks at the same time")
    asked = parser.parse_args()
    names = asked.only or [name for name in NAMES if not (asked.short and name in ELSEWHERE)]
    begun, proven = time.monotonic(), 0
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(run, name, Scale(not asked.short, tell)) for name in names]
        for done in as_completed(running):
            if error := done.exception():
                print("".join(traceback.format_exception(error)), flush=True)
                continue
            row, seconds = done.result()
            proven += row.proven
            print(show(row, seconds), flush=True)
    took = time.monotonic() - begun
    print(f"attack: {proven} of {len(names)} promises held and every control caught, in {took:.0f} s")
    return 0 if proven == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
