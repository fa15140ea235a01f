"""HTTP as the servers speak it: like uvicorn's own, with patience that ends and refusals of ours."""

from __future__ import annotations

import asyncio
import json

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from protocol.messages import ProblemMessage
from protocol.problems import MEDIA_TYPE, STATUS, Problem

MOST_CONNECTIONS = 2_000
"""Open at one moment; a further one is closed unread."""


class Listening(H11Protocol):
    """Closes what takes too long over its headers; answers what is no HTTP with a problem document."""

    header_seconds = 15.0
    """From opening a connection, or from the first byte of a further request, to the end of its headers."""
    header_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        answering = (
            self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        )
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE) or answering:
            self.transport.close()  # half a reply is out already
            return
        status = STATUS[Problem.MALFORMED]
        body = json.dumps(ProblemMessage.of(Problem.MALFORMED, status).model_dump()).encode()
        headers = [
            ("content-type", MEDIA_TYPE),
            ("content-length", str(len(body))),
            ("connection", "close"),
        ]
        reply = h11.Response(status_code=status, headers=headers, reason=b"Bad Request")
        for event in (reply, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._stop_watching()
        elif self.header_timer is None:
            self.header_timer = self.loop.call_later(self.header_seconds, self.transport.close)

    def _stop_watching(self) -> None:
        if self.header_timer is not None:
            self.header_timer.cancel()
            self.header_timer = None
