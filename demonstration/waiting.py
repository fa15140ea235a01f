"""Waiting for what another process does: the one place that looks again and again."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE = 0.05
"""Seconds between two looks."""


def wait_until(happens: Callable[[], T | None], seconds: float) -> T:
    """The first answer that is true. Raises `TimeoutError`, which says what never came."""
    until = time.monotonic() + seconds
    while not (found := happens()):
        if time.monotonic() > until:
            raise TimeoutError(f"within {seconds:.0f} seconds: {inspect.getsource(happens).strip()}")
        time.sleep(PAUSE)
    return found
