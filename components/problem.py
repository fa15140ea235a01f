"""What is wrong with what a resident gave, said where she can put it right."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from components.notice import Tone, notice


def use_problem() -> tuple[str, int, Callable[[str], None]]:
    """A hook: what is wrong, the number of times that something was, and how to say so; "" for nothing."""
    problem, set_problem = ft.use_state("")
    attempt, set_attempt = ft.use_state(0)

    def tell(found: str) -> None:
        set_problem(found)
        if found:
            set_attempt(lambda before: before + 1)

    return problem, attempt, tell


@ft.component
def Problem(
    text: str,
    place: str,
    key: str | None = None,  # noqa: ARG001  (read by Flet)
) -> ft.Control:
    """Told aloud once, and brought into view. Give each attempt another `key`: who tries the same again
    hears and sees it again.

    `place`: the `ft.ScrollKey` of what should be seen with it, such as the name of a field. It must have been
    on the screen before: Flutter does not scroll to what it is about to draw for the first time.
    """
    page = ft.context.page

    async def bring_into_view() -> None:
        view = ft.unwrap_component(page.views)[-1]
        await ft.unwrap_component(view).scroll_to(scroll_key=place)

    ft.use_effect(bring_into_view, [])
    return ft.Container(notice(text, Tone.WRONG, key="problem", live=True))


def scroll_place(name: str) -> ft.ScrollKey:
    """The key of what a problem brings into view: of something that holds nothing to press or to type in,
    because Flet makes what has such a key, and all in it, anew each time that it draws what is around it."""
    return ft.ScrollKey(name)  # type: ignore[call-arg]


def with_place(name: str, control: ft.Control) -> ft.Control:
    """`control`, below a place of no height that can be brought into view."""
    return ft.Column(
        [ft.Container(height=0, key=scroll_place(name)), control],
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
