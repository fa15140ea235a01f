"""Screen: one poll's introduction: who asks, why, how long it takes, who can see it."""

from __future__ import annotations

import flet as ft

from components.frame import framed, paragraph, primary, secondary, small
from components.notice import Tone, notice
from components.rows import fact
from domain.participation import PollCard, Standing
from i18n.wording import Wording
from state.app_state import use_app
from state.services import use_services
from views.context import go, header, to, use_reader, use_words
from views.sentences import standing

OPEN = (Standing.TO_ANSWER, Standing.STARTED)


@ft.component
def IntroductionView() -> ft.View:
    app, services, words, reader = use_app(), use_services(), use_words(), use_reader()
    id = ft.use_route_params()["poll"]
    card = services.desk.card(id)
    if card is None:
        body = [paragraph(words.text("This poll is not on your phone."))]
        return framed(ft.use_view_path(), header(app, to("/polls")), words.text("Not found"), body)

    def start() -> None:
        form = app.form(id)
        if form is not None:
            form.reviewing = False
            go(f"/polls/{id}/questions/{form.first_unanswered()}")

    body = [paragraph(reader.say(card.poll.introduction)), *_facts(card, words, services.municipality.name)]
    if services.in_browser:
        body.append(
            small(
                words.text(
                    "This is a demonstration in a browser. Your answers pass through the server that shows "
                    "this page. In the app on a phone they do not."
                )
            )
        )
    actions: list[ft.Control] = []
    if card.standing in OPEN and not card.ended:
        begun = card.standing is Standing.STARTED
        actions.append(primary(words.text("Go on") if begun else words.text("Begin"), start, "begin"))
    else:
        body.insert(0, notice(standing(card, words), _tone(card.standing), key="standing"))
        if card.has_result or card.has_feedback:
            actions.append(secondary(words.text("See the result"), to(f"/polls/{id}/result"), "to-result"))
    title = reader.say(card.poll.title)
    return framed(ft.use_view_path(), header(app, to("/polls")), title, body, actions=actions)


def _tone(standing: Standing) -> Tone:
    if standing in (Standing.SENT, Standing.COUNTED):
        return Tone.GOOD
    if standing in (Standing.NOT_COUNTED, Standing.SET_ASIDE, Standing.TOO_LATE):
        return Tone.WRONG
    return Tone.WAITING


def _facts(card: PollCard, words: Wording, municipality: str) -> list[ft.Control]:
    poll = card.poll
    minutes = words.plural("About one minute", "About {n} minutes", poll.minutes())
    questions = words.plural("one question", "{n} questions", len(poll.questions))
    until = words.text("Until {day}", day=words.day(card.closes_at))
    return [
        fact(words.text("Who asks this?"), municipality, ft.Icons.APARTMENT),
        fact(words.text("How long does it take?"), f"{minutes}, {questions}.", ft.Icons.TIMER_OUTLINED),
        fact(words.text("Until when?"), f"{until}.", ft.Icons.CALENDAR_TODAY),
        fact(
            words.text("Who can see my answers?"),
            words.text(
                "Nobody can see which answers are yours. Not even the municipality. "
                "You decide whether you join in."
            ),
            ft.Icons.VISIBILITY_OFF_OUTLINED,
        ),
    ]
