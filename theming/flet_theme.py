"""The only place where a house style becomes Flet: literal colours, large letters, visible focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import flet as ft

from theming import flet_buttons as buttons
from theming.flet_colours import colours
from theming.flet_text import Letters, carried
from theming.fonts import PLAIN
from theming.house_style import HouseStyle
from theming.scheme import Scheme

SCALES = (100, 125, 150, 175, 200)  # per cent, on top of the phone's own setting
TARGET = 56  # pixels; WCAG 2.5.8 asks 24, this app 48

STATE = ft.ControlState


@dataclass(frozen=True, slots=True)
class Legibility:
    """What a resident chose for their own eyes; `plain_letters`: those for low vision, not the style's."""

    scale: int = 100
    high_contrast: bool = False
    brightness: Literal["system", "light", "dark"] = "system"
    plain_letters: bool = True

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise ValueError(f"scale {self.scale} is none of {SCALES}")


def scheme_for(style: HouseStyle, legibility: Legibility, dark: bool) -> Scheme:
    """The colours on screen. `dark`: what the phone says, used where the resident follows the phone."""
    if legibility.brightness != "system":
        dark = legibility.brightness == "dark"
    return style.schemes[("dark" if dark else "light") + ("-high" if legibility.high_contrast else "")]


def theme_mode(legibility: Legibility) -> ft.ThemeMode:
    return ft.ThemeMode(legibility.brightness)


def letters_for(style: HouseStyle, legibility: Legibility) -> Letters:
    if legibility.plain_letters:
        return Letters(PLAIN, PLAIN, legibility.scale)
    own = frozenset(font.name for font in style.fonts)
    families = carried(style.body_font, own), carried(style.heading_font, own)
    return Letters(*families, legibility.scale, own)


def to_theme(style: HouseStyle, legibility: Legibility, dark: bool) -> ft.Theme:
    """For `page.theme` (`dark` false) and `page.dark_theme` (true), with `page.theme_mode = theme_mode(...)`.

    Flet has no place for high contrast of its own: set both again when a resident changes their legibility.
    """
    scheme, letters = scheme_for(style, legibility, dark), letters_for(style, legibility)
    theme = _ground(scheme, letters)
    _add_buttons(theme, scheme, letters, style.radius)
    _add_surroundings(theme, scheme, letters, ft.RoundedRectangleBorder(radius=style.radius))
    theme.radio_theme = _radio(scheme)
    theme.checkbox_theme = _checkbox(scheme)
    theme.progress_indicator_theme = _progress(scheme)
    return theme


def _ground(scheme: Scheme, letters: Letters) -> ft.Theme:
    """Colours by literal value: a name inside a theme means the seed's colour, not the scheme's."""
    return ft.Theme(
        color_scheme=colours(scheme),
        font_family=letters.body,
        text_theme=letters.theme(scheme),
        visual_density=ft.VisualDensity.STANDARD,
        # The scheme's surface reaches none of these by itself.
        scaffold_bgcolor=scheme.surface,
        canvas_color=scheme.surface,
        card_bgcolor=scheme.surface_container,
        focus_color=scheme.selected,
        hover_color=scheme.surface_container_high,
        splash_color=scheme.surface_container_high,
        highlight_color=scheme.surface_container_high,
        hint_color=scheme.on_surface_variant,
        disabled_color=scheme.on_surface_variant,
        unselected_control_color=scheme.outline,
        divider_color=scheme.outline_soft,
        divider_theme=ft.DividerTheme(color=scheme.outline_soft, thickness=1, space=24),
        icon_theme=ft.IconTheme(color=scheme.on_surface, size=letters.icon, apply_text_scaling=True),
    )


def _add_buttons(theme: ft.Theme, scheme: Scheme, letters: Letters, radius: float) -> None:
    theme.filled_button_theme = ft.FilledButtonTheme(buttons.primary(scheme, letters, radius))
    theme.outlined_button_theme = ft.OutlinedButtonTheme(buttons.secondary(scheme, letters, radius))
    theme.text_button_theme = ft.TextButtonTheme(buttons.quiet(scheme, letters, radius))
    theme.icon_button_theme = ft.IconButtonTheme(buttons.icon(scheme, letters))


