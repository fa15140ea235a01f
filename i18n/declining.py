"""The words for not answering: on the screen, and when a poll is read aloud."""

from __future__ import annotations

from i18n.wording import Wording


def dont_know(words: Wording) -> str:
    return words.text("I don't know")


def prefer_not(words: Wording) -> str:
    return words.text("I would rather not say")
