"""Screen: all answers before sending, each with a way to change it."""

from __future__ import annotations

from functools import partial

import flet as ft

from components.frame import framed, heading, narrow, paragraph, primary, quiet
from components.notice import Tone, notice
from components.question_field import Reader, declining_text
from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated, Written
from domain.poll import Kind
from domain.route import Step
from state.app_state import use_app
from state.poll_form import PollForm
from views.context import go, header, to, use_reader, use_words
from views.sentences import storage_trouble


@ft.component
def CheckView() -> ft.View:
    app, words, reader = use_app(), use_words(), use_reader()
    id = ft.use_route_params()["poll"]
    form = app.form(id)
    if form is None:
        body = [paragraph(words.text("This poll is not on your phone."))]
        return framed(ft.use_view_path(), header(app, to("/polls")), words.text("Not found"), body)
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
    if missing is not None:
        said = words.text("Question {number} still needs an answer.", number=missing)
        body.append(notice(said, Tone.WRONG, key="missing", live=True))
    for number, step, answer in form.summary():
        body.append(_row(number, step, answer, reader, partial(change, number)))
    if form.trouble == "closed":
        said = words.text("This poll has just closed. Your answers can no longer be sent.")
        body.append(notice(said, Tone.WRONG, key="trouble", live=True))
    elif form.trouble:
        body.append(notice(storage_trouble(form.trouble, words), Tone.WRONG, key="trouble", live=True))
    actions: list[ft.Control] = []
    if missing is None:
        actions.append(primary(words.text("Send"), send, "send"))
    else:
        actions.append(
            primary(words.text("Answer this question"), partial(change, missing), "answer-missing")
        )
    actions.append(quiet(words.text("Stop for now"), to("/polls"), "later"))
    back = to(f"{base}/questions/{len(form.steps)}")
    return framed(ft.use_view_path(), header(app, back), words.text("Your answers"), body, actions=actions)


def _row(
    number: int, step: Step, answer: Answer | None, reader: Reader, on_change: partial[None]
) -> ft.Control:
    """Question, answer and a button whose name says which question it changes."""
    question = reader.say(step.statement.text if step.statement else step.question.text)
    words = reader.words
    button = ft.TextButton(
        content=ft.Text(
            words.text("Change"), semantics_label=words.text("Change: {question}", question=question)
        ),
        icon=ft.Icons.EDIT_OUTLINED,
        on_click=on_change,
        key=f"change-{number}",
        style=narrow(),
    )
    return ft.Container(
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
        border_radius=12,
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        padding=16,
        content=ft.Column(
            spacing=6,
            controls=[
                heading(question, 2),
                paragraph(answer_text(step, answer, reader), key=f"answer-{number}"),
                button,
            ],
        ),
    )


def answer_text(step: Step, answer: Answer | None, reader: Reader) -> str:
    """An answer in words."""
    words, question = reader.words, step.question
    names = {option.id: reader.say(option.label) for option in question.options}
    names |= {why.value: declining_text(why, words) for why in Declining}
    match answer:
        case Declined(why):
            return names[why.value]
        case Chosen(options) if question.kind is Kind.RANKING:
            return ", ".join(f"{place}. {names[o]}" for place, o in enumerate(options, start=1))
        case Chosen(options):
            return words.list(tuple(names[o] for o in options))
        case Rated(ratings) if step.statement is not None and step.statement.id in ratings:
            return names[ratings[step.statement.id]]
        case Figure(value):
            unit = f" {reader.say(question.unit)}" if question.unit else ""
            return f"{words.number(value)}{unit}"
        case Written(text):
            return text
        case _:
            return words.text("No answer")
