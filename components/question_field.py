"""The control with which one question is answered, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import flet as ft

from components.choices import Choice, pick_figure, pick_one, pick_several
from components.frame import paragraph, small
from components.writing_field import WritingField
from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated
from domain.fitting import MARKS, offered_declining
from domain.poll import Kind, Question
from domain.route import Step
from domain.texts import Texts
from i18n.wording import Wording

SMILEYS = {
    3: (
        ft.Icons.SENTIMENT_DISSATISFIED_OUTLINED,
        ft.Icons.SENTIMENT_NEUTRAL_OUTLINED,
        ft.Icons.SENTIMENT_SATISFIED_OUTLINED,
    ),
    5: (
        ft.Icons.SENTIMENT_VERY_DISSATISFIED_OUTLINED,
        ft.Icons.SENTIMENT_DISSATISFIED_OUTLINED,
        ft.Icons.SENTIMENT_NEUTRAL_OUTLINED,
        ft.Icons.SENTIMENT_SATISFIED_OUTLINED,
        ft.Icons.SENTIMENT_VERY_SATISFIED_OUTLINED,
    ),
}
"""Faces from least to most, as the options of a smiley scale are ordered; always beside words."""


@dataclass(frozen=True)
class Answering:
    """What the field may do, by meaning."""

    on_choose: Callable[[str], None]
    on_toggle: Callable[[str], None]
    on_write: Callable[[str], None]
    on_decline: Callable[[Declining], None]
    on_move: Callable[[str, int], None]


@dataclass(frozen=True)
class Reader:
    """How poll texts are read: `say(texts)` gives the words in the resident's language."""

    words: Wording
    plain: bool

    def say(self, texts: Texts) -> str:
        return texts.get(self.words.language, plain=self.plain)


def question_field(
    step: Step,
    answer: Answer | None,
    typed: str,
    ranking: tuple[str, ...],
    error: str | None,
    reader: Reader,
    answering: Answering,
) -> ft.Control:
    """Everything below the heading with which the step is answered."""
    question, kind = step.question, step.question.kind
    label = reader.say(step.statement.text if step.statement else question.text)
    if kind is Kind.SEVERAL:
        return _several(question, answer, label, reader, answering)
    if kind is Kind.RANKING:
        return _ranking(question, answer, ranking, label, reader, answering)
    if kind in (Kind.TEXT, Kind.NUMBER):
        return _field(question, answer, typed, error, reader, answering)
    chosen = _chosen(step, answer)
    choices = [*_options(question, reader), *_declining(question, reader)]
    if kind is Kind.MARK:
        figures = [str(mark) for mark in range(MARKS[0], MARKS[1] + 1)]
        controls = [
            small(reader.words.text("1 is very bad, 10 is excellent.")),
            pick_figure(label, figures, chosen, answering.on_choose, "answer"),
            *_decline_rows(question, answer, reader, answering),
        ]
        return ft.Column(controls, spacing=16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return pick_one(label, choices, chosen, partial(_choose, answering, step), "answer")


def _choose(answering: Answering, step: Step, id: str) -> None:
    declining = {why.value: why for why in Declining}
    if step.statement is None and id in declining:
        answering.on_decline(declining[id])
    else:
        answering.on_choose(id)


def _chosen(step: Step, answer: Answer | None) -> str | None:
    match answer:
        case Declined(why):
            return why.value
        case Rated(ratings) if step.statement is not None:
            return ratings.get(step.statement.id)
        case Chosen(options) if options:
            return options[0]
        case Figure(value):
            return str(int(value))
        case _:
            return None


def _options(question: Question, reader: Reader) -> list[Choice]:
    faces = SMILEYS.get(len(question.options), ()) if question.kind is Kind.SMILEY else ()
    icons = faces or (None,) * len(question.options)
    return [Choice(o.id, reader.say(o.label), icon) for o, icon in zip(question.options, icons, strict=True)]


def declining_text(why: Declining, words: Wording) -> str:
    if why is Declining.DONT_KNOW:
        return words.text("I don't know")
    return words.text("I would rather not say")


def _declining(question: Question, reader: Reader) -> list[Choice]:
    return [Choice(why.value, declining_text(why, reader.words)) for why in offered_declining(question)]


def _decline_rows(
    question: Question, answer: Answer | None, reader: Reader, answering: Answering
) -> list[ft.Control]:
    """Declining as radio buttons below another kind of field."""
    choices = _declining(question, reader)
    if not choices:
        return []
    chosen = answer.why.value if isinstance(answer, Declined) else None
    label = reader.words.text("Or")
    return [
        pick_one(label, choices, chosen, lambda id: answering.on_decline(Declining(id)), "decline"),
    ]


def _several(
    question: Question, answer: Answer | None, label: str, reader: Reader, answering: Answering
) -> ft.Control:
    most = question.max_choices
    explained = (
        reader.words.plural("You can choose one answer.", "You can choose up to {n} answers.", most)
        if most
        else reader.words.text("You can choose more than one answer.")
    )
    chosen = answer.options if isinstance(answer, Chosen) else ()
    return ft.Column(
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            small(explained),
            pick_several(label, _options(question, reader), chosen, answering.on_toggle, "answer"),
            *_decline_rows(question, answer, reader, answering),
        ],
    )


