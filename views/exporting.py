"""Part of a screen: saving what the servers did not accept as a file, to give to the municipality."""

from __future__ import annotations

import flet as ft

from components.frame import paragraph, secondary
from components.notice import Tone, notice
from state.services import use_services
from views.context import use_words

FILE = "samenspraak.json"


@ft.component
def Exporting() -> ft.Control:
    """The file holds what would have been sent, sealed: giving it away shows who it is from."""
    services, words = use_services(), use_words()
    problem, set_problem = ft.use_state("")
    saved, set_saved = ft.use_state(False)

    async def save() -> None:
        try:
            path = await ft.FilePicker().save_file(file_name=FILE, src_bytes=services.desk.export_set_aside())
        except RuntimeError:  # the phone has no place where files can be saved
            set_problem(words.text("The file could not be saved. Call the municipality."))
        else:
            set_saved(path is not None or services.in_browser)

    parts: list[ft.Control] = [
        paragraph(
            words.text(
                "You can save what was not accepted as a file. The answers in it stay locked. Give the file "
                "to the municipality only if you do not mind: with it, they could find out which answers "
                "are yours."
            )
        ),
        secondary(words.text("Save as a file"), save, "export"),
    ]
    if problem:
        parts.append(notice(problem, Tone.WRONG, key="export-problem", live=True))
    if saved:
        done = words.text("The file is saved. It is called {name}.", name=FILE)
        parts.append(notice(done, Tone.GOOD, key="exported", live=True))
    return ft.Column(parts, spacing=16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
