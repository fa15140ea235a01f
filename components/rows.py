"""Rows that can be pressed, and facts with a name."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.beside import Beside
from components.frame import paragraph
from i18n.direction import left_to_right


def link_row(title: str, subtitle: str, on_click: Callable[[], None], key: str) -> ft.Control:
    """A wide button with a title and a line below it. Nothing beside them: large letters need the room."""
    words = ft.Column(
        spacing=2,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Text(title, theme_style=ft.TextThemeStyle.TITLE_MEDIUM, color=ft.Colors.PRIMARY),
            ft.Text(subtitle, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ON_SURFACE),
        ],
    )
    style = ft.ButtonStyle(
        padding=16,
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        shape=ft.RoundedRectangleBorder(radius=12),
        alignment=ft.Alignment.CENTER_LEFT,
    )
    return ft.OutlinedButton(content=words, on_click=on_click, key=key, style=style)


def number_to_compare(number: str, key: str) -> ft.Control:
    """A long number in its groups, as large as a heading, to lay beside the same one on paper.

    Groups stay whole where a line ends, however large the letters are, and in an app from right to left
    they run as on paper.
    """
    return ft.Text(
        left_to_right("  ".join(number.split())), theme_style=ft.TextThemeStyle.TITLE_LARGE, key=key
    )


def fact(name: str, text: str, icon: ft.IconData) -> ft.Control:
    """A short name with its sentence, read together."""
    words = ft.Column(
        [ft.Text(name, theme_style=ft.TextThemeStyle.TITLE_SMALL), paragraph(text)],
        spacing=2,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    pictogram = ft.Icon(icon, color=ft.Colors.PRIMARY)
    return ft.MergeSemantics(Beside(pictogram, words, f"{name} {text}", margins=32))
