"""A scheme under the names that views and components use: `ft.Colors.PRIMARY` and so on."""

from __future__ import annotations

import flet as ft

from theming.scheme import Scheme


def colours(scheme: Scheme) -> ft.ColorScheme:
    """Every name that Material knows and this app may use, so that none falls back to Flutter's purple.

    `PRIMARY_CONTAINER` is the brand's fill, `SECONDARY_CONTAINER` a chosen answer, `TERTIARY` a link,
    `TERTIARY_CONTAINER` a success; focus rings are `ON_SURFACE` outside and `SURFACE` inside.
    """
    return ft.ColorScheme(
        primary=scheme.primary,
        on_primary=scheme.on_primary,
        primary_container=scheme.brand_fill,
        on_primary_container=scheme.on_brand_fill,
        secondary=scheme.secondary,
        on_secondary=scheme.surface,
        secondary_container=scheme.selected,
        on_secondary_container=scheme.on_surface,
        tertiary=scheme.link,
        on_tertiary=scheme.surface,
        tertiary_container=scheme.success_container,
        on_tertiary_container=scheme.on_success_container,
        error=scheme.error,
        on_error=scheme.on_error,
        error_container=scheme.error_container,
        on_error_container=scheme.on_error_container,
        surface=scheme.surface,
        on_surface=scheme.on_surface,
        on_surface_variant=scheme.on_surface_variant,
        outline=scheme.outline,
        outline_variant=scheme.outline_soft,
        inverse_surface=scheme.on_surface,
        on_inverse_surface=scheme.surface,
        inverse_primary=scheme.surface,
        surface_tint=scheme.surface,
        surface_bright=scheme.surface,
        surface_dim=scheme.surface_container_high,
        surface_container_lowest=scheme.surface,
        surface_container_low=scheme.surface,
        surface_container=scheme.surface_container,
        surface_container_high=scheme.surface_container_high,
        surface_container_highest=scheme.surface_container_high,
    )
