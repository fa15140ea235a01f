"""What nearly every screen needs: the words, how poll texts are read, the header, the way home."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.frame import Header
from components.notice import Tone, notice
from components.reader import Reader
from i18n.wording import Wording
from state.app_state import AppState, use_app
from views.sentences import storage_trouble

ASIDES = ("/settings", "/help", "/privacy")
"""Screens beside the way through a poll: Back leads to where the resident was."""


def use_words() -> Wording:
    return Wording(use_app().language)


def use_reader() -> Reader:
    app = use_app()
    return Reader(Wording(app.language), app.plain)


def go(route: str) -> None:
    """Show another screen."""
    ft.context.page.navigate(route)


def to(route: str) -> Callable[[], None]:
    return lambda: go(route)


def aside(app: AppState, route: str) -> Callable[[], None]:
    """Show a screen that leads back to the one it was opened from."""

    def open_it() -> None:
        here = ft.context.page.route or "/polls"
        if here not in ASIDES:
            app.before = here
        go(route)

    return open_it


def troubles(app: AppState) -> list[ft.Control]:
    """What the phone could not keep, if anything."""
    if app.trouble is None:
        return []
    said = storage_trouble(app.trouble, Wording(app.language))
    return [notice(said, Tone.WRONG, key="trouble", live=True)]


def header(app: AppState, on_back: Callable[[], None] | None = None, *, here: str = "") -> Header:
    """The header of a screen. `here`: the name of the screen itself, which needs no button to itself."""
    words = Wording(app.language)
    return Header(
        back=words.text("Back"),
        on_back=on_back,
        settings=words.text("Display"),
        on_settings=aside(app, "/settings") if here != "settings" else None,
        help=words.text("Help"),
        on_help=aside(app, "/help") if here != "help" else None,
    )
