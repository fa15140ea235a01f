"""Screen: saved or sent, and what happens next."""

from __future__ import annotations

import flet as ft

from components.frame import framed, heading, paragraph, primary, quiet, secondary
from components.notice import Tone, notice
from domain.participation import PollCard, Standing
from i18n.wording import Wording
from state.app_state import use_app
from state.services import use_services
from views.context import header, to, use_words
from views.not_found import NotFoundView
from views.refusal import connection
from views.standings import standing


@ft.component
def SentView() -> ft.View:
    app, services, words = use_app(), use_services(), use_words()
    card = services.desk.card(ft.use_route_params()["poll"])
    if card is None:
        return NotFoundView()
    status, base = services.desk.status(), f"/polls/{card.poll.id}"
    waits = card.standing is Standing.WAITING
    tone = Tone.WAITING if waits else Tone.GOOD
    body: list[ft.Control] = [notice(standing(card, words), tone, key="standing", live=True)]
    if waits:
        body.append(_waiting(words))
        if status.problem:
            body.append(connection(status.problem, words))
    body += _next(card, words)
    actions = [primary(words.text("To all polls"), to("/polls"), "to-polls")]
    if waits:
        actions.append(secondary(words.text("Try to send now"), services.synchronise, "synchronise"))
    if card.can_change:
        actions.append(secondary(words.text("Change my answers"), to(f"{base}/change"), "to-change"))
    if card.has_copy:
        actions.append(quiet(words.text("Look at what I sent"), to(f"{base}/copy"), "to-copy"))
    title = words.text("Thank you. Your answers are sent.")
    if waits:
        title = words.text("Thank you. Your answers are saved.")
    return framed(ft.use_view_path(), header(app, to("/polls")), title, body, actions=actions)


def _waiting(words: Wording) -> ft.Control:
    return paragraph(
        words.text(
            "Your answers are locked away on your phone. They are sent as soon as there is internet. "
            "You only have to open this app now and then."
        )
    )


def _next(card: PollCard, words: Wording) -> list[ft.Control]:
    closes = words.day(card.closes_at)
    return [
        heading(words.text("What happens next?"), 2),
        paragraph(words.text("The poll is open until {day}. Then all answers are counted.", day=closes)),
        paragraph(
            words.text(
                "After that you can read here what people said, and what the municipality will do with it."
            )
        ),
    ]
