"""`python -m web --port N`: serves the resident's app to browsers, quietly."""

import argparse
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from uvicorn.importer import import_from_string

from web.host import create_host

_ASSETS = Path(__file__).parents[1] / "assets"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8550, help="0 takes a free one")
    parser.add_argument("--app", default="main:main", help="module:function that fills a page")
    parser.add_argument("--assets", type=Path, default=_ASSETS)
    return parser.parse_args()


def main() -> None:
    """Say the address on standard output, then serve until SIGTERM or SIGINT."""
    asked = _arguments()
    host = create_host(import_from_string(asked.app), asked.assets)
    with socket.create_server((asked.host, asked.port)) as listening:
        print(f"http://{asked.host}:{listening.getsockname()[1]}/", flush=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(quiet(host)).run(sockets=[listening])


def quiet(app: Starlette) -> uvicorn.Config:
    """Logs warnings only, no requests; believes no forwarded addresses; lets nobody hold up its end."""
    return uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        ws_max_size=2**20,
    )


if __name__ == "__main__":
    main()
