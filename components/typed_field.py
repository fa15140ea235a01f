"""Questions answered by typing: a text or a number."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from components.answering import Answering
from components.declining import declining_rows
from components.reader import Reader
from components.writing_field import WritingField
from domain.answers import Answer, Declined
from domain.poll import Kind, Question
from i18n.wording import Wording


def typed_field(
    question: Question,
    answer: Answer | None,
    typed: str,
    told: Sequence[ft.Control],
    reader: Reader,
    answering: Answering,
) -> ft.Control:
    """`typed`: what stands in it at first; declining empties it. `told`: what is wrong with it."""
    words, is_text = reader.words, question.kind is Kind.TEXT
    unit = reader.say(question.unit) if question.unit else None
    field = WritingField(
        label=words.text("Your answer") if not unit else words.text("Your answer, in {unit}", unit=unit),
        hint=words.plural("One character at most", "{n} characters at most", question.max_length)
        if is_text
        else _range(question, words),
        value=typed,
        on_write=answering.on_write,
        lines=4 if is_text else 1,
        wrong=bool(told),
        told=told,
        field_key="answer",
        key="declined" if isinstance(answer, Declined) else "given",
    )
    return ft.Column(
        [field, *declining_rows(question, answer, reader, answering)],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _range(question: Question, words: Wording) -> str | None:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        return words.text("A number from {low} to {high}", low=words.number(low), high=words.number(high))
    return None
