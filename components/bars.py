"""Bars with their figures, which are a table to a screen reader.

Flet gives the roles of a table to a DataTable only, and columns beside each other do not fit large letters on
a phone. So everything is drawn in the first column, as wide as the screen; a screen reader is told the answer
there, and the figures in a second column, one pixel wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from components.frame import WIDEST, paragraph, small
from components.room import RoomContext, ems
from theming.flet_text import STEPS

TOLD = 1
"""Pixels; what has no size is not told."""
SIDES = 32
"""Pixels beside the text of a screen."""
GAP = 8
"""Pixels between words beside each other."""


@dataclass(frozen=True)
class Bar:
    """`share` of the bar is filled, 0 to 1. `figure` and what is `beside` it are drawn, `told` is heard."""

    label: str
    share: float
    figure: str
    told: str
    beside: str = ""


@ft.component
def Bars(name: str, columns: tuple[str, str], bars: Sequence[Bar]) -> ft.Control:
    """`name` and the names of the `columns` are heard only."""
    room = ft.use_context(RoomContext)
    width = min(room.width, WIDEST) - SIDES - TOLD
    side_by_side = all(_line(bar, room.scale) <= room.line(SIDES + TOLD) for bar in bars)
    table = ft.DataTable(
        columns=[ft.DataColumn(label=_told(column)) for column in columns],
        rows=[_row(bar, width, side_by_side) for bar in bars],
        heading_row_height=TOLD,
        data_row_min_height=0,
        data_row_max_height=float("inf"),
        horizontal_margin=0,
        column_spacing=0,
        divider_thickness=0,
    )
    return ft.Semantics(container=True, label=name, content=table)


def _line(bar: Bar, scale: int) -> float:
    """Pixels that its words need beside each other, at most."""
    words = ((bar.label, "body_large"), (bar.figure, "title_small"), (bar.beside, "body_medium"))
    return sum(ems(text) * STEPS[step].at(scale) for text, step in words) + 2 * GAP


def _row(bar: Bar, width: float, side_by_side: bool) -> ft.DataRow:
    return ft.DataRow([ft.DataCell(_drawn(bar, width, side_by_side)), ft.DataCell(_told(bar.told))])


def _drawn(bar: Bar, width: float, side_by_side: bool) -> ft.Control:
    """As wide as given: by itself a table is as wide as its longest word, wider than a small screen."""
    line = ft.ProgressBar(value=bar.share, bar_height=12, year_2023=True)
    return ft.Container(
        width=width,
        padding=ft.Padding.symmetric(vertical=6),
        content=ft.Column(
            [*_words(bar, side_by_side), _unheard(line)],
            spacing=4,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
    )


def _words(bar: Bar, side_by_side: bool) -> list[ft.Control]:
    """The answer with its figures beside or below it, the same for all bars of a chart."""
    parts: list[ft.Control] = [ft.Text(bar.figure, theme_style=ft.TextThemeStyle.TITLE_SMALL)]
    if bar.beside:
        parts.append(small(bar.beside))
    figures = _unheard(ft.Row(parts, wrap=True, spacing=GAP, run_spacing=0, tight=True))
    if not side_by_side:
        return [paragraph(bar.label), figures]
    apart = ft.MainAxisAlignment.SPACE_BETWEEN
    return [ft.Row([paragraph(bar.label), figures], wrap=True, run_spacing=0, spacing=GAP, alignment=apart)]


def _told(text: str) -> ft.Control:
    return ft.Semantics(container=True, label=text, content=ft.Container(width=TOLD, height=TOLD))


def _unheard(control: ft.Control) -> ft.Control:
    return ft.Semantics(exclude_semantics=True, content=control)
