"""What a resident can answer to one question (antwoord), and its plain JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum


class Declining(StrEnum):
    """Answers of their own: "weet ik niet" and "wil ik niet zeggen"."""

    DONT_KNOW = "dont-know"
    PREFER_NOT = "prefer-not"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of options: one, several, or for a ranking all of them, best first."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mark or a number."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Written:
    """Free text, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Rated:
    """Statement id -> option id, or a `Declining` value, for the statements judged so far."""

    ratings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Declined:
    """The resident would rather not, or does not know."""

    why: Declining


Answer = Chosen | Figure | Written | Rated | Declined


def to_plain(answer: Answer) -> dict[str, object]:
    """The answer as JSON data. Figures are strings, so that no float rounds them."""
    match answer:
        case Chosen(options):
            return {"chosen": list(options)}
        case Figure(value):
            return {"figure": str(value)}
        case Written(text):
            return {"written": text}
        case Rated(ratings):
            return {"rated": dict(ratings)}
        case Declined(why):
            return {"declined": why.value}


def from_plain(data: object) -> Answer:
    """The inverse of `to_plain`. Raises `ValueError` for anything else."""
    if not isinstance(data, dict) or len(data) != 1:
        raise ValueError("an answer is an object with one key")
    [(kind, value)] = data.items()
    match kind, value:
        case "chosen", list() if all(isinstance(item, str) for item in value):
            return Chosen(tuple(value))
        case "figure", str():
            return Figure(_decimal(value))
        case "written", str():
            return Written(value)
        case "rated", dict() if all(isinstance(item, str) for pair in value.items() for item in pair):
            return Rated(value)
        case "declined", str():
            return Declined(Declining(value))
        case _:
            raise ValueError(f"not an answer: {kind}")


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as exc:
        raise ValueError("not a figure") from exc
    if not value.is_finite() or abs(value) > 10**9:
        raise ValueError("not a figure of this world")
    return value
