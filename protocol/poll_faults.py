"""Every fault of a poll file that has not even the right shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from pydantic import ValidationError

from domain.checks import check_poll
from domain.errors import Fault
from domain.poll import Kind, Poll

Loc = tuple[int | str, ...]

_STAND_INS: dict[str, Any] = {
    "id": "stand-in",
    "topic": {},
    "title": {},
    "introduction": {},
    "languages": ["nl"],
    "opens_at": "2001-01-01T00:00:00Z",
    "closes_at": "2100-01-01T00:00:00Z",
    "questions": [],
}
"""Take the place of a broken field while the rules are checked on the rest."""


class _Document(Protocol):
    def to_domain(self) -> Poll: ...


def faults_of(error: ValidationError, raw: bytes, validate: Callable[[Any], _Document]) -> Iterator[Fault]:
    """The faults of shape in `error`, then the rules that the rest breaks without those parts."""
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError):
        data = None
    broken = []
    for problem in error.errors(include_url=False, include_input=False):
        shape = f"shape-{problem['type'].replace('_', '-')}"
        rule = "not-json" if problem["type"] == "json_invalid" else shape
        broken.append(_place(problem["loc"], data))
        yield Fault(broken[-1], rule, {"message": problem["msg"]})
    if not isinstance(data, dict):
        return
    rest, lost = _without(data, [problem["loc"] for problem in error.errors()])
    try:
        poll = validate(rest).to_domain()
    except ValidationError:
        return
    for fault in check_poll(poll):
        known = fault.place.split(".")[0].split("[")[0]
        if fault.details.get("question") not in lost and not any(place == known for place in broken):
            yield fault


def _without(data: dict[str, Any], locs: list[Loc]) -> tuple[dict[str, Any], set[str]]:
    """The document without its broken parts, and the ids of the questions that went."""
    rest = dict(data)
    drop: dict[str, set[int]] = {}
    for loc in locs:
        if len(loc) > 1 and isinstance(loc[1], int) and isinstance(data.get(str(loc[0])), list):
            drop.setdefault(str(loc[0]), set()).add(loc[1])
        elif loc and loc[0] in _STAND_INS:
            declared = data.get("languages")
            tags = declared if isinstance(declared, list) else ["nl"]
            texts = {tag: "-" for tag in tags if isinstance(tag, str)}
            rest[str(loc[0])] = _STAND_INS[str(loc[0])] or texts
        elif loc:
            rest.pop(str(loc[0]), None)
    lost: set[str] = set()
    for field, indexes in drop.items():
        items = list(enumerate(data[field]))
        rest[field] = [item for index, item in items if index not in indexes]
        gone = [item for index, item in items if index in indexes]
        lost |= {str(item.get("id")) for item in gone if isinstance(item, Mapping)}
    return rest, lost


def _place(loc: Loc, data: Any) -> str:
    """`questions[vervoer].options[2].id`: what has an id is named by it, else by its number from 1."""
    parts: list[str] = []
    kinds = {kind.value for kind in Kind}
    for key in loc:
        if isinstance(key, int):
            data = data[key] if isinstance(data, list) and key < len(data) else None
            name = data.get("id") if isinstance(data, Mapping) else None
            parts.append(f"[{name if isinstance(name, str) else key + 1}]")
        elif not (key in kinds and parts and parts[-1].startswith("[")):
            data = data.get(key) if isinstance(data, Mapping) else None
            parts.append(f".{key}" if parts else key)
    return "".join(parts) or "file"
