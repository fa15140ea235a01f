"""Part of a screen: what it means that the phone did not trust what it received, and what to do."""

from __future__ import annotations

import flet as ft

from components.notice import notice, warning
from i18n.wording import Wording
from views.fault_numbers import fault_number
from views.sentences import network_problem

DISTRUST = "distrust-"


def connection(problem: str, words: Wording) -> ft.Control:
    """Of the last contact with the servers; a phone that refused says so at length."""
    if problem.startswith(DISTRUST):
        return _refusal(problem, words)
    return notice(network_problem(problem, words), key="network", live=True)


def _refusal(problem: str, words: Wording) -> ft.Control:
    lines = [
        _what(problem, words),
        words.text("We do not use it, and send nothing to where it came from. Your answers are safe."),
        words.text("Leave this app on your phone."),
        words.text("Call the municipality. Say this:"),
    ]
    return warning(words.text("Something is not right"), lines, fault_number(problem, words), key="refused")


def _what(problem: str, words: Wording) -> str:
    """What the phone saw, as far as it can be said without knowing how it works."""
    match problem.removeprefix(DISTRUST):
        case "signature" | "municipality":
            return words.text("We received a message that is not from your municipality.")
        case "rolled-back":
            return words.text("We received a message that is older than the one we had.")
        case "forked":
            return words.text("Not everybody receives the same message from the municipality.")
        case "changed-poll":
            return words.text("Somebody changed a poll after it began. That is not allowed.")
        case "key" | "token":
            return words.text("What should keep your answers secret was not right.")
        case "list":
            return words.text("The list of answers that were counted was not right.")
        case _:
            return words.text("Part of what we received was changed on its way.")
