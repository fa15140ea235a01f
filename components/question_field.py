"""The control with which one question is answered, by its kind."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from components.answering import Answering
from components.option_field import mark_field, one_field, several_field
from components.ranking_field import ranking_field
from components.reader import Reader
from components.typed_field import typed_field
from domain.answers import Answer
from domain.poll import Kind
from domain.route import Step


def question_field(
    step: Step,
    answer: Answer | None,
    typed: str,
    ranking: tuple[str, ...],
    told: Sequence[ft.Control],
    reader: Reader,
    answering: Answering,
) -> ft.Control:
    """Everything below the heading with which the step is answered.

    `told`: what is wrong, if anything: between a field and its name, or above what there is to choose.
    """
    question = step.question
    if question.kind in (Kind.TEXT, Kind.NUMBER):
        return typed_field(question, answer, typed, told, reader, answering)
    field = _picked(step, answer, ranking, reader, answering)
    return ft.Column(
        [*told, ft.Container(field, key="picked")],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _picked(
    step: Step, answer: Answer | None, ranking: tuple[str, ...], reader: Reader, answering: Answering
) -> ft.Control:
    question = step.question
    label = reader.say(step.heading)
    match question.kind:
        case Kind.SEVERAL:
            return several_field(question, answer, label, reader, answering)
        case Kind.RANKING:
            return ranking_field(question, answer, ranking, label, reader, answering)
        case Kind.MARK:
            return mark_field(question, answer, label, reader, answering)
        case _:
            return one_field(step, answer, label, reader, answering)
