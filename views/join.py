"""Screen: join a municipality with the code from the letter, or without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import flet as ft

from components.emblem import use_emblem
from components.frame import framed, heading, paragraph, primary, secondary, small
from components.notice import Tone, notice
from components.problem import Problem
from components.writing_field import WritingField
from domain.errors import CodeUnreadable
from domain.participation import Membership
from i18n.wording import Wording
from state.app_state import use_app
from state.code_entry import CodeEntry
from state.services import use_services
from views.context import go, header, to, use_words
from views.sentences import entry_problem, joining_problem, storage_trouble

WORDS = 11
HOMES = ("/", "/polls")
"""Where the polls take this screen's place. To go elsewhere as well would draw them twice, one right after
the other: who presses one in between presses what is on its way out, and nothing happens."""


@ft.component
def JoinView() -> ft.View:
    app, services, words = use_app(), use_services(), use_words()
    link = ft.use_route_params().get("code", "").partition(".")
    entry, _ = ft.use_state(CodeEntry(services.desk, link[0].replace("-", " "), link[2]))
    joined, here = services.desk.joined(), ft.use_view_path()

    def enter(ask: Callable[[], bool]) -> None:
        if not ask():
            return
        services.synchronise()
        if here in HOMES:
            app.refresh()
        else:
            go("/polls")

    refused = joining_problem(joined.problem, words) if joined.problem else ""
    trouble = [notice(storage_trouble(app.trouble, words), Tone.WRONG, key="trouble")] if app.trouble else []
    body: list[ft.Control] = [
        *trouble,
        paragraph(words.text("Do you have a letter from the municipality? Then enter the code from it.")),
        *([notice(refused, Tone.WRONG, key="refused")] if refused and entry.wrong is None else []),
        WritingField(
            label=words.text("Your code"),
            hint=words.text("{n} words. The first four letters of each word are enough.", n=WORDS),
            value=entry.typed,
            on_write=entry.write,
            lines=3,
            as_typed=True,
            wrong=entry.wrong is not None,
            told=_told(entry, words),
            take_focus=entry.put_in > 0,
            field_key="code",
            key=f"put-in-{entry.put_in}",
        ),
        primary(words.text("Use this code"), partial(enter, entry.use), "join"),
        heading(words.text("No letter?"), 2),
        paragraph(words.text("You can also answer the polls that are open to everyone.")),
        secondary(words.text("Go on without a code"), partial(enter, entry.do_without), "join-open"),
        small(words.text("Nobody can see which answers are yours. Not even the municipality.")),
    ]
    back = to("/polls") if joined.membership is not Membership.NONE else None
    return framed(here, header(app, back), words.text("Join in"), body, above=use_emblem())


def _told(entry: CodeEntry, words: Wording) -> list[ft.Control]:
    """What is wrong, and a button for each word that may have been meant, which puts it in the code."""
    error = entry.wrong
    if error is None:
        return []
    told: list[ft.Control] = [
        Problem(entry_problem(error, words), "code-place", key=f"attempt-{entry.attempt}")
    ]
    unknown = error.unknown if isinstance(error, CodeUnreadable) else ()
    for wrong in unknown:
        for word in wrong.suggestions:
            label = words.text("Make word {number}: {word}", number=wrong.position, word=word)
            told.append(secondary(label, partial(entry.put, wrong, word), f"put-{wrong.position}-{word}"))
    return told
