"""A message in a box: never by colour alone, and told to screen readers when it appears."""

from __future__ import annotations

from enum import Enum

import flet as ft


class Tone(Enum):
    """Icon, background and text of a notice."""

    CALM = (ft.Icons.INFO_OUTLINE, ft.Colors.SURFACE_CONTAINER, ft.Colors.ON_SURFACE)
    GOOD = (ft.Icons.CHECK_CIRCLE_OUTLINE, ft.Colors.TERTIARY_CONTAINER, ft.Colors.ON_TERTIARY_CONTAINER)
    WAITING = (ft.Icons.SCHEDULE, ft.Colors.SURFACE_CONTAINER, ft.Colors.ON_SURFACE)
    WRONG = (ft.Icons.ERROR_OUTLINE, ft.Colors.ERROR_CONTAINER, ft.Colors.ON_ERROR_CONTAINER)


def notice(text: str, tone: Tone = Tone.CALM, key: str | None = None, live: bool = False) -> ft.Control:
    """`live`: announced when it appears or changes."""
    icon, background, colour = tone.value
    row = ft.Row(
        spacing=12,
        vertical_alignment=ft.CrossAxisAlignment.START,
        controls=[
            ft.Icon(icon, color=colour),
            ft.Text(text, theme_style=ft.TextThemeStyle.BODY_LARGE, color=colour, expand=True, key=key),
        ],
    )
    box = ft.Container(row, bgcolor=background, border_radius=12, padding=16)
    return ft.Semantics(live_region=True, content=box) if live else box
