"""A bound on the size of request bodies, whatever the request says about itself."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """ASGI middleware: a body of more than `most` bytes is refused, unread beyond that."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                # An exception of another kind would leave FastAPI as "there was an error parsing the body".
                raise HTTPException(413, headers={"connection": "close"})
            return message

        await self._app(scope, counted, send)
