"""Screen: help, in the same place everywhere."""

from __future__ import annotations

import flet as ft

from components.frame import framed, heading, paragraph, quiet
from components.rows import number_to_compare
from i18n.direction import left_to_right
from i18n.wording import Wording
from state.app_state import use_app
from state.services import use_services
from views.context import aside, header, to, use_words


@ft.component
def HelpView() -> ft.View:
    app, services, words = use_app(), use_services(), use_words()
    questions = [
        (
            words.text("How do I join in?"),
            words.text("Use the code from your letter. Or choose a poll that is open to everyone."),
        ),
        (
            words.text("I have no internet"),
            words.text("Just go on. Your answers are saved on your phone and sent later."),
        ),
        (
            words.text("Can I stop and go on later?"),
            words.text("Yes. Every answer is saved at once. Open the poll again to go on."),
        ),
        (
            words.text("The letters are too small"),
            words.text("Choose Display at the top of the screen."),
        ),
        (
            words.text("My code does not work"),
            words.text("Check the words in your letter one by one. Still no luck? Call the municipality."),
        ),
    ]
    body = _call(services.desk.telephone(), services.municipality.name, words)
    for title, answer in questions:
        body += [heading(title, 2), paragraph(answer)]
    body += [
        heading(words.text("Is this app really from the municipality?"), 2),
        paragraph(
            words.text(
                "Take your letter. This number stands in it too. Are the two the same? Then the app is real. "
                "Not the same? Do not use the app, and call the municipality."
            )
        ),
        number_to_compare(services.desk.fingerprint(), "fingerprint"),
    ]
    actions = [quiet(words.text("Your privacy"), aside(app, "/privacy"), "to-privacy")]
    return framed(
        ft.use_view_path(),
        header(app, to(app.before), here="help"),
        words.text("Help"),
        body,
        actions=actions,
    )


def _call(number: str | None, municipality: str, words: Wording) -> list[ft.Control]:
    """First of all, for who does not find it below. A press calls, where the device can."""
    if number is None:
        return []
    shown = left_to_right(number.replace(" ", "\u00a0"))  # whole on one line, where it fits
    said = words.text("Call {municipality}: {number}", municipality=municipality, number=shown)
    dial = "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return [ft.OutlinedButton(ft.Text(said), icon=ft.Icon(ft.Icons.CALL_OUTLINED), url=dial, key="call")]
