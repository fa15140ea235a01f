"""Answers to pick from: wide rows that can be pressed anywhere, and grow with their letters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import flet as ft


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: its id, its words, and the icon beside the words where there is one."""

    id: str
    label: str
    icon: ft.IconData | None = None


def pick_one(
    label: str, choices: Sequence[Choice], chosen: str | None, on_choose: Callable[[str], None], key: str
) -> ft.Control:
    """Radio buttons below each other. `label` names the group for screen readers."""
    rows = [_radio_row(choice, chosen, on_choose) for choice in choices]
    return _radio_group(label, _rows(rows), chosen, on_choose, key)


def pick_figure(
    label: str, figures: Sequence[str], chosen: str | None, on_choose: Callable[[str], None], key: str
) -> ft.Control:
    """Radio buttons for short figures, several on a line."""
    cells: list[ft.Control] = [
        ft.Container(_radio_row(Choice(figure, figure), chosen, on_choose), col={"xs": 6, "sm": 4, "md": 2.4})
        for figure in figures
    ]
    grid = ft.ResponsiveRow(cells, spacing=8, run_spacing=8)
    return _radio_group(label, grid, chosen, on_choose, key)


def pick_several(
    label: str,
    choices: Sequence[Choice],
    chosen: Collection[str],
    on_toggle: Callable[[str], None],
    key: str,
) -> ft.Control:
    """Checkboxes. `label` names the group for screen readers."""
    rows: list[ft.Control] = []
    for choice in choices:
        toggle = partial(on_toggle, choice.id)
        box = ft.Checkbox(
            value=choice.id in chosen, on_change=lambda _, t=toggle: t(), key=f"{key}-{choice.id}"
        )
        rows.append(_row(box, choice, toggle, choice.id in chosen))
    return ft.Semantics(container=True, label=label, content=_rows(rows))


def _radio_group(
    label: str, content: ft.Control, chosen: str | None, on_choose: Callable[[str], None], key: str
) -> ft.Control:
    def changed(event: ft.Event[ft.RadioGroup]) -> None:
        if event.control.value is not None:
            on_choose(event.control.value)

    group = ft.RadioGroup(value=chosen, on_change=changed, key=key, content=content)
    return ft.Semantics(container=True, label=label, content=group)


def _radio_row(choice: Choice, chosen: str | None, on_choose: Callable[[str], None]) -> ft.Control:
    return _row(ft.Radio(value=choice.id), choice, partial(on_choose, choice.id), choice.id == chosen)


def _rows(rows: list[ft.Control]) -> ft.Control:
    return ft.Column(rows, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _row(box: ft.Control, choice: Choice, on_tap: Callable[[], None], chosen: bool) -> ft.Control:
    """The box and its words as one thing, with an edge that shows where to press.

    The labels of Radio and Checkbox themselves do not wrap: with large letters they would be cut off.
    """
    words = ft.Text(choice.label, theme_style=ft.TextThemeStyle.BODY_LARGE, expand=True)
    face = [ft.Icon(choice.icon, size=36)] if choice.icon else []
    return ft.MergeSemantics(
        ft.Container(
            ft.Row([box, words, *face], spacing=8),
            on_click=on_tap,
            border=ft.Border.all(3 if chosen else 1, ft.Colors.PRIMARY if chosen else ft.Colors.OUTLINE),
            border_radius=12,
            bgcolor=ft.Colors.SECONDARY_CONTAINER if chosen else None,
            padding=ft.Padding.symmetric(vertical=6 if chosen else 8, horizontal=10 if chosen else 12),
        )
    )
