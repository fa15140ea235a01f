"""Rows that can be pressed, and facts with a name."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.frame import paragraph


def link_row(
    title: str, subtitle: str, on_click: Callable[[], None], key: str, icon: ft.IconData | None = None
) -> ft.Control:
    """A wide button with a title and a line below it."""
    return ft.Container(
        ft.ListTile(
            key=key,
            leading=ft.Icon(icon, color=ft.Colors.PRIMARY) if icon else None,
            title=ft.Text(title, theme_style=ft.TextThemeStyle.TITLE_MEDIUM),
            subtitle=ft.Text(subtitle, theme_style=ft.TextThemeStyle.BODY_MEDIUM),
            trailing=ft.Icon(ft.Icons.CHEVRON_RIGHT),
            on_click=on_click,
            min_height=72,
        ),
        border=ft.Border.all(1, ft.Colors.OUTLINE),
        border_radius=12,
        bgcolor=ft.Colors.SURFACE_CONTAINER,
    )


def fact(name: str, text: str, icon: ft.IconData) -> ft.Control:
    """A short name with its sentence, read together."""
    return ft.MergeSemantics(
        ft.Row(
            spacing=16,
            vertical_alignment=ft.CrossAxisAlignment.START,
            controls=[
                ft.Icon(icon, color=ft.Colors.PRIMARY),
                ft.Column(
                    expand=True,
                    spacing=2,
                    controls=[ft.Text(name, theme_style=ft.TextThemeStyle.TITLE_SMALL), paragraph(text)],
                ),
            ],
        )
    )
