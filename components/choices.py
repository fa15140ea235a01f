"""Answers to pick from: wide rows that can be pressed anywhere, and grow with their letters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import flet as ft

from components.frame import WIDEST
from components.picture import SIZE
from components.ring import GAP, focus_ring
from components.room import Room, RoomContext, ems
from theming.flet_text import STEPS, icon_size

UNSEEN = ft.Colors.TRANSPARENT
MARGINS = 32 + 2 * 7
"""Pixels beside what is in a row: of the screen, and of the row's own edge."""
SLACK = 2
"""Pixels that stay free, so that rounding never breaks a line of which all parts fit."""
BOX = 48
"""Pixels that Flutter's own box takes, unseen, where the drawn one is smaller."""
PICTURE = SIZE + 6
"""Pixels of a picture with its plate."""
SPACING = 4
INDENT = 6
"""Pixels beside words below their box, which has as many in itself."""
DEEP = 4
"""Pixels above and below words, at 100 %: some letters reach out of their line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: its id, its words, and the picture beside the words where there is one."""

    id: str
    label: str
    picture: ft.Control | None = None


def pick_one(
    label: str, choices: Sequence[Choice], chosen: str | None, on_choose: Callable[[str], None], key: str
) -> ft.Control:
    """Radio buttons below each other. `label` names the group for screen readers."""
    rows = [_radio_row(choice, chosen, on_choose, choices) for choice in choices]
    return _radio_group(label, _rows(rows), chosen, on_choose, key)


def pick_figure(
    label: str, figures: Sequence[str], chosen: str | None, on_choose: Callable[[str], None], key: str
) -> ft.Control:
    """Radio buttons for short figures, several on a line."""
    rows = [_radio_row(Choice(figure, figure), chosen, on_choose) for figure in figures]
    cells: list[ft.Control] = [ft.Container(row, col={"xs": 6, "sm": 4, "md": 3}) for row in rows]
    grid = ft.ResponsiveRow(cells, spacing=GAP, run_spacing=GAP)
    return _radio_group(label, grid, chosen, on_choose, key)


def pick_several(
    label: str,
    choices: Sequence[Choice],
    chosen: Collection[str],
    on_toggle: Callable[[str], None],
    key: str,
) -> ft.Control:
    """Checkboxes. `label` names the group for screen readers."""
    rows = [
        Row(c, c.id in chosen, partial(on_toggle, c.id), choices, f"{key}-{c.id}", key=f"row-{c.id}")
        for c in choices
    ]
    return ft.Semantics(container=True, label=label, content=_rows(rows))


def _radio_group(
    label: str, content: ft.Control, chosen: str | None, on_choose: Callable[[str], None], key: str
) -> ft.Control:
    def changed(event: ft.Event[ft.RadioGroup]) -> None:
        if event.data is not None:  # not the control's value: drawn anew meanwhile, that is the one before
            on_choose(event.data)

    group = ft.RadioGroup(value=chosen, on_change=changed, key=key, content=content)
    return ft.Semantics(container=True, label=label, content=group)


def _radio_row(
    choice: Choice, chosen: str | None, on_choose: Callable[[str], None], group: Sequence[Choice] = ()
) -> ft.Control:
    return Row(choice, choice.id == chosen, partial(on_choose, choice.id), group, key=f"row-{choice.id}")


