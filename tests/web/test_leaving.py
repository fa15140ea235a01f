"""Who leaves while something is on its way to her is missed by the app, and leaves no fault behind."""

from __future__ import annotations

import asyncio
from typing import Any

import flet as ft
import flet_web.fastapi as flet_web
import msgpack
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from web.leaving import Leaving

SCOPE: dict[str, Any] = {"type": "websocket", "path": "/ws", "headers": [], "query_string": b""}
HELLO = b"\x00" + msgpack.packb([1, {"session_id": None, "page_name": "", "page": {}}])


class Window:
    """It asks for the app, and is closed before the answer is there."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()
        self.says = iter([{"type": "websocket.connect"}, {"type": "websocket.receive", "bytes": HELLO}])

    async def receive(self) -> Message:
        for message in self.says:
            return message
        await self.lost.wait()
        return {"type": "websocket.disconnect", "code": 1006}

    async def send(self, message: Message) -> None:
        """As uvicorn does once a window is closed."""
        if message["type"] == "websocket.send":
            self.lost.set()
            raise OSError


class Visited:
    """Flet's own app, and how often it was told that a window closed."""

    def __init__(self) -> None:
        self.left = 0
        self.app: ASGIApp = flet_web.app(self.main)

    def main(self, page: ft.Page) -> None:
        page.on_disconnect = self.note

    def note(self, _: object) -> None:
        self.left += 1


async def test_the_app_hears_that_a_window_closed_whatever_was_on_its_way(caplog):
    visited, window = Visited(), Window()

    await Leaving(visited.app)(SCOPE, window.receive, window.send)

    assert visited.left == 1
    assert caplog.records == []


async def test_without_it_the_app_never_hears(caplog):
    """The control."""
    visited, window = Visited(), Window()

    with pytest.raises(WebSocketDisconnect):
        await visited.app(SCOPE, window.receive, window.send)

    assert visited.left == 0


async def test_a_fault_goes_on():
    async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise OSError("a fault")

    with pytest.raises(OSError, match="a fault"):
        await Leaving(fail)(SCOPE, Window().receive, Window().send)
