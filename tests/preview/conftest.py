"""A preview of polls and house styles in files, without a window."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from demonstration.processes import free_ports
from i18n.wording import Wording
from preview.reading import Dressed
from preview.server import create_preview
from preview.sources import Places, Sources
from preview.stage import Stage
from tests.staff.conftest import _root_key, _token_keys, founded, office, publish_locally
from tests.support.browser import browser
from tests.support.polls import DEMONSTRATION
from theming.default_style import DEFAULT
from theming.house_style import Roles, StyleWarning, to_document
from theming.schemes import make_style

__all__ = ["_root_key", "_token_keys", "browser", "founded", "office", "publish_locally"]

DUTCH = Wording("nl", "staff")
RED, BLUE = "#8A1C4A", "#2A5DB0"


def write_style(path: Path, name: str, colour: str, *warnings: StyleWarning) -> Path:
    style = replace(make_style(name, Roles(brand_fill=colour)), warnings=warnings)
    path.write_text(json.dumps(to_document(style)), "utf-8")
    return path


@pytest.fixture
def styles(tmp_path: Path) -> tuple[Path, Path]:
    return (
        write_style(tmp_path / "heuvelland.style.json", "Heuvelland", RED),
        write_style(tmp_path / "rivierstad.style.json", "Rivierstad", BLUE),
    )


@pytest.fixture
def poll(tmp_path: Path) -> Path:
    path = tmp_path / "regiovervoer.json"
    path.write_bytes((DEMONSTRATION / "regiovervoer.json").read_bytes())
    return path


@pytest.fixture
def stage(styles: tuple[Path, Path], poll: Path, tmp_path: Path) -> Stage:
    sources = Sources(Places(styles, (poll,)), Dressed(DEFAULT), DUTCH)
    return Stage.on(sources, tmp_path / "phones", DUTCH)


@pytest.fixture
def served(stage: Stage, tmp_path: Path) -> Iterator[str]:
    """The preview's address, while it runs in a thread of its own."""
    [port] = free_ports(1)
    app = create_preview(stage, tmp_path)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the preview did not start"
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
