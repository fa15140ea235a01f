"""One attack by its name, in whatever process."""

from __future__ import annotations

import importlib
import tempfile
import time
from pathlib import Path

from tests.support.row import Row, Scale

NAMES = (
    "state_machine",
    "kills",
    "linkage",
    "doors",
    "timing",
    "once_only",
    "at_rest",
    "power_cut",
    "tagging",
    "key_store",
    "subtraction",
    "vectors",
)
"""The long ones first. Each is a module beside this one, with a function `attack`."""
ELSEWHERE = ("doors",)
"""Have a short form among the tests already."""


def run(name: str, scale: Scale) -> tuple[Row, float]:
    """The row, and how long it took in seconds."""
    begun = time.monotonic()
    module = importlib.import_module(f"tests.attack.{name}")
    with tempfile.TemporaryDirectory(prefix=f"attack-{name}-") as folder:
        row: Row = module.attack(scale, Path(folder))
    return row, time.monotonic() - begun
