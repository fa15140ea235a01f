"""What the screens before and after sending share: every question with the answer in words."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.frame import heading, narrow, paragraph
from components.reader import Reader
from components.room import MARGINS
from domain.answers import Answer, Chosen, Declined, Figure, Rated, Written
from domain.poll import Kind
from domain.route import Step
from i18n.direction import isolated


def answer_row(
    number: int,
    step: Step,
    answer: Answer | None,
    reader: Reader,
    on_change: Callable[[], None] | None = None,
) -> ft.Control:
    """Question and answer; with `on_change` also a button whose name says which question it changes."""
    question = reader.say(step.heading)
    said = paragraph(answer_text(step, answer, reader), key=f"answer-{number}")
    button = [_change(number, question, reader, on_change)] if on_change else []
    return ft.Container(
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
        border_radius=12,
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        padding=16,
        content=ft.Column([heading(question, 2, MARGINS), said, *button], spacing=6),
    )


def _change(number: int, question: str, reader: Reader, on_change: Callable[[], None]) -> ft.Control:
    words = reader.words
    return ft.TextButton(
        content=ft.Text(
            words.text("Change"), semantics_label=words.text("Change: {question}", question=question)
        ),
        icon=ft.Icons.EDIT_OUTLINED,
        on_click=on_change,
        key=f"change-{number}",
        style=narrow(),
    )


def answer_text(step: Step, answer: Answer | None, reader: Reader) -> str:
    """An answer in words."""
    words, question = reader.words, step.question
    names = {option.id: reader.say(option.label) for option in question.options} | reader.declining()
    match answer:
        case Declined(why):
            return names[why.value]
        case Chosen(options) if question.kind is Kind.RANKING:
            return words.comma.join(f"{place}. {names[o]}" for place, o in enumerate(options, start=1))
        case Chosen(options):
            return words.list(tuple(names[o] for o in options))
        case Rated(ratings) if step.statement is not None and step.statement.id in ratings:
            return names[ratings[step.statement.id]]
        case Figure(value):
            unit = f" {reader.say(question.unit)}" if question.unit else ""
            return f"{words.number(value)}{unit}"
        case Written(text):
            return isolated(text, words.is_right_to_left)
        case _:
            return words.text("No answer")
