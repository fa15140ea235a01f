"""How the texts of a poll are read: in the resident's language, in ordinary or plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import flet as ft

from domain.answers import Declining
from domain.texts import Texts
from i18n.declining import dont_know, prefer_not
from i18n.direction import isolated
from i18n.wording import Wording


@dataclass(frozen=True)
class Reader:
    """`say(texts)` gives the words in the resident's language."""

    words: Wording
    plain: bool

    def say(self, texts: Texts) -> str:
        """In another language where there is no text in hers; then it keeps its own direction."""
        said = texts.get(self.words.language, plain=self.plain)
        return isolated(said, self.words.is_right_to_left)

    def declining(self) -> dict[str, str]:
        """The words for each way not to answer, by its id."""
        return {
            Declining.DONT_KNOW.value: dont_know(self.words),
            Declining.PREFER_NOT.value: prefer_not(self.words),
        }

    def other_language(self, texts: Texts) -> list[ft.Control]:
        """For the top of a screen: that the poll is not in the resident's language, and in which it is."""
        spoken = texts.language_for(self.words.language)
        if spoken == self.words.language:
            return []
        said = self.words.text(
            "This poll is not in your language. You read it in: {language}.",
            language=self.words.language_name(spoken),
        )
        return [_aside(said)]

    def other_languages(self, all_texts: Iterable[Texts]) -> list[ft.Control]:
        """The same for a list of polls: that there are some in another language."""
        chosen = self.words.language
        if all(texts.language_for(chosen) == chosen for texts in all_texts):
            return []
        return [_aside(self.words.text("Not every poll is in your language."))]


def _aside(said: str) -> ft.Control:
    style = ft.TextThemeStyle.BODY_MEDIUM
    return ft.Text(said, theme_style=style, color=ft.Colors.ON_SURFACE_VARIANT, key="other-language")
