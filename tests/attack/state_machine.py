"""State machine: answers, bad networks, kills, clocks in any order; saved means sent, or seen not to."""

from __future__ import annotations

import asyncio
import random
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import run_state_machine_as_test

from sync.client import Client
from tests.attack.fleet import FORKS
from tests.attack.gullible import Gullible, believing_any_receipt
from tests.attack.storm_rules import Storm
from tests.attack.stormy_town import StormyTown
from tests.support.row import Row, Scale

STEPS = 8
MEMORY = Path("/dev/shm")
"""Where syncing costs nothing, if there is such a place: here no power is cut."""


@dataclass(frozen=True, slots=True)
class Ran:
    runs: int
    broken: str = ""


def attack(scale: Scale, folder: Path) -> Row:
    runs = 2000 if scale.full else 24
    scale.tell(f"{runs} runs of {STEPS} steps")
    chosen = random.SystemRandom().getrandbits(32) if scale.full else 1
    with ProcessPoolExecutor(2, mp_context=FORKS) as pool:
        parts = [pool.submit(_run, runs // 2, chosen + n) for n in range(2)]
        ran = [part.result() for part in parts]
        scale.tell("the control: a phone that takes any 2xx for success")
        control = pool.submit(_run, 300, 3, True).result()
    broken = [part.broken for part in ran if part.broken]
    return Row(
        promise="state machine",
        figure=f"{sum(part.runs for part in ran):,} runs: " + (" / ".join(broken) or "every invariant held"),
        bound=f"saved means delivered or visibly not, never two, the last word wins, in {runs:,} runs",
        held=not broken and sum(part.runs for part in ran) >= runs,
        control=f"any 2xx taken for success: {control.broken or 'nothing'}, after {control.runs} runs",
        caught=bool(control.broken),
    )


def _run(runs: int, chosen: int, gullible: bool = False) -> Ran:
    """In a process of its own. Returns at the first run that breaks an invariant."""
    with tempfile.TemporaryDirectory(prefix="storm-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        return _run_in(Path(folder), runs, chosen, gullible)


def _run_in(folder: Path, runs: int, chosen: int, gullible: bool) -> Ran:
    machine = type("Machine", (Storm,), {"loop": asyncio.new_event_loop(), "runs": 0})
    machine.town = StormyTown(folder, Gullible if gullible else Client)
    machine.loop.run_until_complete(machine.town.found())
    few = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    try:
        if gullible:
            with believing_any_receipt():
                run_state_machine_as_test(seed(chosen)(machine), settings=few)
        else:
            run_state_machine_as_test(seed(chosen)(machine), settings=few)
    except (AssertionError, FlakyFailure) as exc:  # the mix is random: not every failure comes again
        first = exc.exceptions[0] if isinstance(exc, FlakyFailure) else exc
        return Ran(machine.runs, str(first).split("\n")[0])
    return Ran(machine.runs)
