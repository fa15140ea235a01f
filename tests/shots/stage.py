"""Every screen of the app on a stage: the real screens, over a phone's storage made up in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import flet as ft
import uvicorn

from demonstration.processes import free_ports
from domain.answers import Chosen, Figure, Written
from domain.participation import Joined, Membership, Standing, SyncStatus
from domain.result import Action, Counts, Feedback, Promise, Result
from domain.texts import Texts
from protocol.poll_document import read_poll
from results.disclosure import release
from results.tally import tally
from state.app_state import AppState
from tests.support.desk import NOW, FakeDesk, card, services
from tests.support.polls import DEMONSTRATION, every_kind, neighbourhood, transport
from theming.default_style import DEFAULT
from theming.house_style import HouseStyle
from theming.logo import Logo
from views.routes import App
from views.trouble import TroubleApp
from web.__main__ import quiet
from web.host import create_host

ASSETS = Path(__file__).parents[2] / "assets"
LOGO = Logo(
    "svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    b'<circle cx="20" cy="20" r="18" fill="#14506E"/>'
    b'<path d="M50 28q10-16 20 0t20 0t20 0" fill="none" stroke="#14506E" stroke-width="6"/></svg>',
    "Gemeente Waterrijk",
    120,
    40,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen. `welcomed`: she has seen the first one; `trouble`: a word for why the app cannot start.

    `prepare`: what happened before, on her phone. `logo`: the municipality has one.
    """

    route: str
    membership: Membership = Membership.INVITED
    welcomed: bool = True
    trouble: str | None = None
    prepare: Callable[[FakeDesk], None] | None = None
    logo: bool = False


@dataclass
class Stage:
    """What the next visitor sees. `page` and `app` are the last visitor's."""

    scene: Scene = Scene("/polls")
    style: HouseStyle = DEFAULT
    desk: FakeDesk = field(default_factory=FakeDesk)
    page: ft.Page | None = None
    app: AppState | None = None

    def main(self, page: ft.Page) -> None:
        offered = services(self.desk, in_browser=True)
        self.page, self.app = page, AppState.restored(offered, "nl", False)
        style = replace(self.style, logo=LOGO) if self.scene.logo else self.style
        if self.scene.trouble:
            page.render_views(TroubleApp, self.scene.trouble, style, self.app.language, lambda: None)
        else:
            page.render_views(App, offered, self.app, style)

    def set(self, scene: Scene, settings: dict[str, str]) -> None:
        """`settings`: what she chose for her own eyes."""
        self.scene = scene
        self.desk = full_desk()
        self.desk.kept = {"welcomed": "yes" if scene.welcomed else "no", **settings}
        self.desk.membership = Joined(scene.membership)
        if scene.prepare:
            scene.prepare(self.desk)


def full_desk() -> FakeDesk:
    """One poll in each standing that looks different."""
    closed = read_poll((DEMONSTRATION / "hulp-thuis.json").read_bytes())
    desk = FakeDesk(
        [
            card(transport(), Standing.STARTED),
            card(neighbourhood()),
            card(replace(every_kind(), id="wachtend"), Standing.WAITING),
            card(every_kind()),
            card(closed, Standing.COUNTED, has_result=True, has_feedback=True, ended=True),
        ],
        sync=SyncStatus(NOW, "network", 1),
    )
    desk.drafts["regiovervoer"] = {
        "hoe-vaak": Chosen(("soms",)),
        "waarheen": Chosen(("arts", "familie")),
        "op-tijd": Chosen(("matig",)),
        "cijfer": Figure(Decimal(6)),
        "leeftijd": Chosen(("80-plus",)),
        "wens": Written("Graag een telefoontje als het later wordt."),
    }
    desk.results["hulp-thuis"] = _result()
    desk.feedbacks["hulp-thuis"] = _feedback()
    return desk


def _result() -> Result:
    poll = read_poll((DEMONSTRATION / "hulp-thuis.json").read_bytes())
    given = []
    for number in range(64):
        given.append(
            {
                "tevreden": Chosen((("tevreden", "tevreden", "gaat", "ontevreden")[number % 4],)),
                "zelfde": Chosen((("ja", "nee", "nee")[number % 3],)),
                "cijfer": Figure(Decimal((7, 8, 6, 9, 5)[number % 5])),
                "wonen": Chosen((("alleen", "samen")[number % 2],)),
            }
        )
    counts = Counts(120, 70, 64, 0, 0, 0)
    return Result("hulp-thuis", counts, release(poll, tally(poll, given), counts))


def _feedback() -> Feedback:
    return Feedback(
        "hulp-thuis",
        date(2026, 11, 20),
        Texts({"nl": "De meeste mensen zijn tevreden. Maar vaak komt er een andere hulp."}),
        (
            Action(Promise.DONE, Texts({"nl": "We spraken met de organisaties over vaste gezichten."})),
            Action(
                Promise.WILL,
                Texts({"nl": "U krijgt hoogstens twee vaste hulpen."}),
                Texts({"nl": "vanaf maart"}),
            ),
            Action(Promise.WONT, Texts({"nl": "Hulp in het weekend kunnen we niet betalen."})),
        ),
        Texts({"nl": "Vragen? Bel de gemeente."}),
    )


@contextmanager
def staged(stage: Stage) -> Iterator[str]:
    """Serve the stage in this process; yields its address."""
    [port] = free_ports(1)
    config = quiet(create_host(stage.main, ASSETS))
    config.host, config.port = "127.0.0.1", port
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the stage did not start"
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
