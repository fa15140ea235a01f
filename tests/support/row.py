"""What a promise's check measured, and what the same check finds where the promise is broken on purpose."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One promise. It is proven when its bound `held` and its control was `caught`."""

    promise: str
    figure: str
    bound: str
    held: bool
    control: str
    caught: bool

    @property
    def proven(self) -> bool:
        return self.held and self.caught


@dataclass(frozen=True, slots=True)
class Scale:
    """`full`: the numbers of the promise; else smaller ones with the bounds scaled. `tell` shows progress."""

    full: bool
    tell: Callable[[str], None]


def show(row: Row, seconds: float) -> str:
    verdict = "held" if row.held else "BROKEN"
    found = "caught" if row.caught else "NOT CAUGHT: the check is blind"
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
