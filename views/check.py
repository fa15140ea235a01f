"""Screen: all answers before sending, each with a way to change it."""

from __future__ import annotations

from functools import partial

import flet as ft

from components.choices import Choice, pick_several
from components.frame import framed, heading, paragraph, primary, quiet, small
from components.notice import Tone, notice
from components.reader import Reader
from i18n.wording import Wording
from state.app_state import use_app
from state.poll_form import PollForm
from views.answer_rows import answer_row
from views.changing import keep_the_old
from views.context import go, header, to, use_reader, use_words
from views.introduction import IntroductionView
from views.sentences import sending_trouble


@ft.component
def CheckView() -> ft.View:
    app, reader = use_app(), use_reader()
    form = app.form(ft.use_route_params()["poll"])
    if form is None:
        return IntroductionView()
    return CheckScreen(form, reader)


@ft.component
def CheckScreen(form: PollForm, reader: Reader) -> ft.View:
    app, words = use_app(), use_words()
    base = f"/polls/{form.poll.id}"
    missing = form.incomplete()

    def change(number: int) -> None:
        form.reviewing = True
        go(f"{base}/questions/{number}")

    def send() -> None:
        if form.send():
            app.drop_form(form.poll.id)
            go(f"{base}/sent")

    body: list[ft.Control] = [paragraph(words.text("Are these your answers? You can still change them."))]
    body += reader.other_language(form.poll.title)
    if form.changing:
        body.append(
            notice(words.text("These answers take the place of what you sent before."), key="replaces")
        )
    if missing is not None:
        said = words.text("Question {number} still needs an answer.", number=missing)
        body.append(notice(said, Tone.WRONG, key="missing", live=True))
    for number, step, answer in form.summary():
        body.append(answer_row(number, step, answer, reader, partial(change, number)))
    body += _keeping(form, words)
    if form.trouble:
        body.append(notice(sending_trouble(form, words), Tone.WRONG, key="trouble", live=True))
    if missing is None:
        actions = [primary(words.text("Send"), send, "send")]
    else:
        actions = [primary(words.text("Answer this question"), partial(change, missing), "answer-missing")]
    if form.changing:
        actions.append(keep_the_old(form.poll.id, app, words))
    actions.append(quiet(words.text("Stop for now"), to("/polls"), "later"))
    back = to(f"{base}/questions/{len(form.steps)}")
    return framed(ft.use_view_path(), header(app, back), words.text("Your answers"), body, actions=actions)


def _keeping(form: PollForm, words: Wording) -> list[ft.Control]:
    """Whether the phone keeps a copy that can be read; off unless the resident asks."""
    label = words.text("Keep a copy of my answers on this phone, so that I can look at them")
    title = words.text("A copy for yourself")
    chosen = ("copy",) if form.keep_copy else ()
    return [
        heading(title, 2),
        pick_several(title, [Choice("copy", label)], chosen, lambda _: form.toggle_copy(), "keep"),
        small(words.text("Anyone who can open this phone can then read your answers.")),
    ]
