"""Questions answered by picking: one option, several, a face, a mark, or a place on a statement's scale."""

from __future__ import annotations

from functools import partial

import flet as ft

from components.answering import Answering
from components.choices import Choice, pick_figure, pick_one, pick_several
from components.declining import declining, declining_rows
from components.frame import small
from components.picture import drawn, own
from components.reader import Reader
from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated
from domain.fitting import MARKS
from domain.pictures import FACES
from domain.poll import Kind, Question
from domain.route import Step


def one_field(
    step: Step, answer: Answer | None, label: str, reader: Reader, answering: Answering
) -> ft.Control:
    """Radio buttons; the ways not to answer stand among them."""
    choices = [*_options(step.question, reader), *declining(step.question, reader)]
    return pick_one(label, choices, _chosen(step, answer), partial(_choose, answering, step), "answer")


def mark_field(
    question: Question, answer: Answer | None, label: str, reader: Reader, answering: Answering
) -> ft.Control:
    """A Dutch school mark (rapportcijfer)."""
    figures = [str(mark) for mark in range(MARKS[0], MARKS[1] + 1)]
    chosen = str(int(answer.value)) if isinstance(answer, Figure) else None
    return _below_each_other(
        small(reader.words.text("1 is very bad, 10 is excellent.")),
        pick_figure(label, figures, chosen, answering.on_choose, "answer"),
        *declining_rows(question, answer, reader, answering),
    )


def several_field(
    question: Question, answer: Answer | None, label: str, reader: Reader, answering: Answering
) -> ft.Control:
    """Checkboxes, with how many may be ticked."""
    most, words = question.max_choices, reader.words
    explained = words.text("You can choose more than one answer.")
    if most:
        explained = words.plural("You can choose one answer.", "You can choose up to {n} answers.", most)
    chosen = answer.options if isinstance(answer, Chosen) else ()
    return _below_each_other(
        small(explained),
        pick_several(label, _options(question, reader), chosen, answering.on_toggle, "answer"),
        *declining_rows(question, answer, reader, answering),
    )


def _options(question: Question, reader: Reader) -> list[Choice]:
    faces = FACES.get(len(question.options), ()) if question.kind is Kind.SMILEY else ()
    if faces:
        return [
            Choice(o.id, reader.say(o.label), own(f)) for o, f in zip(question.options, faces, strict=True)
        ]
    return [
        Choice(o.id, reader.say(o.label), drawn(o.picture, reader) if o.picture else None)
        for o in question.options
    ]


def _chosen(step: Step, answer: Answer | None) -> str | None:
    match answer:
        case Declined(why):
            return why.value
        case Rated(ratings) if step.statement is not None:
            return ratings.get(step.statement.id)
        case Chosen(options) if options:
            return options[0]
        case _:
            return None


def _choose(answering: Answering, step: Step, id: str) -> None:
    """Of a statement, not answering is a place on the scale; of a question it is an answer of its own."""
    ways = {why.value: why for why in Declining}
    if step.statement is None and id in ways:
        answering.on_decline(ways[id])
    else:
        answering.on_choose(id)


def _below_each_other(*controls: ft.Control) -> ft.Control:
    return ft.Column(list(controls), spacing=16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
