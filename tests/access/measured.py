"""What a run measured, for the accessibility statement of a municipality's own app (`brand --measured`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one bar. `checked`: nodes, pairs or requests looked at; `control`: the fault made on purpose was
    caught."""

    bar: str
    checked: int
    failures: int
    control: bool


def document(today: date, version: str, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """As `own_app.measured.read_measured` takes it."""
    bars = [
        {"bar": each.bar, "checked": each.checked, "failures": each.failures, "control": each.control}
        for each in outcomes
    ]
    return {"date": today.isoformat(), "version": version, "bars": bars}
