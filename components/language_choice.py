"""Choosing a language: each by its own name, the usual ones at once, the others behind one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import flet as ft

from components.choices import Choice, pick_one
from components.frame import heading, small
from i18n.direction import isolated
from i18n.wording import LANGUAGES, Wording

USUAL = ("nl", "en")


@ft.component
def LanguageChoice(
    words: Wording,
    on_choose: Callable[[str], None],
    key: str | None = None,  # noqa: ARG001  (read by Flet)
) -> ft.Control:
    """`words`: in the language chosen now. Rows keep their places while the screen is open."""
    at_first, _ = ft.use_state(words.language)
    opened, set_opened = ft.use_state(False)
    first = [tag for tag in LANGUAGES if tag in USUAL or tag == at_first]
    others = [tag for tag in LANGUAGES if tag not in first]
    title, more = words.text("Language"), words.text("Other languages")

    def toggle() -> None:
        set_opened(not opened)

    parts = [
        heading(title, 2),
        pick_one(title, _choices(first), words.language, on_choose, "language"),
        _more(words, more, others, opened, toggle),
    ]
    if opened:
        parts.append(pick_one(more, _choices(others), words.language, on_choose, "other-language"))
    return ft.Column(parts, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def not_read_yet(words: Wording) -> list[ft.Control]:
    """That the app's own words were not checked by somebody who grew up with the language, if so."""
    if words.read_by_native:
        return []
    return [
        small(
            words.text(
                "No native speaker has read these texts yet. Is something wrong? Tell the municipality."
            )
        )
    ]


def _choices(tags: Sequence[str]) -> list[Choice]:
    return [Choice(tag, LANGUAGES[tag]) for tag in tags]


def _more(
    words: Wording, text: str, tags: Sequence[str], opened: bool, on_click: Callable[[], None]
) -> ft.Control:
    """Shows the languages' names: who reads neither usual language finds their own."""
    names = words.comma.join(isolated(LANGUAGES[tag], words.is_right_to_left) for tag in tags)
    title = ft.Text(text, theme_style=ft.TextThemeStyle.LABEL_LARGE, expand=True)
    arrow = ft.Icon(ft.Icons.EXPAND_LESS if opened else ft.Icons.EXPAND_MORE)
    shown = ft.Column(
        spacing=2,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Row([title, arrow], spacing=8),
            ft.Text(names, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ON_SURFACE),
        ],
    )
    style = ft.ButtonStyle(padding=ft.Padding.symmetric(vertical=12, horizontal=16))
    button = ft.OutlinedButton(shown, on_click=on_click, key="more-languages", style=style)
    return ft.MergeSemantics(ft.Semantics(expanded=opened, content=button))
