"""A field to type in: its name and hint stand above it in full size, and focus shows as a ring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import flet as ft

from components.frame import small
from components.problem import scroll_place
from components.ring import focus_ring
from theming.flet_fields import field_border


@ft.component
def WritingField(
    label: str,
    hint: str | None,
    value: str,
    on_write: Callable[[str], None],
    field_key: str,
    lines: int = 1,
    as_typed: bool = False,
    wrong: bool = False,
    told: Sequence[ft.Control] = (),
    take_focus: bool = False,
    key: str | None = None,  # noqa: ARG001  (read by Flet)
) -> ft.Control:
    """`as_typed`: a code, which no keyboard should correct. `wrong`: the edge shows it too, and `told`, which
    stands below the name, says what is wrong. `take_focus`: it does so when it is new.

    `value` is what stands in it at first; give another `key` to start anew. What is being typed lives
    in the control: drawn again from elsewhere between a key and its event, it would be wiped out.
    Flet keeps the colour of an error when the field gets focus, so the ring is drawn around it here.
    """
    focused, set_focused = ft.use_state(False)
    before: ft.MutableRef[ft.TextField | None] = ft.use_ref(None)
    field = ft.TextField(
        key=field_key,
        value=before.current.value if before.current else value,
        multiline=lines > 1,
        min_lines=lines,
        max_lines=12 if lines > 1 else 1,
        keyboard_type=ft.KeyboardType.MULTILINE if lines > 1 else ft.KeyboardType.TEXT,
        autocorrect=not as_typed,
        enable_suggestions=not as_typed,
        border=field_border(12, wrong),
        on_change=lambda event: on_write(event.data or ""),  # not the control's: it may be drawn anew
        on_focus=lambda _: set_focused(True),
        on_blur=lambda _: set_focused(False),
    )
    before.current = field

    async def begin() -> None:
        if take_focus:
            await field.focus()  # type: ignore[no-untyped-call]

    ft.use_effect(begin, [])
    return ft.Column(
        spacing=8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Semantics(
                exclude_semantics=True,
                content=ft.Text(label, theme_style=ft.TextThemeStyle.TITLE_SMALL),
                key=scroll_place(f"{field_key}-place"),
            ),
            *told,
            *([small(hint)] if hint else []),
            ft.Container(
                ft.MergeSemantics(ft.Semantics(label=label, content=field)),
                key=f"{field_key}-ring",
                foreground_decoration=focus_ring(focused),
            ),
        ],
    )
