"""Screen: one poll: who asks, why, how long it takes, who can see it; and where it stands."""

from __future__ import annotations

import flet as ft

from components.frame import framed, heading, paragraph, primary, quiet, secondary, small
from components.notice import Tone, notice
from components.picture import drawn
from components.rows import fact
from domain.participation import PollCard, Standing
from domain.route import steps
from domain.speech import INTRODUCTION, opening
from i18n.wording import Wording
from state.app_state import AppState, use_app
from state.services import use_services
from views.changing import keep_the_old
from views.context import go, header, to, troubles, use_reader, use_words
from views.exporting import Exporting
from views.not_found import NotFoundView
from views.sentences import in_browser
from views.standings import standing
from views.voice import Voice


@ft.component
def IntroductionView() -> ft.View:
    app, services, words, reader = use_app(), use_services(), use_words(), use_reader()
    card = services.desk.card(ft.use_route_params()["poll"])
    if card is None:
        return NotFoundView()
    count = len(steps(card.poll, services.desk.answers(card.poll.id)))
    heard = [Voice(card.poll.id, INTRODUCTION, opening(card.poll), key="voice")] if app.read_aloud else []
    body = [*heard, *_stands(card, app, words), *reader.other_language(card.poll.title)]
    if card.can_be_answered and card.standing is not Standing.STARTED:
        body.append(paragraph(_shortest(card, count, words), key="shortest"))
    body += [
        *_actions(card, app, words),
        heading(words.text("About this poll"), 2),
        paragraph(reader.say(card.poll.introduction)),
        *_facts(card, count, words, services.municipality.name),
    ]
    if services.in_browser:
        body.append(small(in_browser(words)))
    picture = drawn(card.poll.picture, reader, ft.Colors.PRIMARY) if card.poll.picture else None
    above = [ft.Row([picture])] if picture else []
    title = reader.say(card.poll.title)
    return framed(ft.use_view_path(), header(app, to("/polls")), title, body, above=above)


def _shortest(card: PollCard, count: int, words: Wording) -> str:
    """What is known before the button, which large letters would else push three screens down."""
    private = words.text("Nobody can see which answers are yours.")
    return f"{_length(card, count, words)} {private}"


def _length(card: PollCard, count: int, words: Wording) -> str:
    """`count`: of screens, as the questions themselves count: each statement is one."""
    minutes = words.plural("About one minute", "About {n} minutes", card.poll.minutes())
    questions = words.plural("one question", "{n} questions", count)
    return f"{minutes}{words.comma}{questions}."


def _stands(card: PollCard, app: AppState, words: Wording) -> list[ft.Control]:
    """What became of it; nothing for a poll that simply waits for its first answer."""
    parts = troubles(app)
    if card.changing:
        said = words.text("You are changing your answers. The old ones count until you send the new ones.")
        parts.append(notice(said, Tone.WAITING, key="changing"))
    elif not card.can_be_answered:
        parts.append(notice(standing(card, words), _tone(card.standing), key="standing"))
    if card.standing is Standing.SET_ASIDE:
        parts.append(Exporting())
    return parts


def _tone(standing: Standing) -> Tone:
    if standing in (Standing.SENT, Standing.COUNTED):
        return Tone.GOOD
    if standing in (Standing.NOT_COUNTED, Standing.SET_ASIDE, Standing.TOO_LATE):
        return Tone.WRONG
    return Tone.WAITING


def _actions(card: PollCard, app: AppState, words: Wording) -> list[ft.Control]:
    """What can be done with it now, the main thing first."""
    id, base = card.poll.id, f"/polls/{card.poll.id}"

    def start() -> None:
        form = app.form(id)
        if form is not None:
            form.reviewing = False
            go(f"{base}/questions/{form.first_unanswered()}")

    actions: list[ft.Control] = []
    if card.can_be_answered or card.changing:
        begun = card.changing or card.standing is Standing.STARTED
        actions.append(primary(words.text("Go on") if begun else words.text("Begin"), start, "begin"))
    if card.changing:
        actions.append(keep_the_old(id, app, words))
    elif card.can_change:
        actions.append(secondary(words.text("Change my answers"), to(f"{base}/change"), "to-change"))
    if card.has_outcome:
        actions.append(secondary(words.text("See the result"), to(f"{base}/result"), "to-result"))
    if card.has_copy:
        actions.append(quiet(words.text("Look at what I sent"), to(f"{base}/copy"), "to-copy"))
    return actions


def _facts(card: PollCard, count: int, words: Wording, municipality: str) -> list[ft.Control]:
    until = words.text("Until {day}", day=words.day(card.closes_at))
    return [
        fact(words.text("Who asks this?"), municipality, ft.Icons.APARTMENT),
        fact(words.text("How long does it take?"), _length(card, count, words), ft.Icons.TIMER_OUTLINED),
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
