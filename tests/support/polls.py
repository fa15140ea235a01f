"""Polls that tests share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from domain.poll import Poll
from protocol.poll_document import read_poll

DEMONSTRATION = Path(__file__).parents[2] / "demonstration" / "polls"
EVERY_KIND = Path(__file__).parent / "every_kind.json"


def document(path: Path = DEMONSTRATION / "regiovervoer.json", **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return {**data, **changes}


def raw(data: dict[str, Any]) -> bytes:
    return json.dumps(data).encode()


def transport() -> Poll:
    """Regional transport, with a route that depends on the first answer."""
    return read_poll((DEMONSTRATION / "regiovervoer.json").read_bytes())


def neighbourhood() -> Poll:
    """An open poll with statements, a ranking and a number."""
    return read_poll((DEMONSTRATION / "buurt.json").read_bytes())


def every_kind() -> Poll:
    """One question of each kind."""
    return read_poll(EVERY_KIND.read_bytes())
