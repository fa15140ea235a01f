"""What staff should hear about their tokens, as data: sentences are in the staff's wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST = 80  # characters of a value that is quoted


@dataclass(frozen=True, slots=True)
class Remark:
    """A code, the token, file or role it is about, and the values that its sentence names."""

    code: str
    path: str
    values: Mapping[str, str] = field(default_factory=dict)


def shown(value: object, longest: int = LONGEST) -> str:
    """A value from a file as it can be printed: short, and without what a terminal would obey."""
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
