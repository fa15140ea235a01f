"""The ring around what has the focus, where Flutter draws none."""

from __future__ import annotations

import flet as ft

GAP = 16
"""Pixels to leave between controls with a ring: it lies from 3 to 6 pixels outside each."""


def focus_ring(focused: bool) -> ft.BoxDecoration:
    """The foreground of a container around the control, whose corners are of 12 pixels.

    It takes no room, as on a button: what has it lines up with what has none, and the background between
    the two is a second ring. (A border that lies so far outside would pull the container's content along.)
    """
    # Unseen rather than absent: Flutter would build what is inside anew, and it would lose the focus.
    colour = ft.Colors.ON_SURFACE if focused else ft.Colors.TRANSPARENT
    side = ft.BorderSide(3, colour, stroke_align=3)
    return ft.BoxDecoration(border=ft.Border.all(side=side), border_radius=12)
