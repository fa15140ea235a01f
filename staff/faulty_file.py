"""Files of staff that are not as they should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.errors import Fault


class FileFaulty(Exception):
    """Everything that is wrong with the file at `path`."""

    def __init__(self, path: Path, faults: tuple[Fault, ...]) -> None:
        super().__init__(path.name)
        self.path, self.faults = path, faults


def read_json(path: Path) -> Any:
    """Raises `FileFaulty`, or `OSError`."""
    try:
        return json.loads(path.read_bytes())
    except json.JSONDecodeError as exc:
        place = f"line {exc.lineno} column {exc.colno}"
        raise FileFaulty(path, (Fault("file", "not-json", {"message": place}),)) from exc
    except (UnicodeDecodeError, RecursionError) as exc:
        raise FileFaulty(path, (Fault("file", "not-json"),)) from exc


def shape_faults(error: ValidationError) -> tuple[Fault, ...]:
    """As of a poll file: `actions[2].text` is the text of the second action."""
    return tuple(
        Fault(
            _place(problem["loc"]), f"shape-{problem['type'].replace('_', '-')}", {"message": problem["msg"]}
        )
        for problem in error.errors(include_url=False, include_input=False)
    )


def _place(loc: tuple[int | str, ...]) -> str:
    parts = (f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in loc)
    return "".join(parts).removeprefix(".") or "file"
