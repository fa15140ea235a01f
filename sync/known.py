"""The municipalities an app is built for, read from its own file."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, TypeAdapter

from domain.participation import Municipality
from protocol.canonical import unb64
from protocol.messages import B64, Message


class _Known(Message):
    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=100)
    root_key: B64
    address: str


def known_municipalities(path: Path) -> tuple[Municipality, ...]:
    """Raises `OSError` or `ValueError` for a file that is not one: an app must not start without."""
    found = TypeAdapter(list[_Known]).validate_json(path.read_bytes())
    if not found:
        raise ValueError(f"{path.name} names no municipality")
    return tuple(Municipality(k.id, k.name, unb64(k.root_key), k.address.rstrip("/")) for k in found)
