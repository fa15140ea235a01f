"""Changing the headers of every HTTP answer; WebSocket messages pass untouched."""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Headers:
    """`change` gets the headers of an answer, and the path that was asked for."""

    def __init__(self, app: ASGIApp, change: Callable[[MutableHeaders, str], None]) -> None:
        self.app, self.change = app, change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.change(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, send_changed if scope["type"] == "http" else send)
