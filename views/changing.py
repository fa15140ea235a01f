"""Screen: before a resident changes what she sent. And the way out, which several screens offer."""

from __future__ import annotations

import flet as ft

from components.frame import framed, paragraph, primary, secondary
from domain.participation import PollCard
from i18n.wording import Wording
from state.app_state import AppState, use_app
from state.services import use_services
from views.context import go, header, to, troubles, use_words
from views.not_found import NotFoundView


@ft.component
def ChangeView() -> ft.View:
    """Nothing changes here by itself: what was sent counts until something else is sent."""
    app, services, words = use_app(), use_services(), use_words()
    id = ft.use_route_params()["poll"]
    card, base = services.desk.card(id), f"/polls/{id}"
    copied = services.desk.copy(id) is not None
    if card is None:
        return NotFoundView()

    def begin() -> None:
        if app.change(id):
            go(f"{base}/questions/1")

    title = words.text("Change your answers")
    if not card.can_change:
        body: list[ft.Control] = [
            paragraph(words.text("You cannot change your answers any more."), key="cannot")
        ]
        return framed(ft.use_view_path(), header(app, to(base)), title, body)
    actions = [primary(words.text("Begin"), begin, "begin"), keep_the_old(id, app, words)]
    body = [*troubles(app), *_explained(card, copied, words)]
    return framed(ft.use_view_path(), header(app, to(base)), title, body, actions=actions)


def _explained(card: PollCard, copied: bool, words: Wording) -> list[ft.Control]:
    until = words.text("You can do this until {day}.", day=words.day(card.closes_at))
    known = words.text("You see the answers that you sent. Change what you want.")
    if not copied:
        known = words.text(
            "This phone did not keep what you answered. So all questions are empty: fill them all in again."
        )
    return [
        paragraph(known, key="known"),
        paragraph(words.text("Your new answers take the place of the old ones. Only the new ones count.")),
        paragraph(words.text("Do you stop halfway? Then your old answers count.")),
        paragraph(until),
    ]


def keep_the_old(poll: str, app: AppState, words: Wording) -> ft.Control:
    """The button that gives up a change, begun or not."""

    def stop() -> None:
        app.stop_changing(poll)
        go(f"/polls/{poll}")

    return secondary(words.text("Keep my old answers"), stop, "keep-old")
