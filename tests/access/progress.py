"""How far a long run is, beside what it prints: on one line of a terminal, else now and then a line."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

SELDOM = 30.0
"""Seconds between two lines where there is no terminal."""


@dataclass
class Progress:
    """`tell(text)` says what is being looked at now."""

    _last: float = 0.0

    def tell(self, text: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\033[K     ... {text}", end="\r", file=sys.stderr, flush=True)
        elif time.monotonic() - self._last > SELDOM:
            self._last = time.monotonic()
            print(f"     ... {text}", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)
