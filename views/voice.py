"""Part of a screen: its text can be heard, where the resident wants that."""

from __future__ import annotations

import flet as ft

from components.frame import small
from components.read_aloud import ReadAloud
from domain.speech import tag_of
from domain.texts import Texts
from state.app_state import use_app
from state.services import use_services
from views.context import use_words


@ft.component
def Voice(
    poll: str,
    screen: str,
    texts: tuple[Texts, ...],
    key: str | None = None,  # noqa: ARG001  (read by Flet)
) -> ft.Control:
    """`screen`: its id (`domain.route`, `domain.speech`); `texts`: what is read there."""
    app, services, words = use_app(), use_services(), use_words()
    tag = tag_of(texts, app.language, plain=app.plain)
    voice = ft.use_memo(lambda: services.desk.voice(poll, tag, screen), [tag, app.version])
    if voice.sound is not None:
        return ReadAloud(voice.sound, words, key=f"read-{tag}")
    if voice.coming:
        return small(words.text("The voice has not come yet. It comes by itself when there is a network."))
    return small(words.text("Nobody has read this aloud in this language yet."))
