"""Servers that give each phone something of its own, over real HTTP on loopback, and remember what came."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from protocol import paths
from protocol.canonical import b64, unb64
from protocol.messages import DrawnMessage, EnrolledMessage, Message
from protocol.receipts import make_receipt
from server.blind_signer import Signer

SECOND = "-second"
"""Behind a phone's name: its second address, which serves the same unless something was put there."""


@dataclass
class Evil:
    """`manifests` and `documents`: bytes by the phone's name. `posted`: (phone, path, body) as it came."""

    signers: dict[str, Signer] = field(default_factory=dict)
    manifests: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, dict[str, bytes]] = field(default_factory=dict)
    shuffler_private: bytes = b""
    posted: list[tuple[str, str, bytes]] = field(default_factory=list)
    port: int = 0

    def address(self, phone: str) -> str:
        """The base URL at which everything of this phone comes in."""
        return f"http://127.0.0.1:{self.port}/{phone}"

    def got(self, phone: str, path: str) -> list[bytes]:
        return [body for name, asked, body in self.posted if (name, asked) == (phone, path)]

    def read(self, phone: str, path: str) -> bytes | None:
        if path == paths.MANIFEST:
            return self.manifests.get(phone) or self.manifests.get(phone.removesuffix(SECOND))
        return self.documents.get(phone, {}).get(path.rsplit("/", 1)[-1])

    def take(self, phone: str, path: str, body: bytes) -> Message:
        """As the real servers would, so that a phone goes on as far as it is willing."""
        self.posted.append((phone, path, body))
        if path == paths.ENROLMENTS:
            return EnrolledMessage(segments=(), invited=True)
        if path == paths.TOKENS:
            blinded = unb64(json.loads(body)["blinded"])
            return DrawnMessage(signature=b64(self.signers[phone].sign(blinded)))
        return make_receipt(body, self.shuffler_private)


@contextmanager
def running(evil: Evil) -> Iterator[Evil]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            phone, path = self._asked()
            found = evil.read(phone, path)
            self._reply(404 if found is None else 200, found or b"{}")

        def do_POST(self) -> None:
            phone, path = self._asked()
            body = self.rfile.read(int(self.headers["content-length"]))
            self._reply(200, evil.take(phone, path, body).model_dump_json().encode())

        def _asked(self) -> tuple[str, str]:
            _, phone, rest = self.path.split("/", 2)
            return phone, "/" + rest.partition("?")[0]

        def _reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        evil.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield evil
        finally:
            server.shutdown()
            thread.join()
