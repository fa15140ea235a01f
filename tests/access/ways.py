"""Every way of reading that the bars are checked in, and every screen of the app."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from domain.participation import Membership
from i18n.wording import LANGUAGES, Wording
from tests.shots.scenes import SCREENS
from tests.shots.stage import Scene

ASKED = ("nl", "ar")
"""The languages of every combination, where the app speaks them; the other languages are read once."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How the size is reached: the phone's own letters times the app's choice, in a window this wide.

    `height` is what the window begins with; it grows to hold the whole screen. Thin strokes are looked at
    in two dots to a pixel.
    """

    phone: int
    app: int
    width: int
    height: int
    dots: int


LETTERS = {
    100: Letters(100, 100, 412, 1500, 2),
    200: Letters(100, 200, 412, 2600, 1),
    320: Letters(160, 200, 320, 4200, 1),
}
"""By the percentage of the app's ordinary letters."""


@dataclass(frozen=True, slots=True)
class Way:
    language: str = "nl"
    letters: int = 100
    dark: bool = False
    contrast: bool = False

    @property
    def scheme(self) -> str:
        return ("dark" if self.dark else "light") + ("-high" if self.contrast else "")

    def settings(self) -> dict[str, str]:
        """What the app keeps for someone who reads like this."""
        return {
            "language": self.language,
            "scale": str(LETTERS[self.letters].app),
            "brightness": "dark" if self.dark else "light",
            "contrast": "yes" if self.contrast else "no",
        }

    def __str__(self) -> str:
        return f"{self.language} {self.letters}% {self.scheme}"


@dataclass(frozen=True, slots=True)
class Stop:
    """A screen: its scene, and the buttons that were pressed there, by their English words."""

    name: str
    scene: Scene
    presses: tuple[str, ...] = ()


_MORE = (
    Stop("unknown poll", Scene("/polls/nergens")),
    Stop("not invited", Scene("/polls", Membership.OPEN)),
    Stop("not answered", Scene("/polls/alle-soorten/questions/1"), ("Next",)),
    Stop("wrong code", Scene("/join/fits-kip", Membership.NONE), ("Use this code",)),
)
"""Beside what `make shots` takes pictures of: mistakes, and screens that are seldom seen."""
STOPS = {stop.name: stop for stop in (*(Stop(name, scene) for name, scene in SCREENS.items()), *_MORE)}


def languages() -> list[str]:
    return [tag for tag in ASKED if tag in LANGUAGES]


def not_spoken() -> list[str]:
    """Languages that were asked for and that the app does not speak."""
    return [tag for tag in ASKED if tag not in LANGUAGES]


def is_from_the_right(language: str) -> bool:
    return Wording(language).is_right_to_left


def ways(language: str, letters: int) -> list[Way]:
    """Light and dark, each in ordinary and in high contrast."""
    return [Way(language, letters, dark, high) for dark, high in product((False, True), repeat=2)]
