"""A small town whose ballot box is a real process, reached over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import httpx

from demonstration.processes import Process, free_ports, python
from protocol import paths
from tests.support.small_town import SmallTown

BOX_HOST = "ballot-box.test"


class Loopback(httpx.AsyncBaseTransport):
    """By host to a real port; every other host goes to `rest`. The Host header stays: it is signed."""

    def __init__(self, ports: Mapping[str, int], rest: httpx.AsyncBaseTransport) -> None:
        self._ports, self._rest, self._network = ports, rest, httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        port = self._ports.get(request.url.host)
        if port is None:
            return await self._rest.handle_async_request(request)
        request.url = request.url.copy_with(host="127.0.0.1", port=port)
        return await self._network.handle_async_request(request)

    async def aclose(self) -> None:
        await self._network.aclose()


class RealBoxTown(SmallTown):
    """`module`: what to run as the ballot box; `server` is the real thing."""

    def __init__(self, folder: Path, module: str = "server") -> None:
        super().__init__(folder)
        [port] = free_ports(1)
        self.box_url = f"http://127.0.0.1:{port}"
        self.http = httpx.AsyncClient(transport=Loopback({BOX_HOST: port}, self.wire), timeout=60)
        card = folder / "municipality.json"
        card.write_text(self.card.model_dump_json(), "utf-8")
        command = python(
            *("-m", module, "--role", "ballot-box", "--port", str(port)),
            *("--data", str(folder), "--municipality", str(card)),
            *("--public-url", f"http://{BOX_HOST}", "--limit", "off", "--limit-address", "off"),
        )
        self.process = Process("ballot-box", command, self.box_url + paths.HEALTH, folder / "box.log")

    @property
    def box_file(self) -> Path:
        return self.folder / "ballot-box.sqlite"

    def start(self) -> None:
        self.process.start()
        self.process.wait_ready()

    def stop(self) -> None:
        self.process.stop()
        self.close()
