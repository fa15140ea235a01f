"""Runs the preview on this computer: a server that only this computer reaches, and a window on it."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import tempfile
import threading
import time
import webbrowser
from contextlib import suppress
from pathlib import Path

import click
import uvicorn

from i18n.wording import Wording
from preview.browsers import find_browser, has_screen, open_window
from preview.reading import Dressed
from preview.server import create_preview
from preview.sources import Places, Sources
from preview.stage import Stage
from staff.work import Failed
from theming.default_style import DEFAULT
from web.__main__ import quiet

AT_ONCE = 3.0
"""Seconds. A window that ends sooner was handed to a browser that was open already."""


def run(places: Places, port: int, in_window: bool, say: Wording) -> None:
    """Serve until the window is closed, or until Ctrl-C. `port`: 0 takes a free one.

    Raises `Failed` where another program has it.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # else what was made up stays on the disk
    with (
        tempfile.TemporaryDirectory(prefix="samenspraak-", ignore_cleanup_errors=True) as name,
        _listening(port, say) as listening,
    ):
        folder, address = Path(name), f"http://127.0.0.1:{listening.getsockname()[1]}/"
        stage = Stage.on(Sources(places, Dressed(DEFAULT), say), folder / "phones", say)
        server = uvicorn.Server(quiet(create_preview(stage, folder)))
        _hush()
        click.echo(say.text("The preview is at {address}", address=address))
        click.echo(say.text("Close the window, or press Ctrl-C, to stop."))
        if in_window:
            threading.Thread(target=_show, args=(server, address, folder / "window"), daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def _listening(port: int, say: Wording) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as exc:
        raise Failed(say.text("Port {port} on this computer is not free.", port=port)) from exc


def _hush() -> None:
    """Uvicorn and Flet tell at length of every frame that was loaded anew while the app still spoke."""
    for name in ("uvicorn.error", "flet", "flet_web"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _show(server: uvicorn.Server, address: str, profile: Path) -> None:
    """A window of its own, whose end is the end of the preview; else a tab of the usual browser.

    Where there is no screen, such as on a server, the address has been said.
    """
    while not server.started:
        time.sleep(0.05)
    if not has_screen():
        return
    browser, begun = find_browser(), time.monotonic()
    failed = browser is None or open_window(browser, address, profile).wait() != 0
    if time.monotonic() - begun > AT_ONCE:
        server.should_exit = True
    elif failed:
        webbrowser.open(address)
