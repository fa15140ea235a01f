"""Hearing what is on the screen: start, stop, and once more from the beginning."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import flet as ft
from flet_audio import Audio, AudioState, AudioStateChangeEvent, ReleaseMode

from components.frame import small
from i18n.wording import Wording

PATIENCE = 10
"""Seconds in which a device has to load a sound."""
SPEAKING, SILENT, BROKEN = "speaking", "silent", "broken"


@ft.component
def ReadAloud(
    sound: bytes,
    words: Wording,
    key: str | None = None,  # noqa: ARG001  (read by Flet)
) -> ft.Control:
    """`sound`: an MP3 file. Give another one another `key`. What plays stops when it leaves the screen.

    Nothing plays by itself: it would talk through a screen reader.
    """
    page = ft.context.page
    state, set_state = ft.use_state(SILENT)
    kept: ft.MutableRef[Audio | None] = ft.use_ref(None)

    left: ft.MutableRef[bool] = ft.use_ref(False)

    def changed(event: AudioStateChangeEvent) -> None:
        set_state(SPEAKING if event.state is AudioState.PLAYING else SILENT)

    async def start() -> None:
        try:
            if kept.current is None:
                kept.current = await _loaded(sound, changed)
            if not left.current:
                await kept.current.play()
        except (RuntimeError, TimeoutError):  # a device without sound
            kept.current = None
            set_state(BROKEN)

    async def stop() -> None:
        if kept.current is not None:
            await kept.current.pause()
        set_state(SILENT)

    async def press() -> None:
        await (stop() if state == SPEAKING else start())

    def leave() -> None:
        left.current = True
        player, kept.current = kept.current, None
        if player is not None:
            page.run_task(player.release)

    ft.use_effect(lambda: None, [], cleanup=leave)
    label = words.text("Stop reading aloud") if state == SPEAKING else words.text("Read aloud")
    icon = ft.Icons.STOP_CIRCLE_OUTLINED if state == SPEAKING else ft.Icons.VOLUME_UP_OUTLINED
    again = [_button(words.text("From the beginning"), ft.Icons.REPLAY, start, "read-again")]
    told = [small(words.text("This device plays no sound."))] if state == BROKEN else []
    return ft.Column(
        spacing=8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            ft.Row(
                [_button(label, icon, press, "read-aloud"), *(again if state == SPEAKING else [])],
                wrap=True,
                spacing=12,
                run_spacing=12,
            ),
            *told,
        ],
    )


async def _loaded(sound: bytes, on_state_change: Callable[[AudioStateChangeEvent], None]) -> Audio:
    """A player that has the sound: told to play before that, it would do nothing, and not say so."""
    loaded = asyncio.Event()
    player = Audio(
        src=sound,
        release_mode=ReleaseMode.STOP,
        on_loaded=lambda _: loaded.set(),
        on_state_change=on_state_change,
    )
    await asyncio.wait_for(loaded.wait(), PATIENCE)
    return player


def _button(
    label: str, icon: ft.IconData, on_click: ft.ControlEventHandler[ft.OutlinedButton], key: str
) -> ft.Control:
    return ft.OutlinedButton(ft.Text(label), icon=ft.Icon(icon), on_click=on_click, key=key)
