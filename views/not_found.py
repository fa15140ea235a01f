"""Screen: a poll that is not on this phone."""

from __future__ import annotations

import flet as ft

from components.frame import framed, paragraph
from state.app_state import use_app
from views.context import header, to, use_words


@ft.component
def NotFoundView() -> ft.View:
    app, words = use_app(), use_words()
    body = [paragraph(words.text("This poll is not on your phone."))]
    return framed(ft.use_view_path(), header(app, to("/polls")), words.text("Not found"), body)
