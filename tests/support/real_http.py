"""A server's app behind real HTTP on this computer, in a thread; and bytes sent to it as they are."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from fastapi import FastAPI

from server.listening import Listening
from server.serve import new_server


@dataclass(frozen=True, slots=True)
class RawReply:
    """`status` 0: the connection was closed without a word."""

    status: int
    content: bytes
    headers: httpx.Headers

    def as_httpx(self) -> httpx.Response:
        return httpx.Response(self.status, content=self.content, headers=self.headers)


@contextlib.contextmanager
def served(app: FastAPI, speaking: type[Listening] = Listening) -> Iterator[str]:
    """Base URL of the app, until the block ends; then its database is closed."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = new_server(app, "127.0.0.1", port, speaking)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
        if engine := getattr(app.state, "engine", None):
            engine.dispose()


def send_raw(base: str, *pieces: bytes, seconds: float = 10) -> RawReply:
    """Send these bytes, read until the server closes or the reply is whole."""
    url = httpx.URL(base)
    with socket.create_connection((url.host, url.port), timeout=seconds) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                connection.sendall(piece)
        return read_reply(connection)


def read_reply(connection: socket.socket) -> RawReply:
    """One reply as far as its Content-Length says."""
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while not _whole(got):
            piece = connection.recv(65536)
            if not piece:
                break
            got += piece
    head, _, content = got.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    status = int(lines[0].split()[1]) if got else 0
    pairs = [tuple(part.strip() for part in line.split(b":", 1)) for line in lines[1:]]
    return RawReply(status, content, httpx.Headers(pairs))


def _whole(got: bytes) -> bool:
    head, found, content = got.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(found and lengths) and len(content) >= int(lengths[0].split(b":")[1])
