"""A message in a box: never by colour alone, and told to screen readers when it appears."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import flet as ft

from components.beside import Beside

PADDING = 12  # pixels: long words need the room
MARGINS = 32 + 2 * PADDING
"""Pixels beside what is in a notice."""


class Tone(Enum):
    """Icon, background and text of a notice."""

    CALM = (ft.Icons.INFO_OUTLINE, ft.Colors.SURFACE_CONTAINER, ft.Colors.ON_SURFACE)
    GOOD = (ft.Icons.CHECK_CIRCLE_OUTLINE, ft.Colors.TERTIARY_CONTAINER, ft.Colors.ON_TERTIARY_CONTAINER)
    WAITING = (ft.Icons.SCHEDULE, ft.Colors.SURFACE_CONTAINER, ft.Colors.ON_SURFACE)
    WRONG = (ft.Icons.ERROR_OUTLINE, ft.Colors.ERROR_CONTAINER, ft.Colors.ON_ERROR_CONTAINER)


def notice(text: str, tone: Tone = Tone.CALM, key: str | None = None, live: bool = False) -> ft.Control:
    """`live`: announced when it appears or changes."""
    icon, background, colour = tone.value
    words = ft.Text(text, theme_style=ft.TextThemeStyle.BODY_LARGE, color=colour, key=key)
    row = Beside(ft.Icon(icon, color=colour), words, text, MARGINS)
    box = ft.Container(row, bgcolor=background, border_radius=12, padding=PADDING)
    return ft.Semantics(live_region=True, content=box) if live else box


def warning(title: str, lines: Sequence[str], code: str, key: str) -> ft.Control:
    """What went wrong and what to do, under a heading of level 2; last and largest the code to pass on."""
    icon, background, colour = Tone.WRONG.value
    sentences: list[ft.Control] = [
        ft.Text(line, theme_style=ft.TextThemeStyle.BODY_LARGE, color=colour) for line in lines
    ]
    titled = ft.Text(title, theme_style=ft.TextThemeStyle.TITLE_LARGE, color=colour)
    said = ft.Text(code, theme_style=ft.TextThemeStyle.TITLE_LARGE, color=colour, key=key)
    box = ft.Container(
        bgcolor=background,
        border_radius=12,
        padding=16,
        content=ft.Column(
            spacing=12,
            controls=[
                ft.Icon(icon, color=colour),
                ft.Semantics(header=True, heading_level=2, content=titled),
                *sentences,
                said,
            ],
        ),
    )
    return ft.Semantics(live_region=True, content=box)
