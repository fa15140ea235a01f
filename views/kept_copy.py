"""Screen: the resident's own copy of what was sent, as long as she keeps it."""

from __future__ import annotations

import flet as ft

from components.frame import framed, paragraph, primary, secondary
from components.notice import Tone, notice
from domain.participation import PollCard
from domain.route import on_route, steps
from i18n.wording import Wording
from state.app_state import use_app
from state.services import use_services
from views.answer_rows import answer_row
from views.context import header, to, troubles, use_reader, use_words
from views.not_found import NotFoundView


@ft.component
def CopyView() -> ft.View:
    app, services, words, reader = use_app(), use_services(), use_words(), use_reader()
    id = ft.use_route_params()["poll"]
    card, copy, base = services.desk.card(id), services.desk.copy(id), f"/polls/{id}"
    if card is None:
        return NotFoundView()
    title, back = words.text("What you sent"), header(app, to(base))
    if copy is None:
        actions = [primary(words.text("To all polls"), to("/polls"), "to-polls")]
        body = [_no_copy(card, words)]
        return framed(ft.use_view_path(), back, title, body, actions=actions)
    kept = on_route(card.poll, copy)
    body = [
        *troubles(app),
        paragraph(reader.say(card.poll.title)),
        *reader.other_language(card.poll.title),
        notice(words.text("Anyone who can open this phone can read this copy."), key="who"),
        *(
            answer_row(number, step, kept.get(step.question.id), reader)
            for number, step in enumerate(steps(card.poll, copy), start=1)
        ),
    ]
    removing = secondary(words.text("Remove this copy"), lambda: app.remove_copy(id), "remove-copy")
    return framed(ft.use_view_path(), back, title, body, actions=[removing])


def _no_copy(card: PollCard, words: Wording) -> ft.Control:
    if card.has_copy:  # its key is not there at the moment
        return notice(words.text("The copy cannot be read now. Try again later."), Tone.WAITING, key="locked")
    gone = words.text("There is no copy on this phone. What you sent is not changed by that.")
    return notice(gone, Tone.GOOD, key="gone", live=True)
