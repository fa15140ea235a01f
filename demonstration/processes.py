"""Real server processes on this computer: started, waited for, stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from demonstration.waiting import wait_until

ROOT = Path(__file__).parents[1]
STARTING = 60.0
STOPPING = 10.0
"""Seconds."""


class DidNotStart(Exception):
    """A process ended, or did not answer in time; `log` is the end of what it wrote."""

    def __init__(self, name: str, log: str) -> None:
        super().__init__(f"{name} did not start:\n{log}")
        self.name, self.log = name, log


@dataclass
class Process:
    """One server process and the file with what it writes."""

    name: str
    command: Sequence[str]
    ready: str
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start without waiting; `wait_ready` waits.

        Raises `DidNotStart` when somebody else listens at its port: their answer would pass for ours.
        """
        port = httpx.URL(self.ready).port
        if port is not None and not is_free(port):
            raise DidNotStart(self.name, f"port {port} of this computer is in use")
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(  # noqa: S603
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def wait_ready(self) -> None:
        """Until `ready` answers. Raises `DidNotStart`."""
        running = self.running
        assert running is not None
        with suppress(TimeoutError):
            wait_until(lambda: self._answers() or running.poll() is not None, STARTING)
        if not self._answers():
            raise DidNotStart(self.name, self.log.read_text("utf-8", "replace")[-2000:])

    def _answers(self) -> bool:
        try:
            return httpx.get(self.ready, timeout=5).is_success
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        """Ask it to end; end it if it does not."""
        if self.running is None:
            return
        self.running.terminate()
        try:
            self.running.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self.kill()
        self.running = None

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None


def is_free(port: int) -> bool:
    """Nobody listens on it at this moment."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at this moment."""
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in listening]
    for one in listening:
        one.close()
    return ports


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]
