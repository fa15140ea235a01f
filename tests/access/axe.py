"""Bar: axe-core, which knows what names, roles and headings must be."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python

from tests.access.bar import SeenBar
from tests.access.faulty import sees
from tests.access.showing import Showing
from tests.access.sight import Sight
from tests.support.browser import Browser

ALLOWED = ("meta-viewport", "region")
"""Flutter's own: it forbids pinching, since letters grow otherwise, and marks no regions of a page."""
_SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
_RUN = "() => axe.run(document, { resultTypes: ['violations'] })"


class Axe(SeenBar):
    """Colours and sizes change nothing that axe-core can see: each different screen is asked about once."""

    promise = "axe-core: no screen breaks a rule it knows"
    bound = f"no violations but {' and '.join(ALLOWED)}"

    def __init__(self) -> None:
        super().__init__()
        self._asked: dict[object, int] = {}

    def judge(self, sight: Sight, shown: Showing) -> int:
        tree = sight.screen.tree()
        if tree not in self._asked:
            self._asked[tree] = self._ask(sight, shown)
        return len(sight.screen.nodes)

    def _ask(self, sight: Sight, shown: Showing) -> int:
        page, now = shown.phone.page, shown.phone.now
        if not now(page.evaluate("'axe' in window")):
            now(page.evaluate(_SOURCE))
        found = now(page.evaluate(_RUN))
        allowed = (*ALLOWED, *(["page-has-heading-one"] if sight.part else []))
        broken = [rule for rule in found["violations"] if rule["id"] not in allowed]
        for rule in broken:
            for node in rule["nodes"]:
                self.fault(sight, node["html"][:120], f"{rule['id']}: {rule['help']}")
        return len(broken)

    def figure(self) -> str:
        return f"{super().figure()}; {len(self._asked)} different ones asked about"

    def control(self, browser: Browser) -> tuple[str, bool]:
        return "a button without a name", sees(browser, Axe, "no name", asks=True)
