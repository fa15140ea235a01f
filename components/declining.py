"""Not answering, where a question allows it: "don't know" and "would rather not say"."""

from __future__ import annotations

import flet as ft

from components.answering import Answering
from components.choices import Choice, pick_one
from components.reader import Reader
from domain.answers import Answer, Declined, Declining
from domain.fitting import offered_declining
from domain.poll import Question


def declining(question: Question, reader: Reader) -> list[Choice]:
    """The ways not to answer, as rows after the options."""
    return [Choice(why.value, reader.declining()[why.value]) for why in offered_declining(question)]


def declining_rows(
    question: Question, answer: Answer | None, reader: Reader, answering: Answering
) -> list[ft.Control]:
    """The ways not to answer, below another kind of field; nothing where none is offered."""
    choices = declining(question, reader)
    if not choices:
        return []
    chosen = answer.why.value if isinstance(answer, Declined) else None
    label = reader.words.text("Or")
    return [pick_one(label, choices, chosen, lambda id: answering.on_decline(Declining(id)), "decline")]
