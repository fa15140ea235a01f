"""How a start of the app grows with what waits: 1,000 sealed ballots against 10."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sync import phone as phone_module
from sync.desk import Desk
from sync.phone import Phone
from tests.support.busy_phone import fill, opened

FEW, MANY = 5, 500
"""Polls, each with two ballots."""

RUNS = 5


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def start(folder: Path, home: object) -> tuple[float, float, float]:
    """Seconds for opening the file, for the first screen of a fresh process, and for showing it again."""
    phone_module._read.cache_clear()
    phone_module._read_poll.cache_clear()
    made: list[Phone] = []
    opening = timed(lambda: made.append(opened(folder, home)))
    desk = Desk(made[0])

    def show() -> None:
        desk.cards()
        desk.status()
        desk.joined()

    first, again = timed(show), timed(show)
    made[0].outbox.engine.dispose()
    return opening, first, again


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        measured = {}
        for polls in (FEW, MANY):
            folder = Path(name) / str(polls)
            home = fill(folder, polls)
            runs = [start(folder, home) for _ in range(RUNS)]
            measured[polls] = [median(run[part] for run in runs) for part in range(3)]
    print(f"{'':14} {2 * FEW:>6} {2 * MANY:>8} waiting   ratio (linear: {MANY // FEW})")
    for part, what in enumerate(("open the file", "first screen", "once more")):
        few, many = measured[FEW][part], measured[MANY][part]
        print(f"{what:14} {1000 * few:4.0f} ms {1000 * many:5.0f} ms           {many / few:5.1f}")


if __name__ == "__main__":
    main()
