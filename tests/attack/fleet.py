"""Real processes that are killed with SIGKILL at random moments, while they work, and started again.

They are forked from one process that has imported everything: a start takes milliseconds, so that the
kills fall inside the work, not inside Python's own start.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["server.serve", "server.commands", "sync.run", "sync.desk", "http.server"])
LOOK = 0.003
LATEST = 0.06
"""Seconds: between two looks at the progress, and the longest wait before a kill falls."""


@dataclass
class Member:
    """`target(*arguments)` in a process of its own, which writes to `log`. `weight`: its chance to be hit."""

    name: str
    target: Callable[..., None]
    arguments: tuple[object, ...]
    log: Path
    weight: float
    process: ForkServerProcess | None = field(default=None, init=False)

    def start(self) -> None:
        self.process = FORKS.Process(
            target=_quietly, args=(self.log, self.target, self.arguments), name=self.name, daemon=True
        )
        self.process.start()

    def kill(self) -> None:
        """As `kill -9`: nothing of it gets to say goodbye."""
        if self.process is not None:
            self.process.kill()
            self.process.join()

    def ended(self) -> bool:
        """By itself, with nothing left to do. One that failed is started again, as a crash would be."""
        if self.process is None or self.process.is_alive():
            return False
        if self.process.exitcode != 0:
            self.start()
            return False
        return True


@dataclass(frozen=True, slots=True)
class Campaign:
    """`servers` run until the end, `phones` until they have done everything; both are killed.

    The kills are spread evenly over `answers`, of which `saved()` says how many were kept so far.
    """

    servers: Sequence[Member]
    phones: Sequence[Member]
    answers: int
    kills: int
    saved: Callable[[], int]
    chance: Random
    tell: Callable[[str], None]
    patience: float = 900.0

    def run(self) -> int:
        """Returns the kills that fell. Raises `TimeoutError` when the phones never get ready."""
        fallen, until = 0, time.monotonic() + self.patience
        for member in (*self.servers, *self.phones):
            member.start()
        while sum(member.ended() for member in self.phones) < len(self.phones):
            if time.monotonic() > until:
                raise TimeoutError(f"{self.saved()} of {self.answers} saved after {fallen} kills")
            if fallen < self.kills and self.saved() * self.kills >= fallen * self.answers:
                time.sleep(self.chance.uniform(0, LATEST))
                self._kill_one()
                fallen += 1
                self.tell(f"{fallen} kills over {self.saved()} answers")
            time.sleep(LOOK)
        return fallen

    def _kill_one(self) -> None:
        alive = [m for m in (*self.servers, *self.phones) if m.process is not None and m.process.is_alive()]
        victim = self.chance.choices(alive, [member.weight for member in alive])[0]
        victim.kill()
        victim.start()

    def stop(self) -> None:
        for member in (*self.servers, *self.phones):
            member.kill()


def _quietly(log: Path, target: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """In the new process."""
    log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    target(*arguments)
