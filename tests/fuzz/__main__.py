"""`python -m tests.fuzz [--cases N]`: one line for each role; fails on a 5xx, a traceback or a surprise."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.town import fuzz


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="requests for each role")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        reports = fuzz(Path(folder), asked.cases)
    for report in reports:
        print(report)
        for line in sorted(set(report.errors + report.undocumented)):
            print(f"  {line}")
    return 0 if all(report.clean for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
