"""Pictures beside words, never instead of them (pictogrammen)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.texts import Texts

PICTURES = frozenset(
    [
        "bicycle",
        "bus",
        "car",
        "child",
        "doctor",
        "family",
        "green",
        "home",
        "home-help",
        "informal-care",
        "internet",
        "letter",
        "light",
        "meal",
        "money",
        "neighbourhood",
        "safety",
        "school",
        "shop",
        "sport",
        "talk",
        "telephone",
        "time",
        "walking",
        "wheelchair",
        "work",
    ]
)
"""Names of the app's own drawings, which a poll may use."""

FACES = {3: ("face-2", "face-3", "face-4"), 5: ("face-1", "face-2", "face-3", "face-4", "face-5")}
"""The app's own faces from least to most, by the number of options of a smiley scale."""

LARGEST = 40_000
"""Characters of a municipality's own drawing."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One of the app's own by its name, or a municipality's: an SVG drawing with what it shows in words."""

    name: str
    drawing: str | None = None
    alternative: Texts | None = None
