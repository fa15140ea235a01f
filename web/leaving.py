"""Somebody who closes the app while something is on its way to her has made no mistake: no log says so."""

import logging

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect, WebSocketDisconnected


class Leaving:
    """Ends the connection of who has left; any other fault goes on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except WebSocketDisconnect:
            if scope["type"] != "websocket":
                raise


def is_fault(record: logging.LogRecord) -> bool:
    """Whether this line of Flet's log is of something else than a phone that left."""
    found = record.exc_info[1] if record.exc_info else None
    return not isinstance(found, WebSocketDisconnected)
