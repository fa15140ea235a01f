"""Poll files as staff have them: also checked for what phones would not show, and drawings put in."""

from __future__ import annotations

import json
from typing import Any

from domain.errors import Fault, PollInvalid
from domain.pictures import Picture
from domain.poll import Poll
from protocol.poll_document import read_poll
from theming.logo import is_plain_svg


def read_poll_file(raw: bytes) -> Poll:
    """As `read_poll`. Raises `PollInvalid` also for a drawing that phones would not show."""
    poll = read_poll(raw)
    options = [(q, o) for q in poll.questions for o in q.options]
    places = [("picture", poll.picture)]
    places += [(f"questions[{q.id}].options[{o.id}].picture", o.picture) for q, o in options]
    faults = [
        Fault(place, "picture-unfit", {"picture": picture.name})
        for place, picture in places
        if picture and not _can_be_shown(picture)
    ]
    if faults:
        raise PollInvalid(tuple(faults))
    return poll


def with_drawing(raw: bytes, name: str, svg: str, alternative: dict[str, str]) -> bytes:
    """The poll file with one more picture, or another one of this name. Raises `PollInvalid`."""
    read_poll(raw)
    document: dict[str, Any] = json.loads(raw)
    document.setdefault("pictures", {})[name] = {"svg": svg, "alternative": alternative}
    changed = json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
    read_poll_file(changed)
    return changed


def _can_be_shown(picture: Picture) -> bool:
    return picture.drawing is None or is_plain_svg(picture.drawing.encode("utf-8", "replace"))
