"""The page in the municipality's house style, read the way the resident chose."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import flet as ft

from i18n.wording import LANGUAGES, Wording
from theming.flet_fonts import font_sources
from theming.flet_theme import Legibility, theme_mode, to_theme
from theming.fonts import FONTS
from theming.house_style import HouseStyle

log = logging.getLogger("samenspraak")


def use_dress(style: HouseStyle, legibility: Legibility, words: Wording, title: str) -> None:
    """A hook: theme, language and reading direction follow what it is given, in place."""
    page = ft.context.page

    def apply() -> None:
        page.fonts = {**FONTS, **_own_fonts(style, page.web)}
        page.theme = to_theme(style, legibility, False)
        page.dark_theme = to_theme(style, legibility, True)
        page.theme_mode = theme_mode(legibility)
        page.title = title
        page.rtl = words.is_right_to_left
        page.locale_configuration = ft.LocaleConfiguration(
            [ft.Locale(tag) for tag in LANGUAGES], current_locale=ft.Locale(words.language)
        )
        page.update()

    ft.use_effect(apply, [style, legibility, words.language, title])


def _own_fonts(style: HouseStyle, in_browser: bool) -> dict[str, str]:
    """The house style's letters; on a phone without room for them, the app's own stand in."""
    folder = None if in_browser else Path(os.environ.get("FLET_APP_STORAGE_TEMP", ".")) / "letters"
    try:
        return font_sources(style, folder)
    except OSError as exc:
        log.warning("own letters: %s", type(exc).__name__)
        return {}
