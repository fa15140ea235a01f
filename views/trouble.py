"""Screen: the phone cannot keep anything, so the app cannot start yet. Nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.dress import use_dress
from components.frame import Header, framed, primary
from components.notice import Tone, notice
from i18n.wording import Wording
from theming.flet_theme import Legibility
from theming.house_style import HouseStyle
from views.sentences import storage_trouble


@ft.component
def TroubleApp(trouble: str, style: HouseStyle, language: str, on_retry: Callable[[], None]) -> object:
    """The whole app while it cannot start. `trouble`: `full`, `damaged` or `newer`."""
    words = Wording(language)
    use_dress(style, Legibility(), words, "Samenspraak")
    body = [notice(storage_trouble(trouble, words), Tone.WRONG, key="trouble", live=True)]
    actions = [primary(words.text("Try again"), on_retry, "retry")]
    title = words.text("The app cannot start yet")
    return [framed("/", Header(), title, body, actions=actions)]