def _rows(rows: list[ft.Control]) -> ft.Control:
    return ft.Column(rows, spacing=GAP, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def Row(
    choice: Choice,
    chosen: bool,
    on_tap: Callable[[], None],
    group: Sequence[Choice] = (),
    box_key: str | None = None,
    key: str | None = None,  # noqa: ARG001  (read by Flet)
) -> ft.Control:
    """A box and its words as one thing, with an edge that shows where to press, and a ring in focus.

    With `box_key` a checkbox, else a radio button. `group`: all rows, which are laid out alike; of figures
    none, they have a part of the line each. Their own labels do not wrap: with large letters
    they would be cut off. The ring lies outside the edge, so that both show on any background; rows line
    up with the buttons below them.
    """
    focused, set_focused = ft.use_state(False)

    def focus(_: object) -> None:
        set_focused(True)

    def blur(_: object) -> None:
        set_focused(False)

    box = _radio(choice.id, focus, blur)
    if box_key is not None:
        box = _checkbox(chosen, on_tap, focus, blur, box_key)
    drawn = _drawn(box, chosen, box_key is not None)
    room = ft.use_context(RoomContext)
    edge = ft.Container(
        _laid_out(drawn, choice, group, room) if group else _short(drawn, choice),
        border=ft.Border.all(3 if chosen else 1, ft.Colors.PRIMARY if chosen else ft.Colors.OUTLINE),
        border_radius=12,
        bgcolor=ft.Colors.SECONDARY_CONTAINER if chosen else None,
        padding=ft.Padding.symmetric(vertical=6 if chosen else 8, horizontal=4 if chosen else 6),
    )
    return ft.MergeSemantics(
        ft.Container(edge, on_click=on_tap, border_radius=12, foreground_decoration=focus_ring(focused))
    )


def _short(box: ft.Control, choice: Choice) -> ft.Control:
    """For a figure, in as much room as there is."""
    words = ft.Text(choice.label, theme_style=ft.TextThemeStyle.BODY_LARGE, expand=True)
    return ft.Row([box, words], spacing=SPACING)


def _laid_out(box: ft.Control, choice: Choice, group: Sequence[Choice], room: Room) -> ft.Control:
    """Box, words and picture beside each other; the words below both where the longest needs the whole line.

    Always in a row that wraps: in another kind of control the box would be a new one, without the focus.
    """
    whole = min(room.width, WIDEST) - MARGINS - SLACK
    taken = max(BOX, icon_size(room.scale) * room.phone) + SPACING
    pictured = PICTURE + SPACING if any(each.picture for each in group) else 0
    longest = max((ems(word) for each in group for word in each.label.split()), default=0.0)
    below = longest * STEPS["body_large"].at(room.scale) * room.phone > whole - taken - pictured
    deep = DEEP * room.scale / 100 * room.phone
    words = ft.Container(
        ft.Text(choice.label, theme_style=ft.TextThemeStyle.BODY_LARGE),
        width=whole if below else whole - taken - (pictured if choice.picture else 0),
        padding=ft.Padding.symmetric(horizontal=INDENT if below else 0, vertical=deep),
    )
    picture = [choice.picture] if choice.picture else []
    return ft.Row(
        [box, *picture, words] if below else [box, words, *picture],
        wrap=True,
        spacing=SPACING,
        run_spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def _drawn(box: ft.Control, chosen: bool, several: bool) -> ft.Control:
    """A box as a pictogram, which grows with the letters; Flutter's own has one size.

    Flutter's lies over it unseen: it takes the focus and says to a screen reader what it is.
    """
    if several:
        face = ft.Icons.CHECK_BOX if chosen else ft.Icons.CHECK_BOX_OUTLINE_BLANK
    else:
        face = ft.Icons.RADIO_BUTTON_CHECKED if chosen else ft.Icons.RADIO_BUTTON_UNCHECKED
    colour = ft.Colors.PRIMARY if chosen else ft.Colors.OUTLINE
    return ft.Stack([ft.Icon(face, color=colour), box], alignment=ft.Alignment.CENTER)


def _radio(id: str, on_focus: Callable[[object], None], on_blur: Callable[[object], None]) -> ft.Control:
    return ft.Radio(
        value=id, on_focus=on_focus, on_blur=on_blur, fill_color=UNSEEN, overlay_color=UNSEEN, splash_radius=0
    )


def _checkbox(
    chosen: bool,
    on_tap: Callable[[], None],
    on_focus: Callable[[object], None],
    on_blur: Callable[[object], None],
    key: str,
) -> ft.Control:
    return ft.Checkbox(
        value=chosen,
        on_change=lambda _: on_tap(),
        on_focus=on_focus,
        on_blur=on_blur,
        key=key,
        fill_color=UNSEEN,
        check_color=UNSEEN,
        overlay_color=UNSEEN,
        border_side=ft.BorderSide(0, UNSEEN),
        splash_radius=0,
    )
