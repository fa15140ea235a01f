"""Somebody closes the app while something is on its way to her: it reaches nobody, and that is no fault."""

from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Leaving:
    """What is sent to a window that is closed is dropped; that it closed comes the usual way, as a message.

    Flet takes a failure to send as the end of everything. Nobody then tells the session that it is alone:
    it would live on, with all that it holds, for as long as the server runs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_if_there(message: Message) -> None:
            with suppress(OSError):  # as ASGI's servers say it, by its specification
                await send(message)

        await self.app(scope, receive, send_if_there if scope["type"] == "websocket" else send)
