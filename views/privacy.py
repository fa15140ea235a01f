"""Screen: privacy in plain words."""

from __future__ import annotations

import flet as ft

from components.frame import framed, heading, paragraph
from state.app_state import use_app
from state.services import use_services
from views.context import header, to, use_words
from views.sentences import in_browser


@ft.component
def PrivacyView() -> ft.View:
    app, services, words = use_app(), use_services(), use_words()
    body: list[ft.Control] = [
        paragraph(words.text("Nobody can see which answers are yours. This is how that works.")),
        heading(words.text("Your code is not your answer"), 2),
        paragraph(
            words.text(
                "With your code your phone collects blank voting slips. The municipality stamps them without "
                "seeing them. Later it sees that a slip is real, but not whose it is."
            )
        ),
        heading(words.text("Your answers are locked"), 2),
        paragraph(
            words.text(
                "Your phone locks your answers before it sends them. Only those who count have the key, "
                "and they open everything together, after the poll has closed."
            )
        ),
        heading(words.text("Someone else shuffles"), 2),
        paragraph(
            words.text(
                "Your locked answers first go to a letterbox. It waits until there are more, shuffles them, "
                "and only then passes them on. So the time says nothing either."
            )
        ),
        heading(words.text("Small groups stay hidden"), 2),
        paragraph(
            words.text("We never show results of fewer than ten people, and we round all numbers to five.")
        ),
        heading(words.text("What is on your phone"), 2),
        paragraph(
            words.text(
                "Your settings, your polls, and answers you have not sent yet. After sending, your answers "
                "are only there in locked form. Unless you asked for a copy: you can remove it whenever you "
                "want."
            )
        ),
        heading(words.text("What we cannot prevent"), 2),
        paragraph(
            words.text(
                "Someone looking over your shoulder sees what you do. And what you write in an open answer "
                "can be read: so do not write names there."
            )
        ),
    ]
    if services.in_browser:
        body.append(paragraph(in_browser(words)))
    return framed(ft.use_view_path(), header(app, to(app.before)), words.text("Your privacy"), body)
