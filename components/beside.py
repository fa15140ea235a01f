"""A pictogram and the words it belongs to: beside each other, or below where large letters need the line."""

from __future__ import annotations

import flet as ft

from components.room import Room, RoomContext, ems
from theming.flet_text import STEPS, icon_size

SPACING = 8
"""Pixels between the two."""


@ft.component
def Beside(
    pictogram: ft.Control,
    words: ft.Control,
    said: str,
    margins: int,
    key: str | None = None,  # noqa: ARG001  (read by Flet)
) -> ft.Control:
    """`said`: what is in the words; `margins`: pixels beside both, of the window's width."""
    if is_room(said, ft.use_context(RoomContext), margins):
        start = ft.CrossAxisAlignment.START
        wide = ft.Container(words, expand=True)
        return ft.Row([pictogram, wide], spacing=SPACING, vertical_alignment=start)
    return ft.Column(
        [ft.Row([pictogram]), words], spacing=4, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def is_room(said: str, room: Room, margins: int) -> bool:
    """Whether the longest word stays whole beside a pictogram."""
    longest = max((ems(word) for word in said.split()), default=0.0)
    line = room.line(margins + SPACING) - icon_size(room.scale)
    return longest * STEPS["body_large"].at(room.scale) <= line
