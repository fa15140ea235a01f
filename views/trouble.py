"""Screen: the phone cannot keep anything, so the app cannot start yet. Nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.dress import use_dress
from components.frame import Header, framed, heading, paragraph, primary
from components.notice import Tone, notice
from components.room import RoomContext, use_room
from i18n.wording import Wording
from theming.flet_theme import Legibility
from theming.house_style import HouseStyle
from views.sentences import starting_trouble


@ft.component
def TroubleApp(trouble: str, style: HouseStyle, language: str, on_retry: Callable[[], None]) -> object:
    """The whole app while it cannot start. `trouble`: `full`, `damaged` or `newer`.

    In high contrast for everybody: what she chose lies in what cannot be opened.
    """
    words, room = Wording(language), use_room(100)
    use_dress(style, Legibility(high_contrast=True), words, "Samenspraak")
    body = [
        notice(starting_trouble(trouble, words), Tone.WRONG, key="trouble", live=True),
        primary(words.text("Try again"), on_retry, "retry"),
        heading(words.text("Does it still not work?"), 2),
        paragraph(words.text("Ask someone to look at your phone with you, or call the municipality.")),
    ]
    title = words.text("The app cannot start yet")
    return RoomContext(room, lambda: [framed("/", Header(), title, body)])
