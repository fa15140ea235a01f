"""How many letters fit on a line: the window's width, and how large the phone and the app make letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

import flet as ft

from theming.flet_text import BODY, STEPS

WIDTHS = ((0.34, "ijl.,:;!|()'’ "), (0.46, "frtI-і"), (0.6, "acesvxyzéEFJL?1279"), (0.98, "mwMW%@жмфшщю"))
"""Of letters, in their size: at most so wide in any of the app's faces, bold."""
CAPITAL, OTHER = 0.83, 0.67
UNSEEN = ("Cf", "Mn")
"""Marks of direction, and what stands above or below another letter."""

MARGINS = 68
"""Pixels beside a line, in a box on a screen."""

PROBE = 20
"""Pixels; letters of this size, one line high, tell how large the phone makes them."""


@dataclass(frozen=True)
class Room:
    """`width`: of the window, in pixels. `phone`: what the phone makes of letters by itself, 2.0 for twice
    as large. `scale`: what was chosen in the app, in per cent."""

    width: float = 320
    phone: float = 1.0
    scale: int = 100

    def line(self, margins: int = MARGINS, widest: int = 640) -> float:
        """Pixels of a line, as they are before the phone enlarges letters."""
        return (min(self.width, widest) - margins) / self.phone


RoomContext: ft.ContextProvider[Room] = ft.create_context(Room(width=1000))


def use_room(scale: int) -> Room:
    """A hook, for the root of the app: measured as soon as there is a screen, and again when it changes."""
    page = ft.context.page
    phone, set_phone = ft.use_state(1.0)
    width, set_width = ft.use_state(float(page.width or 320))

    def measured(event: ft.LayoutSizeChangeEvent[ft.LayoutControl]) -> None:
        if event.height:
            set_phone(round(event.height / PROBE, 2))

    def mount() -> None:
        page.on_resize = lambda event: set_width(float(event.width))
        page.overlay.append(_probe(measured))
        page.update()

    ft.use_effect(mount, [])
    return Room(width, phone, scale)


def _probe(measured: Callable[[ft.LayoutSizeChangeEvent[ft.LayoutControl]], None]) -> ft.Control:
    """Letters that nobody sees or hears: Flet tells a control's size, but not how large letters are."""
    style = ft.TextStyle(size=PROBE, height=1)
    text = ft.Text("x", style=style, opacity=0, no_wrap=True, on_size_change=measured, key="probe")
    unheard = ft.Semantics(exclude_semantics=True, content=text)
    return ft.Container(unheard, left=0, top=0, ignore_interactions=True)


def ems(text: str) -> float:
    """At most so wide, in the size of its letters, in any of the app's faces, bold."""
    return sum(_em(character) for character in text)


def _em(character: str) -> float:
    if category(character) in UNSEEN:
        return 0.0
    usual = CAPITAL if character.isupper() else OTHER
    return next((width for width, characters in WIDTHS if character in characters), usual)


def fitting(text: str, step: str, room: Room, margins: int = MARGINS) -> float | None:
    """The size at which the longest word stays whole; None where it does so at the step's own."""
    longest = max((ems(word) for word in text.split()), default=0.0)
    line = room.line(margins)
    if longest * STEPS[step].at(room.scale) <= line:
        return None
    return max(line / longest, BODY / room.phone)
