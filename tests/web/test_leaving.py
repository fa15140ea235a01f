"""Who leaves while something is on its way to her leaves no fault behind; a fault is still told."""

from __future__ import annotations

import logging

import pytest
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from web.leaving import Leaving, is_fault

SCOPE = {"type": "websocket", "path": "/ws", "headers": []}


async def tell(scope: Scope, receive: Receive, send: Send) -> None:
    phone = WebSocket(scope, receive, send)
    await phone.accept()
    await phone.send_bytes(b"a new screen")


async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ValueError("a fault")


async def connect() -> Message:
    return {"type": "websocket.connect"}


async def to_nobody(message: Message) -> None:
    """As uvicorn does once the phone has closed the connection."""
    if message["type"] == "websocket.send":
        raise OSError


async def test_a_phone_that_left_is_no_fault():
    await Leaving(tell)(SCOPE, connect, to_nobody)


async def test_without_it_she_is_one():
    """The control."""
    with pytest.raises(WebSocketDisconnect):
        await tell(SCOPE, connect, to_nobody)


async def test_a_fault_goes_on():
    with pytest.raises(ValueError, match="a fault"):
        await Leaving(fail)(SCOPE, connect, to_nobody)


@pytest.mark.parametrize(
    ("error", "told"), [(WebSocketDisconnected("gone"), False), (ValueError("a fault"), True)]
)
def test_the_log_tells_of_faults_only(error: Exception, told: bool):
    record = logging.LogRecord("flet_web", logging.WARNING, "", 0, "", None, (type(error), error, None))
    assert is_fault(record) is told
