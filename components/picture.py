"""Pictures and faces beside words: the app's own in the colour of the text, a municipality's as they are."""

from __future__ import annotations

import flet as ft

from components.emblem import PLATE
from components.reader import Reader
from domain.pictures import PICTURES, Picture
from theming.logo import is_plain_svg

SIZE = 40  # pixels


def drawn(
    picture: Picture, reader: Reader, colour: ft.ColorValue = ft.Colors.ON_SURFACE
) -> ft.Control | None:
    """None for a drawing in which something could run, and for one that only a newer app has.

    The app's own say nothing to a screen reader: the words beside them do.
    """
    if picture.drawing is None:
        return own(picture.name, colour) if picture.name in PICTURES else None
    if not is_plain_svg(picture.drawing.encode("utf-8", "replace")):
        return None
    said = reader.say(picture.alternative) if picture.alternative else None
    image = ft.Image(
        src=picture.drawing, semantics_label=said, width=SIZE, height=SIZE, fit=ft.BoxFit.CONTAIN
    )
    return ft.Container(image, bgcolor=PLATE, border_radius=6, padding=3)


def own(name: str, colour: ft.ColorValue = ft.Colors.ON_SURFACE) -> ft.Control:
    """One of the app's own pictures or faces (`assets/pictures`)."""
    return ft.Image(
        src=f"pictures/{name}.svg",
        width=SIZE,
        height=SIZE,
        color=colour,
        exclude_from_semantics=True,
    )