def _ranking(
    question: Question,
    answer: Answer | None,
    ranking: tuple[str, ...],
    label: str,
    reader: Reader,
    answering: Answering,
) -> ft.Control:
    """A numbered list with buttons; nothing is dragged."""
    names = {option.id: reader.say(option.label) for option in question.options}
    rows = [
        _ranked(place, id, names[id], len(ranking), reader.words, answering)
        for place, id in enumerate(ranking, start=1)
    ]
    order = reader.words.list(tuple(names[id] for id in ranking))
    said = reader.words.text("Your order: {order}.", order=order)
    return ft.Column(
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Semantics(container=True, label=label, content=_stretched(rows)),
            ft.Semantics(live_region=True, content=small(said)),
            *_decline_rows(question, answer, reader, answering),
        ],
    )


def _stretched(rows: list[ft.Control]) -> ft.Control:
    return ft.Column(rows, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _ranked(place: int, id: str, name: str, count: int, words: Wording, answering: Answering) -> ft.Control:
    up = ft.OutlinedButton(
        content=ft.Icon(ft.Icons.ARROW_UPWARD, semantics_label=words.text("Move {name} up", name=name)),
        on_click=partial(answering.on_move, id, -1),
        disabled=place == 1,
        key=f"up-{id}",
    )
    down = ft.OutlinedButton(
        content=ft.Icon(ft.Icons.ARROW_DOWNWARD, semantics_label=words.text("Move {name} down", name=name)),
        on_click=partial(answering.on_move, id, 1),
        disabled=place == count,
        key=f"down-{id}",
    )
    return ft.Container(
        key=f"ranked-{id}",
        border=ft.Border.all(1, ft.Colors.OUTLINE),
        border_radius=12,
        padding=12,
        content=ft.Column(
            spacing=8,
            controls=[
                paragraph(f"{place}. {name}"),
                ft.Row([up, down], spacing=12, wrap=True),
            ],
        ),
    )


def _field(
    question: Question,
    answer: Answer | None,
    typed: str,
    error: str | None,
    reader: Reader,
    answering: Answering,
) -> ft.Control:
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
        wrong=error is not None,
        field_key="answer",
        key="declined" if isinstance(answer, Declined) else "given",
    )
    return ft.Column(
        [field, *_decline_rows(question, answer, reader, answering)],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _range(question: Question, words: Wording) -> str | None:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        return words.text("A number from {low} to {high}", low=words.number(low), high=words.number(high))
    return None
