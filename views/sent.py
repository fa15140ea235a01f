"""Screen: saved or sent, and what happens next."""

from __future__ import annotations

import flet as ft

from components.frame import framed, heading, paragraph, primary, secondary
from components.notice import Tone, notice
from domain.participation import Standing
from state.app_state import use_app
from state.services import use_services
from views.context import header, to, use_words
from views.sentences import network_problem, standing


@ft.component
def SentView() -> ft.View:
    app, services, words = use_app(), use_services(), use_words()
    card = services.desk.card(ft.use_route_params()["poll"])
    status = services.desk.status()
    body: list[ft.Control] = []
    waits = card is not None and card.standing is Standing.WAITING
    if card is not None:
        tone = Tone.WAITING if waits else Tone.GOOD
        body.append(notice(standing(card, words), tone, key="standing", live=True))
    if waits:
        body.append(
            paragraph(
                words.text(
                    "Your answers are locked away on your phone. They are sent as soon as there is internet. "
                    "You only have to open this app now and then."
                )
            )
        )
        if status.problem:
            body.append(notice(network_problem(status.problem, words), key="network"))
    body.append(heading(words.text("What happens next?"), 2))
    if card is not None:
        closes = words.day(card.closes_at)
        body.append(
            paragraph(words.text("The poll is open until {day}. Then all answers are counted.", day=closes))
        )
    body.append(
        paragraph(
            words.text(
                "After that you can read here what people said, and what the municipality will do with it."
            )
        )
    )
    actions = [primary(words.text("To all polls"), to("/polls"), "to-polls")]
    if waits:
        actions.append(secondary(words.text("Try to send now"), services.synchronise, "synchronise"))
    title = words.text("Thank you. Your answers are saved.")
    return framed(ft.use_view_path(), header(app, to("/polls")), title, body, actions=actions)
