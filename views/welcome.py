"""Screen: the first one. How the app reads comes before anything else."""

from __future__ import annotations

from functools import partial

import flet as ft

from components.frame import Header, framed, paragraph, primary
from components.legibility import choose_contrast, choose_language, choose_letters
from state.app_state import use_app
from state.services import use_services
from views.context import use_words

SCALES = (100, 150, 200)
"""Few choices here; the settings have more."""


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
            choose_language(words, app.speak),
            choose_letters(words, SCALES, app.scale, app.enlarge),
            choose_contrast(words, app.contrast, app.use_contrast),
        ],
        actions=[primary(words.text("Continue"), partial(app.welcome_done), "continue")],
    )
