"""Text fields; Flet's theme has no place for these, so each field gets them by itself."""

from __future__ import annotations

import flet as ft

from theming.flet_buttons import RING

STATE = ft.ControlState


def field_border(radius: float, wrong: bool = False) -> dict[ft.ControlState, ft.InputBorder]:
    """`ft.TextField(border=...)`: an edge that shows, a heavier one in focus, the error's own colour.

    `wrong`: the edge of a field whose content may not stand, besides the words that say so.
    In names of colours, because these are no part of a theme and follow the page's.
    """
    return {
        STATE.FOCUSED: _border(radius, RING, ft.Colors.ON_SURFACE),
        STATE.ERROR: _border(radius, 2, ft.Colors.ERROR),
        STATE.DEFAULT: _border(radius, 2, ft.Colors.ERROR if wrong else ft.Colors.OUTLINE),
    }


def _border(radius: float, width: int, colour: ft.Colors) -> ft.InputBorder:
    return ft.OutlineInputBorder(side=ft.BorderSide(width, colour), border_radius=min(radius, 16))
