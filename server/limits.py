"""A bound on the size of request bodies, whatever the request says about itself."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from protocol.problems import Problem
from server.refusals import problem_reply


class _TooLarge(Exception):
    pass


class BodyLimit:
    """ASGI middleware: a body of more than `most` bytes is refused, unread beyond that."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read = 0
        started = False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _TooLarge:
            if not started:
                await problem_reply(Problem.TOO_LARGE, {"connection": "close"})(scope, receive, send)
