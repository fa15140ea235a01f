"""Choosing how the app reads: letters, contrast, light or dark. One tap each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import flet as ft

from components.choices import Choice, pick_one
from components.frame import heading
from i18n.wording import Wording


def _chooser(
    title: str, choices: Sequence[Choice], chosen: str, on_choose: Callable[[str], None], key: str
) -> ft.Control:
    return ft.Column(
        [heading(title, 2), pick_one(title, choices, chosen, on_choose, key)],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def choose_plain_language(words: Wording, plain: bool, on_choose: Callable[[bool], None]) -> ft.Control:
    choices = [Choice("no", words.text("Ordinary words")), Choice("yes", words.text("Plain words"))]
    title = words.text("Words in the polls")
    return _chooser(title, choices, "yes" if plain else "no", lambda c: on_choose(c == "yes"), "plain")


def choose_letters(
    words: Wording, scales: Sequence[int], scale: int, on_choose: Callable[[int], None]
) -> ft.Control:
    names = {
        100: words.text("Ordinary letters"),
        125: words.text("Slightly larger letters"),
        150: words.text("Large letters"),
        175: words.text("Very large letters"),
        200: words.text("Largest letters"),
    }
    choices = [Choice(str(s), names[s]) for s in scales]
    return _chooser(
        words.text("Letters"), choices, str(scale), lambda chosen: on_choose(int(chosen)), "letters"
    )


def choose_contrast(words: Wording, contrast: bool, on_choose: Callable[[bool], None]) -> ft.Control:
    choices = [Choice("no", words.text("Ordinary contrast")), Choice("yes", words.text("High contrast"))]
    title = words.text("Contrast")
    return _chooser(title, choices, "yes" if contrast else "no", lambda c: on_choose(c == "yes"), "contrast")


def choose_brightness(words: Wording, brightness: str, on_choose: Callable[[str], None]) -> ft.Control:
    choices = [
        Choice("system", words.text("Like my phone")),
        Choice("light", words.text("Light")),
        Choice("dark", words.text("Dark")),
    ]
    return _chooser(words.text("Light or dark"), choices, brightness, on_choose, "brightness")


def choose_read_aloud(words: Wording, wanted: bool, on_choose: Callable[[bool], None]) -> ft.Control:
    choices = [Choice("no", words.text("I read it myself")), Choice("yes", words.text("Also read aloud"))]
    title = words.text("Reading aloud")
    return _chooser(title, choices, "yes" if wanted else "no", lambda c: on_choose(c == "yes"), "read-aloud")


def choose_face(words: Wording, plain: bool, on_choose: Callable[[bool], None]) -> ft.Control:
    """The letters made for low vision, or the municipality's own."""
    choices = [
        Choice("yes", words.text("Letters that are easy to tell apart")),
        Choice("no", words.text("The municipality's letters")),
    ]
    title = words.text("Kind of letters")
    return _chooser(title, choices, "yes" if plain else "no", lambda c: on_choose(c == "yes"), "face")
