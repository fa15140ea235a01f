"""What an attack measured, and what the same attack finds with the defence off."""

from __future__ import annotations

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
