"""`make shots`: a picture of every screen in six ways of reading, in .shots/ for people to look at."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.shots.scenes import SCREENS
from tests.shots.stage import Scene, Stage, staged
from tests.support.browser import Browser


@dataclass(frozen=True, slots=True)
class Way:
    """How a resident reads. `scale` is chosen in the app, `text` on the phone; both in per cent. Where the
    app cannot start, the rest is the phone's too. `width`, `height`: of the window, in pixels."""

    language: str = "nl"
    scale: int = 100
    text: int = 100
    dark: bool = False
    contrast: bool = False
    width: int = 412
    height: int = 1500

    def chosen(self) -> dict[str, str]:
        return {
            "language": self.language,
            "scale": str(self.scale),
            "brightness": "dark" if self.dark else "light",
            "contrast": "yes" if self.contrast else "no",
        }

    def phone(self, scene: Scene) -> dict[str, int | bool]:
        said = {"dark": self.dark, "contrast": self.contrast} if scene.trouble else {}
        return {"width": self.width, "height": self.height, "text": self.text, **said}


SIX = {
    "light": Way(),
    "dark-200": Way(scale=200, dark=True),
    "contrast-320": Way(scale=200, text=160, contrast=True, width=320),
    "arabic": Way("ar"),
    "arabic-dark-320": Way("ar", 200, 160, dark=True, width=320),
    "desktop": Way(width=1440, height=900),
}
WAYS = SIX | {
    "dark": Way(dark=True),
    "narrow": Way(width=320),
    "narrow-200": Way(scale=200, width=320),
    "contrast": Way(contrast=True),
    "contrast-dark": Way(contrast=True, dark=True),
    "arabic-200": Way("ar", 200),
    "tablet": Way(width=820, height=1180),
}
"""`make shots` makes the six; the others are there to be asked for."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="make shots", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".shots"))
    parser.add_argument("--height", type=int, help="pixels; 5000 shows every screen down to its end")
    parser.add_argument("--way", choices=WAYS, action="append")
    parser.add_argument("--screen", choices=SCREENS, action="append")
    asked = parser.parse_args()
    asked.folder.mkdir(exist_ok=True)
    browser, stage = Browser(), Stage()
    every = list(product(asked.way or SIX, asked.screen or SCREENS))
    with staged(stage) as address:
        for number, (name, screen) in enumerate(every, start=1):
            way, scene = WAYS[name], SCREENS[screen]
            stage.set(scene, way.chosen())
            settings = way.phone(scene) | ({"height": asked.height} if asked.height else {})
            with browser.phone(**settings) as phone:
                phone.open(f"{address}/#{scene.route}")
                phone.see_heading("")  # any: what comes before the app has none
                phone.shot(asked.folder / f"{name}-{screen}.png")
            print(f"{number} of {len(every)}: {screen}, {name}", flush=True)
    browser.close()


if __name__ == "__main__":
    main()
