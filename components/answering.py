"""What a resident may do with a question, by meaning: the same for every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.answers import Declining


@dataclass(frozen=True)
class Answering:
    """One callback for each way to answer; a field uses those of its kind."""

    on_choose: Callable[[str], None]
    on_toggle: Callable[[str], None]
    on_write: Callable[[str], None]
    on_decline: Callable[[Declining], None]
    on_move: Callable[[str, int], None]
    on_agree: Callable[[], None]
