"""Screen: the first one. How the app reads comes before anything else."""

from __future__ import annotations

from functools import partial

import flet as ft

from components.emblem import use_emblem
from components.frame import Header, framed, paragraph, primary
from components.language_choice import LanguageChoice
from components.legibility import choose_contrast, choose_letters, choose_read_aloud
from components.notice import notice
from components.room import Room, RoomContext
from i18n.wording import Wording
from state.app_state import use_app
from state.services import use_services
from views.context import use_words

SCALES = (100, 150, 200)
"""Few choices here; the settings have more."""


LARGE = 1.25
"""From here on a phone's letters are called large."""


@ft.component
def WelcomeView() -> ft.View:
    app, services, words = use_app(), use_services(), use_words()
    return framed(
        "/welcome",
        Header(),
        words.text("Welcome to Samenspraak"),
        [
            paragraph(
                words.text(
                    "{municipality} would like to know what you think.",
                    municipality=services.municipality.name,
                )
            ),
            LanguageChoice(words, app.speak, key="choose-language"),
            *_already_large(ft.use_context(RoomContext), words),
            choose_letters(words, SCALES, app.scale, app.enlarge),
            choose_contrast(words, app.contrast, app.use_contrast),
            choose_read_aloud(words, app.read_aloud, app.use_read_aloud),
        ],
        above=use_emblem(),
        actions=[primary(words.text("Continue"), partial(app.welcome_done), "continue")],
    )


def _already_large(room: Room, words: Wording) -> list[ft.Control]:
    """The phone's letters and the app's multiply: who does not know that ends with two words on a screen."""
    if room.phone < LARGE:
        return []
    said = words.text(
        "The letters of your phone are large already. So the app needs no larger ones. Can you read this "
        "well? Then leave it at ordinary letters."
    )
    return [notice(said, key="already-large")]
