"""Reading a figure as people type it."""

from __future__ import annotations

import re
from decimal import Decimal

_TYPED = re.compile(r"-?\d{1,9}([.,]\d{1,4})?", re.ASCII)


class FigureUnreadable(ValueError):
    """What was typed is no figure."""


def parse_figure(text: str) -> Decimal:
    """A whole or decimal number with a comma or a point; spaces around it do not matter.

    Raises `FigureUnreadable`.
    """
    typed = text.strip()
    if not _TYPED.fullmatch(typed):
        raise FigureUnreadable(text)
    return Decimal(typed.replace(",", "."))
