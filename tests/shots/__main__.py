"""`make shots`: a picture of every screen, in every way it can be read, in .shots/ for people to look at."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.shots.scenes import SCREENS
from tests.shots.stage import Stage, staged
from tests.support.browser import Browser


@dataclass(frozen=True, slots=True)
class Way:
    """How a resident reads. Chosen in the app, or by the phone itself where the app cannot start."""

    scale: int = 100
    dark: bool = False
    contrast: bool = False

    def chosen(self) -> dict[str, str]:
        return {
            "scale": str(self.scale),
            "brightness": "dark" if self.dark else "light",
            "contrast": "yes" if self.contrast else "no",
        }

    def phone(self) -> dict[str, int | bool]:
        return {"text": self.scale, "dark": self.dark, "contrast": self.contrast}


WAYS = {
    "light-100": Way(),
    "light-200": Way(200),
    "dark-100": Way(dark=True),
    "dark-200": Way(200, dark=True),
    "contrast-100": Way(contrast=True),
    "contrast-200": Way(200, contrast=True),
}
WIDTHS = {"320": (320, 1500), "412": (412, 1500), "tablet": (820, 1180), "desktop": (1440, 900)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make shots", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".shots"))
    parser.add_argument("--width", choices=WIDTHS, action="append")
    parser.add_argument("--height", type=int, help="pixels; 5000 shows every screen down to its end")
    parser.add_argument("--way", choices=WAYS, action="append")
    parser.add_argument("--screen", choices=SCREENS, action="append")
    asked = parser.parse_args()
    asked.folder.mkdir(exist_ok=True)
    browser, stage = Browser(), Stage()
    every = product(asked.width or WIDTHS, asked.way or WAYS, asked.screen or SCREENS)
    with staged(stage) as address:
        for width, way, name in every:
            columns, rows = WIDTHS[width]
            stage.set(SCREENS[name], WAYS[way].chosen())
            phone_says = WAYS[way].phone() if SCREENS[name].trouble else {}
            with browser.phone(width=columns, height=asked.height or rows, **phone_says) as phone:
                phone.open(f"{address}/#{SCREENS[name].route}")
                phone.see_heading("")  # any: what comes before the app has none
                phone.shot(asked.folder / f"{width}-{way}-{name}.png")
            print(f"{width} {way} {name}", flush=True)
    browser.close()


if __name__ == "__main__":
    main()
