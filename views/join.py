"""Screen: join a municipality with the code from the letter, or without one."""

from __future__ import annotations

import flet as ft

from components.frame import framed, heading, paragraph, primary, secondary, small
from components.notice import Tone, notice
from components.writing_field import WritingField
from domain.errors import CodeUnreadable, LetterForeign, StorageError
from domain.participation import Membership
from state.app_state import use_app
from state.services import use_services
from views.context import go, header, to, use_words
from views.sentences import code_problem, joining_problem, storage_trouble

WORDS = 11


@ft.component
def JoinView() -> ft.View:
    app, services, words = use_app(), use_services(), use_words()
    linked, _, root_key_mark = ft.use_route_params().get("code", "").partition(".")
    typed, set_typed = ft.use_state(linked.replace("-", " "))
    problem, set_problem = ft.use_state("")
    joined = services.desk.joined()

    def enter(action: str) -> None:
        try:
            if action == "code":
                services.desk.join(f"{typed}.{root_key_mark}" if root_key_mark else typed)
            else:
                services.desk.join_without_code()
        except CodeUnreadable as error:
            set_problem(code_problem(error, words))
            return
        except LetterForeign as error:
            set_problem(joining_problem(error.reason, words))
            return
        except StorageError as error:
            set_problem(storage_trouble(error.word, words))
            return
        services.synchronise()
        app.refresh()
        go("/polls")

    refused = joining_problem(joined.problem, words) if joined.problem else ""
    trouble = [notice(storage_trouble(app.trouble, words), Tone.WRONG, key="trouble")] if app.trouble else []
    body: list[ft.Control] = [
        *trouble,
        paragraph(words.text("Do you have a letter from the municipality? Then enter the code from it.")),
        *([notice(refused, Tone.WRONG, key="refused")] if refused and not problem else []),
        WritingField(
            label=words.text("Your code"),
            hint=words.text("{n} words. The first four letters of each word are enough.", n=WORDS),
            value=typed,
            on_write=set_typed,
            lines=3,
            as_typed=True,
            wrong=bool(problem),
            field_key="code",
        ),
        *([notice(problem, Tone.WRONG, key="problem", live=True)] if problem else []),
        primary(words.text("Use this code"), lambda: enter("code"), "join"),
        heading(words.text("No letter?"), 2),
        paragraph(words.text("You can also answer the polls that are open to everyone.")),
        secondary(words.text("Go on without a code"), lambda: enter("open"), "join-open"),
        small(words.text("Nobody can see which answers are yours. Not even the municipality.")),
    ]
    back = to("/polls") if joined.membership is not Membership.NONE else None
    return framed(ft.use_view_path(), header(app, back), words.text("Join in"), body)
