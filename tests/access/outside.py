"""Bar: nothing is asked of another host: no fonts, no scripts, nothing that tells who is reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.async_api import Route

from tests.access.bar import Fault, SeenBar
from tests.access.showing import Showing, showing
from tests.access.sight import Sight
from tests.access.ways import STOPS, Way
from tests.support.browser import Browser
from web import response_headers

_POLICY = "content-security-policy"


class Outside(SeenBar):
    promise = "nothing outside: every request stays on the app's own host"
    bound = "no other host; what the page's policy stopped was not asked"

    def __init__(self) -> None:
        super().__init__()
        self._asked = self._stopped = 0

    def judge(self, sight: Sight, shown: Showing) -> int:
        return 0

    def leave(self, shown: Showing) -> None:
        home = urlsplit(shown.address).netloc
        self._asked += len(shown.phone.requests)
        self._stopped += len(shown.phone.blocked)
        away = list(shown.phone.requests)
        for stopped in shown.phone.blocked:
            if stopped in away:
                away.remove(stopped)
        for url in {url for url in away if urlsplit(url).netloc not in (home, "")}:
            self.faults.append(Fault("all screens", url, "another host"))

    @property
    def checked(self) -> int:
        return self._asked

    def figure(self) -> str:
        found = f"{len(self.faults)} outside" if self.faults else "none outside"
        return (
            f"{self._asked} requests on {self.sights} screens: {found}, {self._stopped} stopped by the policy"
        )

    def control(self, browser: Browser) -> tuple[str, bool]:
        bar = Outside()
        with _without_policy(), showing(browser, 100) as shown:
            _stay_here(shown)
            bar.look(shown.show(STOPS["one"], Way())[0], shown)
            bar.leave(shown)
        return "the policy removed", bool(bar.faults)


@contextmanager
def _without_policy() -> Iterator[None]:
    kept = response_headers._ALWAYS.pop(_POLICY)
    try:
        yield
    finally:
        response_headers._ALWAYS[_POLICY] = kept


def _stay_here(shown: Showing) -> None:
    """What is asked of another host is noted, and goes nowhere."""
    home = urlsplit(shown.address).netloc

    async def stop(route: Route) -> None:
        await (route.continue_() if urlsplit(route.request.url).netloc == home else route.abort())

    shown.phone.now(shown.phone.context.route("**/*", stop))
