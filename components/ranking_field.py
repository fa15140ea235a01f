"""Putting options in order: a numbered list with buttons; nothing is dragged."""

from __future__ import annotations

from functools import partial

import flet as ft

from components.answering import Answering
from components.choices import Choice, pick_several
from components.declining import declining_rows
from components.frame import paragraph, small
from components.reader import Reader
from domain.answers import Answer, Chosen
from domain.poll import Question
from i18n.wording import Wording


def ranking_field(
    question: Question,
    answer: Answer | None,
    ranking: tuple[str, ...],
    label: str,
    reader: Reader,
    answering: Answering,
) -> ft.Control:
    """`ranking`: the options' ids, the first place first. A change is told to screen readers."""
    names = {option.id: reader.say(option.label) for option in question.options}
    rows = [
        _ranked(place, id, names[id], len(ranking), reader.words, answering)
        for place, id in enumerate(ranking, start=1)
    ]
    order = reader.words.list(tuple(names[id] for id in ranking))
    said = reader.words.text("Your order: {order}.", order=order)
    return ft.Column(
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Semantics(container=True, label=label, content=_stretched(rows)),
            ft.Semantics(live_region=True, content=small(said)),
            _agreeing(isinstance(answer, Chosen), reader.words, answering),
            *declining_rows(question, answer, reader, answering),
        ],
    )


def _agreeing(agreed: bool, words: Wording, answering: Answering) -> ft.Control:
    """What nobody touched is the printed order, not hers: it counts once she says that it is right."""
    label = words.text("This order is right")
    ticked = ("agree",) if agreed else ()
    return pick_several(label, [Choice("agree", label)], ticked, lambda _: answering.on_agree(), "order")


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