def _add_surroundings(theme: ft.Theme, scheme: Scheme, letters: Letters, corners: ft.OutlinedBorder) -> None:
    theme.list_tile_theme = _list_tile(scheme, letters, corners)
    theme.card_theme = ft.CardTheme(color=scheme.surface_container, elevation=0, shape=corners, margin=0)
    theme.appbar_theme = _appbar(scheme, letters)
    theme.dialog_theme = _dialog(scheme, letters, corners)
    theme.snackbar_theme = _snackbar(scheme, letters, corners)


def _radio(scheme: Scheme) -> ft.RadioTheme:
    """In focus the colours change places on a disc in the text's colour: a ring would not be drawn."""
    return ft.RadioTheme(
        fill_color={
            STATE.FOCUSED: scheme.focus_inner,
            STATE.SELECTED: scheme.primary,
            STATE.DEFAULT: scheme.outline,
        },
        overlay_color={STATE.FOCUSED: scheme.focus_outer, STATE.DEFAULT: scheme.surface_container_high},
        splash_radius=20,
        visual_density=ft.VisualDensity.STANDARD,
    )


def _checkbox(scheme: Scheme) -> ft.CheckboxTheme:
    return ft.CheckboxTheme(
        fill_color={
            STATE.FOCUSED: scheme.focus_inner,
            STATE.SELECTED: scheme.primary,
            STATE.DEFAULT: ft.Colors.TRANSPARENT,
        },
        check_color={STATE.FOCUSED: scheme.focus_outer, STATE.DEFAULT: scheme.on_primary},
        overlay_color={STATE.FOCUSED: scheme.focus_outer, STATE.DEFAULT: scheme.surface_container_high},
        border_side=ft.BorderSide(2, scheme.outline),
        splash_radius=18,
        visual_density=ft.VisualDensity.STANDARD,
    )


def _list_tile(scheme: Scheme, letters: Letters, corners: ft.OutlinedBorder) -> ft.ListTileTheme:
    return ft.ListTileTheme(
        icon_color=scheme.primary,
        text_color=scheme.on_surface,
        selected_color=scheme.on_surface,
        selected_tile_color=scheme.selected,
        title_text_style=letters.style("body_large", scheme),
        subtitle_text_style=letters.style("body_small", scheme),
        min_height=TARGET,
        shape=corners,
        content_padding=ft.Padding.symmetric(vertical=4, horizontal=16),
        visual_density=ft.VisualDensity.STANDARD,
    )


def _appbar(scheme: Scheme, letters: Letters) -> ft.AppBarTheme:
    return ft.AppBarTheme(
        color=scheme.on_surface,
        bgcolor=scheme.surface,
        elevation=0,
        elevation_on_scroll=0,
        center_title=False,
        title_text_style=letters.style("title_medium", scheme),
        toolbar_height=64 + 0.4 * (letters.scale - 100),
    )


def _dialog(scheme: Scheme, letters: Letters, corners: ft.OutlinedBorder) -> ft.DialogTheme:
    return ft.DialogTheme(
        bgcolor=scheme.surface_container,
        shape=corners,
        icon_color=scheme.primary,
        title_text_style=letters.style("title_medium", scheme),
        content_text_style=letters.style("body_large", scheme),
    )


def _snackbar(scheme: Scheme, letters: Letters, corners: ft.OutlinedBorder) -> ft.SnackBarTheme:
    return ft.SnackBarTheme(
        bgcolor=scheme.on_surface,
        content_text_style=letters.style("body_large", scheme, "surface"),
        action_text_color=scheme.surface,
        behavior=ft.SnackBarBehavior.FLOATING,
        shape=corners,
    )


def _progress(scheme: Scheme) -> ft.ProgressIndicatorTheme:
    return ft.ProgressIndicatorTheme(
        color=scheme.primary,
        linear_track_color=scheme.surface_container_high,
        circular_track_color=scheme.surface_container_high,
        linear_min_height=10,
        border_radius=5,
    )
