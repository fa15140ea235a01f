"""Screen: how the app reads."""

from __future__ import annotations

import flet as ft

from components.frame import framed, paragraph, primary
from components.language_choice import LanguageChoice, not_read_yet
from components.legibility import (
    choose_brightness,
    choose_contrast,
    choose_face,
    choose_letters,
    choose_plain_language,
    choose_read_aloud,
)
from state.app_state import SCALES, use_app
from views.context import header, to, use_words


@ft.component
def SettingsView() -> ft.View:
    app, words = use_app(), use_words()

    def brighten(chosen: str) -> None:
        app.brighten("light" if chosen == "light" else "dark" if chosen == "dark" else "system")

    body: list[ft.Control] = [
        paragraph(words.text("What you choose here changes at once, and stays like that.")),
        choose_letters(words, SCALES, app.scale, app.enlarge),
        choose_contrast(words, app.contrast, app.use_contrast),
        choose_brightness(words, app.brightness, brighten),
        choose_face(words, app.plain_letters, app.use_plain_letters),
        LanguageChoice(words, app.speak, key="choose-language"),
        *not_read_yet(words),
        choose_plain_language(words, app.plain, app.use_plain_language),
        choose_read_aloud(words, app.read_aloud, app.use_read_aloud),
    ]
    back = to(app.before)
    actions = [primary(words.text("Done"), back, "done")]
    return framed(
        ft.use_view_path(),
        header(app, back, here="settings"),
        words.text("Display"),
        body,
        actions=actions,
    )
