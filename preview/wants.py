"""What one side of the preview should show, and how it should be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from domain.texts import LANGUAGES
from preview.sight import SIGHTS
from theming.flet_theme import SCALES

DEVICES = {"phone-320": (320, 640), "phone-412": (412, 860), "tablet": (820, 1180), "desktop": (1440, 900)}
"""Width and height in CSS pixels."""

LETTERS = (100, 125, 150, 175, 200, 250, 320)
"""Per cent of the app's ordinary letters. Past the app's own 200 % the phone itself enlarges the rest."""


class Unfit(ValueError):
    """The page asked for something that is not offered; `name` is what."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Wants:
    """`style`, `poll` and `screen` are ids; `own_letters`: the house style's, not those for low vision."""

    style: str
    poll: str
    screen: str
    device: str = "phone-412"
    language: str = "nl"
    letters: int = 100
    contrast: bool = False
    dark: bool = False
    bold: bool = False
    own_letters: bool = False
    sight: str = "all"

    def changed(self, asked: Mapping[str, Any]) -> Wants:
        """With what the page asks. Raises `Unfit`."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in asked.items():
            if name not in known or type(value) is not type(known[name]) or not _offered(name, value):
                raise Unfit(name)
        return replace(self, **asked)

    @property
    def app_scale(self) -> int:
        """What is chosen in the app itself, in per cent."""
        return max(scale for scale in SCALES if scale <= self.letters)

    @property
    def phone_scale(self) -> float:
        """What the phone's own letters must be to reach `letters`, in per cent."""
        return 100 * self.letters / self.app_scale

    @property
    def scheme(self) -> str:
        return ("dark" if self.dark else "light") + ("-high" if self.contrast else "")

    def settings(self) -> dict[str, str]:
        """As the app keeps them for a resident who reads like this."""
        return {
            "language": self.language,
            "scale": str(self.app_scale),
            "brightness": "dark" if self.dark else "light",
            "contrast": "yes" if self.contrast else "no",
            "plain-letters": "no" if self.own_letters else "yes",
        }


_OFFERED: dict[str, Any] = {"device": DEVICES, "language": LANGUAGES, "letters": LETTERS, "sight": SIGHTS}


def _offered(name: str, value: object) -> bool:
    return name not in _OFFERED or value in _OFFERED[name]
