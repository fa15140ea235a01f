"""Reading a figure as people type it."""

from __future__ import annotations

import re
from decimal import Decimal

# Arabic and Persian keyboards type figures of their own (Unicode 0660, 06F0), and a comma of their own.
_OTHER_FIGURES = {zero + n: str(n) for zero in (0x0660, 0x06F0) for n in range(10)} | {0x066B: ","}
_TYPED = re.compile(r"-?\d{1,9}([.,]\d{1,4})?", re.ASCII)


class FigureUnreadable(ValueError):
    """What was typed is no figure."""


def parse_figure(text: str) -> Decimal:
    """A number with a comma or a point, in Arabic figures too; spaces around it do not matter.

    Raises `FigureUnreadable`.
    """
    typed = text.strip().translate(_OTHER_FIGURES)
    if not _TYPED.fullmatch(typed):
        raise FigureUnreadable(text)
    return Decimal(typed.replace(",", "."))
