"""The frame around every screen: the same header, one heading, a column that is never too wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from components.room import Room, RoomContext, ems, fitting
from theming.flet_text import BODY, STEPS

WIDEST = 640
"""Pixels; longer lines are hard to follow."""

BAR_PADDING = 3
"""Pixels on either side of a button in the header."""

BAR_GAP = 8
"""Pixels between two of them."""


@dataclass(frozen=True)
class Header:
    """Buttons that stand in the same place on every screen, as large as if all of them were there.

    A button without something to do is not shown.
    """

    back: str | None = None
    on_back: Callable[[], None] | None = None
    settings: str | None = None
    on_settings: Callable[[], None] | None = None
    help: str | None = None
    on_help: Callable[[], None] | None = None

    def words(self) -> str:
        return "".join(word for word in (self.back, self.settings, self.help) if word)


def framed(
    route: str,
    header: Header,
    title: str,
    body: Sequence[ft.Control],
    *,
    above: Sequence[ft.Control] = (),
    actions: Sequence[ft.Control] = (),
    key: str = "screen",
) -> ft.View:
    """A screen. `above` stands between header and heading; `actions` come last, the main one first.

    Everything is in one scrolling column: with very large letters nothing may cover the text.
    """
    bar = [Bar(header)] if header.words() else []
    column = ft.Column(
        key=key,
        spacing=20,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[*bar, *above, heading(title), *body, *_spaced(actions)],
    )
    return ft.View(
        route=route,
        padding=0,
        scroll=ft.ScrollMode.AUTO,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        controls=[
            ft.SafeArea(
                content=ft.Container(
                    width=WIDEST,
                    padding=ft.Padding.only(left=16, top=8 if bar else 24, right=16, bottom=40),
                    content=column,
                ),
            )
        ],
    )


def heading(text: str, level: int = 1, margins: int = 32) -> ft.Control:
    """A heading that a screen reader knows as one; level 1 is the screen's own. `margins`: pixels beside it.

    It shrinks rather than break a word: what stands below it may be larger, but it can be read.
    """
    return Heading(text, level, margins)


@ft.component
def Heading(text: str, level: int, margins: int) -> ft.Control:
    room = ft.use_context(RoomContext)
    styles = {1: ft.TextThemeStyle.HEADLINE_MEDIUM, 2: ft.TextThemeStyle.TITLE_LARGE}
    style = styles.get(level, ft.TextThemeStyle.TITLE_MEDIUM)
    size = fitting(text, style.name.lower(), room, margins)
    return ft.Semantics(header=True, heading_level=level, content=ft.Text(text, theme_style=style, size=size))


def paragraph(text: str, key: str | None = None) -> ft.Control:
    return ft.Text(text, theme_style=ft.TextThemeStyle.BODY_LARGE, key=key)


def small(text: str) -> ft.Control:
    return ft.Text(text, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ON_SURFACE_VARIANT)


def primary(text: str, on_click: Callable[[], None], key: str) -> ft.Control:
    """The button that moves on. One on a screen."""
    return ft.FilledButton(_label(text), on_click=on_click, key=key)


def secondary(text: str, on_click: Callable[[], object], key: str) -> ft.Control:
    return ft.OutlinedButton(_label(text), on_click=on_click, key=key)


def quiet(text: str, on_click: Callable[[], None], key: str) -> ft.Control:
    return ft.TextButton(_label(text), on_click=on_click, key=key)


def _label(text: str) -> ft.Text:
    """Wraps rather than clips when letters are very large."""
    return ft.Text(text, text_align=ft.TextAlign.CENTER)


def _spaced(actions: Sequence[ft.Control]) -> list[ft.Control]:
    if not actions:
        return []
    stretched = ft.Column(
        list(actions), spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH, key="actions"
    )
    return [ft.Container(stretched, padding=ft.Padding.only(top=8))]


@ft.component
def Bar(header: Header) -> ft.Control:
    """Back on the left, how it reads and help on the right, in one row wherever that can be.

    Each is a pictogram with its word below: beside each other they took three rows of large letters.
    """
    room = ft.use_context(RoomContext)
    size = _bar_letters(header.words(), room)
    back = _bar_button(header.back, ft.Icons.ARROW_BACK, header.on_back, "back", size)
    found = [
        _bar_button(header.settings, ft.Icons.TEXT_INCREASE, header.on_settings, "to-settings", size),
        _bar_button(header.help, ft.Icons.HELP_OUTLINE, header.on_help, "to-help", size),
    ]
    right = ft.Row([b for b in found if b], wrap=True, spacing=BAR_GAP, run_spacing=BAR_GAP, tight=True)
    return ft.Row(
        [back, right] if back else [right],
        wrap=True,
        spacing=BAR_GAP,
        run_spacing=BAR_GAP,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN if back else ft.MainAxisAlignment.END,
    )


def _bar_letters(shown: str, room: Room) -> float:
    """Pixels: as large as other letters, or as large as fits in one row, but never below running text."""
    row = room.line(margins=32 + 3 * 2 * BAR_PADDING + 2 * BAR_GAP)
    return max(min(STEPS["label_large"].at(room.scale), row / ems(shown)), BODY)


def _bar_button(
    text: str | None, icon: ft.IconData, on_click: Callable[[], None] | None, key: str, size: float
) -> ft.Control | None:
    if text is None or on_click is None:
        return None
    word = ft.Text(text, size=size, style=ft.TextStyle(height=1.2))
    column: list[ft.Control] = [ft.Icon(icon), word]
    return ft.TextButton(
        ft.Column(column, spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.CENTER),
        on_click=on_click,
        key=key,
        style=ft.ButtonStyle(padding=ft.Padding.symmetric(vertical=6, horizontal=BAR_PADDING)),
    )


def narrow() -> ft.ButtonStyle:
    """For a text button that stands in line with the text around it; still 48 pixels high."""
    return ft.ButtonStyle(padding=ft.Padding.symmetric(vertical=14, horizontal=8))
