"""What `make access` measured, read from its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from own_app.errors import AppUnfit

MOST_BARS = 50
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """`checked`: nodes or pairs looked at. `control`: the fault made on purpose was caught."""

    bar: str
    checked: int
    failures: int
    control: bool

    @property
    def proven(self) -> bool:
        return self.failures == 0 and self.checked > 0 and self.control


@dataclass(frozen=True, slots=True)
class Measured:
    """One run, of the app with this version."""

    day: date
    version: str
    bars: tuple[Bar, ...]


def read_measured(document: object) -> Measured:
    """`{"date": "2026-11-22", "version": "0.1.0", "bars": [{"bar", "checked", "failures", "control"}]}`.

    Raises `AppUnfit` (measured).
    """
    try:
        top: Any = document
        bars = tuple(_bar(item) for item in top["bars"])
        if not 1 <= len(bars) <= MOST_BARS or len({bar.bar for bar in bars}) != len(bars):
            raise AppUnfit("measured")
        return Measured(date.fromisoformat(top["date"]), _text(top["version"]), bars)
    except (KeyError, TypeError, ValueError) as exc:
        raise AppUnfit("measured") from exc


def _bar(item: Any) -> Bar:
    checked, failures, control = item["checked"], item["failures"], item["control"]
    counts = all(type(count) is int and count >= 0 for count in (checked, failures))
    if not counts or type(control) is not bool:
        raise ValueError("not a bar")
    return Bar(_text(item["bar"]), checked, failures, control)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST or not value.isprintable():
        raise ValueError("not a text")
    return value
