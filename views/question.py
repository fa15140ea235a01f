"""Screen: one question, or one statement. The question is the only heading."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.answering import Answering
from components.frame import framed, paragraph, primary, secondary, small
from components.notice import Tone, notice
from components.problem import Problem, use_problem, with_place
from components.question_field import question_field
from components.reader import Reader
from domain.answers import Declining
from domain.poll import Question
from domain.route import Step
from domain.speech import texts_of
from state.app_state import use_app
from state.poll_form import PollForm
from views.context import go, header, use_reader, use_words
from views.introduction import IntroductionView
from views.sentences import answer_problem, storage_trouble
from views.voice import Voice

PLACE = "field-place"


@ft.component
def QuestionView() -> ft.View:
    app, params = use_app(), ft.use_route_params()
    id, number = params["poll"], int(params["number"])
    form = app.form(id)
    if form is None:
        return IntroductionView()
    return QuestionScreen(form, number, key=f"{id}-{number}")


@ft.component
def QuestionScreen(form: PollForm, number: int, key: str | None = None) -> ft.View:  # noqa: ARG001
    """Made anew for each number, so that what was typed or wrong on the last screen does not linger."""
    app, words, reader = use_app(), use_words(), use_reader()
    step = form.step(number)
    # A press may come before the screen is drawn anew: what was typed just before it counts.
    typed: ft.MutableRef[str] = ft.use_ref(form.typed(step))
    problem, attempt, set_problem = use_problem()
    question, base = step.question, f"/polls/{form.poll.id}"

    def onward() -> None:
        rule = form.problem(step, typed.current or "")
        if rule is not None:
            set_problem(rule)
        elif form.reviewing or number >= len(form.steps):
            form.reviewing = False
            go(f"{base}/check")
        else:
            go(f"{base}/questions/{number + 1}")

    def back() -> None:
        if form.reviewing:
            form.reviewing = False
            go(f"{base}/check")
        else:
            go(f"{base}/questions/{number - 1}" if number > 1 else base)

    answering = _answering(form, step, typed, set_problem)
    said = answer_problem(problem, question, words)
    told = [Problem(said, PLACE, key=f"attempt-{attempt}")] if problem else []
    written, order = typed.current or "", form.ranking(step)
    field = question_field(step, form.answer(step), written, order, told, reader, answering)
    body: list[ft.Control] = [
        *([Voice(form.poll.id, step.id, texts_of(step), key="voice")] if app.read_aloud else []),
        *_explained(step, question, reader),
        ft.Container(with_place(PLACE, field), key="field"),
    ]
    if form.trouble:
        body.append(notice(storage_trouble(form.trouble, words), Tone.WRONG, key="trouble", live=True))
    title = reader.say(step.heading)
    next_text = words.text("To all answers") if form.reviewing else words.text("Next")
    return framed(
        ft.use_view_path(),
        header(app, back),
        title,
        body,
        above=[_progress(number, len(form.steps), reader)],
        actions=[primary(next_text, onward, "next"), secondary(words.text("Previous"), back, "previous")],
        key=f"question-{number}",
    )


def _answering(
    form: PollForm, step: Step, typed: ft.MutableRef[str], set_problem: Callable[[str], None]
) -> Answering:
    """Every way to answer. What was wrong is not shown any longer, unless it is wrong again."""

    def write(text: str) -> None:
        typed.current = text
        form.write(step, text)
        set_problem("")

    def decline(why: Declining) -> None:
        typed.current = ""
        form.decline(step, why)
        set_problem("")

    def choose(option: str) -> None:
        form.choose(step, option)
        set_problem("")

    def toggle(option: str) -> None:
        set_problem(form.toggle(step, option) or "")

    def move(option: str, places: int) -> None:
        form.move(step, option, places)
        set_problem("")

    def agree() -> None:
        form.agree(step)
        set_problem("")

    return Answering(choose, toggle, write, decline, move, agree)


def _explained(step: Step, question: Question, reader: Reader) -> list[ft.Control]:
    """What stands between the heading and the answers."""
    parts = reader.other_language(question.text)
    if step.statement is not None:
        parts.append(paragraph(reader.say(question.text)))
    if question.help is not None:
        parts.append(paragraph(reader.say(question.help)))
    if not question.required:
        parts.append(small(reader.words.text("You may leave this open.")))
    return parts


def _progress(number: int, count: int, reader: Reader) -> ft.Control:
    said = reader.words.text("Question {number} of {count}", number=number, count=count)
    share = number / count
    return ft.Column(
        spacing=6,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            small(said),
            ft.Semantics(exclude_semantics=True, content=ft.ProgressBar(value=share, bar_height=8)),
        ],
    )
