"""The municipality's logo, where a resident should see at once who asks."""

from __future__ import annotations

import flet as ft

from components.room import RoomContext
from theming.logo import Logo

LogoContext: ft.ContextProvider[Logo | None] = ft.create_context(None)
HEIGHT = 56  # pixels
PLATE = "#FFFFFF"
"""Logos are drawn for paper: on a dark screen they keep a light plate, and their own colours."""


def use_emblem() -> list[ft.Control]:
    """A hook: for the top of a screen; nothing where the house style has no logo."""
    logo, room = ft.use_context(LogoContext), ft.use_context(RoomContext)
    if logo is None:
        return []
    widest = min(room.width - 64, 320)
    height = min(HEIGHT, widest * logo.height / logo.width)
    picture = ft.Image(
        src=logo.data.decode() if logo.kind == "svg" else logo.data,
        semantics_label=logo.alternative,
        height=height,
        width=height * logo.width / logo.height,
        fit=ft.BoxFit.CONTAIN,
    )
    plate = ft.Container(picture, bgcolor=PLATE, border_radius=8, padding=8, key="emblem")
    return [ft.Row([plate], alignment=ft.MainAxisAlignment.START)]
