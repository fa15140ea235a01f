"""Buttons that anyone can see, hit and follow with a keyboard."""

from __future__ import annotations

import flet as ft

from theming.flet_text import Letters
from theming.scheme import Scheme

RING = 3  # pixels, of each of the two focus rings
EDGE = 2
STATE = ft.ControlState


def focus_ring(scheme: Scheme) -> ft.BorderSide:
    """A ring in the text's colour, drawn clear of the control, so that its background is the second ring.

    It takes 6 pixels around the control; what scrolls clips what is outside it: put the padding inside.
    """
    return ft.BorderSide(RING, scheme.focus_outer, stroke_align=3)


def primary(scheme: Scheme, letters: Letters, radius: float) -> ft.ButtonStyle:
    """The one button that moves on, in the brand's own colour; touched, away from its text's colour."""
    away = "FFFFFF" if scheme.on_brand_fill == "#000000" else "000000"
    text = scheme.on_brand_fill
    return _style(scheme, letters, radius, scheme.brand_fill, text, f"#1F{away}", scheme.brand_outline)


def secondary(scheme: Scheme, letters: Letters, radius: float) -> ft.ButtonStyle:
    """Another way on: an outline."""
    touched = scheme.surface_container_high
    return _style(scheme, letters, radius, scheme.surface, scheme.primary, touched, scheme.primary)


def quiet(scheme: Scheme, letters: Letters, radius: float) -> ft.ButtonStyle:
    """Text only, for what may also be left alone."""
    touched = scheme.surface_container_high
    return _style(scheme, letters, radius, None, scheme.primary, touched, None)


def icon(scheme: Scheme, letters: Letters) -> ft.ButtonStyle:
    """A pictogram with at least 48 pixels around it."""
    return ft.ButtonStyle(
        icon_color=scheme.primary,
        icon_size=letters.icon,
        overlay_color=_overlay(scheme.surface_container_high),
        side={STATE.FOCUSED: ft.BorderSide(RING, scheme.focus_outer)},  # inside: bars clip what is outside
        padding=ft.Padding.all(12),
        visual_density=ft.VisualDensity.STANDARD,
    )


def _style(
    scheme: Scheme,
    letters: Letters,
    radius: float,
    fill: str | None,
    text: str,
    touched: str,
    edge: str | None,
) -> ft.ButtonStyle:
    """At least 56 pixels high, by padding around a line: a fixed height would clip large letters."""
    colours: dict[ft.ControlState, ft.ColorValue] = {
        STATE.DISABLED: scheme.on_surface_variant,
        STATE.DEFAULT: text,
    }
    plain = ft.BorderSide(EDGE, edge) if edge else ft.BorderSide(0, ft.Colors.TRANSPARENT)
    faint = ft.BorderSide(EDGE, scheme.outline_soft)
    return ft.ButtonStyle(
        bgcolor={STATE.DISABLED: scheme.surface_container, STATE.DEFAULT: fill or ft.Colors.TRANSPARENT},
        color=colours,
        icon_color=colours,
        icon_size=letters.icon,
        overlay_color=_overlay(touched),
        side={STATE.DISABLED: faint, STATE.FOCUSED: focus_ring(scheme), STATE.DEFAULT: plain},
        shape=ft.RoundedRectangleBorder(radius=radius),
        padding=ft.Padding.symmetric(vertical=16, horizontal=24 if letters.scale < 150 else 16),
        text_style=letters.style("label_large", scheme),
        elevation=0,
        visual_density=ft.VisualDensity.STANDARD,
    )


def _overlay(touched: str) -> dict[ft.ControlState, ft.ColorValue]:
    """What lies between fill and text under a finger or pointer; focus has its ring."""
    return {
        STATE.PRESSED: touched,
        STATE.HOVERED: touched,
        STATE.FOCUSED: ft.Colors.TRANSPARENT,
        STATE.DEFAULT: ft.Colors.TRANSPARENT,
    }
