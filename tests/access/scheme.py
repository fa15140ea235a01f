"""Bar: the colours themselves, of the built-in style, of any brand, and of real tokens."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from tests.access.bar import Fault, OwnWalk
from tests.support.browser import Browser
from tests.theming.shared_tokens import FOLDER
from theming.contrast import Pair, check
from theming.default_style import DEFAULT
from theming.house_style import HouseStyle, Roles
from theming.importing import import_style
from theming.scheme import LEVELS
from theming.schemes import make_style
from theming.tokens import NoUsableTokens

HARD = ("#FFFFFF", "#000000", "#FFF9C4", "#777777")
"""White, black, pale yellow, mid-grey."""
SEEDS = {True: 500, False: 40}


class SchemeBar(OwnWalk):
    promise = "scheme: every pair of colours of every scheme, whatever the brand"
    bound = "texts 4.5 or 7, shapes 3; every brand's own colour on fills in the light scheme"

    def __init__(self) -> None:
        super().__init__()
        self._styles = self._real = self._naive = 0
        self._seeds: list[str] = []

    def run(self, browser: Browser, full: bool, tell: Callable[[str], None]) -> None:
        dice = random.Random(4)
        self._seeds = [*HARD, *(f"#{dice.randrange(1 << 24):06X}" for _ in range(SEEDS[full]))]
        real = shared_styles()
        self._real = len(real)
        for style in (DEFAULT, *real):
            self._check(style)
        for seed in self._seeds:
            style = make_style(seed, Roles(brand_fill=seed))
            self._check(style)
            if style.schemes["light"].brand_fill != seed:
                self.faults.append(Fault(seed, "brand_fill", style.schemes["light"].brand_fill))
            self._naive += any(failing(without_recipe(style, seed)))

    def _check(self, style: HouseStyle) -> None:
        self.nodes += sum(len(check(scheme, LEVELS[key])) for key, scheme in style.schemes.items())
        self.sights += len(style.schemes)
        for pair in failing(style):
            self.faults.append(Fault(style.name, f"{pair.foreground} on {pair.background}", str(pair.ratio)))

    def figure(self) -> str:
        real = f"{self._real} from shared tokens" if self._real else "no shared tokens beside this clone"
        found = f"{len(self.faults)} missed" if self.faults else "none missed"
        return f"{self.nodes} pairs in {self.sights} schemes, {len(self._seeds)} seeds, {real}: {found}"

    def control(self, browser: Browser) -> tuple[str, bool]:
        many = len(self._seeds)
        return f"the recipe switched off: {self._naive} of {many} brands fail", self._naive > many / 2


def shared_styles() -> list[HouseStyle]:
    """Of the token sets that lie beside this clone; none where they do not."""
    found = []
    for path in sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []:
        if path.is_dir() or path.suffix == ".json":
            with suppress(NoUsableTokens):
                found.append(import_style(path, path.name).style)
    return found


def failing(style: HouseStyle) -> list[Pair]:
    return [
        pair for key, scheme in style.schemes.items() for pair in check(scheme, LEVELS[key]) if not pair.holds
    ]


def without_recipe(style: HouseStyle, seed: str) -> HouseStyle:
    """The brand's colour as it is for texts and links too, with white on it."""
    naive = {"primary": seed, "link": seed, "brand_fill": seed, "on_brand_fill": "#FFFFFF"}
    schemes = {key: replace(scheme, **naive) for key, scheme in style.schemes.items()}
    return replace(style, schemes=schemes)
