"""One house style or one poll from a file, with what staff should know about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.errors import PollInvalid
from i18n.wording import Wording
from preview.examples import example
from preview.phones import Shown
from preview.published import NOT_WHOLE, manifest_of, published
from protocol.poll_document import read_poll
from staff.faulty_file import FileFaulty, read_json
from staff.office import OfficeDamaged
from staff.sentences import sentence
from staff.style_data import in_words
from staff.style_file import read_style
from staff.style_import import import_dressed
from staff.work import Failed
from theming.house_style import FORMAT, HouseStyle, StyleUnreadable, StyleWarning, from_document
from theming.remarks import shown

UNREADABLE: tuple[type[Exception], ...] = (FileFaulty, PollInvalid, OSError, Failed, *NOT_WHOLE)


@dataclass(frozen=True, slots=True)
class Dressed:
    """A house style; `sources`: the token behind each role, where the tokens themselves were read."""

    style: HouseStyle
    warnings: tuple[StyleWarning, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


def read_dressed(path: Path, say: Wording) -> Dressed:
    """A house style's file, or design tokens in any form that `samenspraak style import` reads.

    Raises one of `UNREADABLE`.
    """
    if path.is_file() and _is_house_style(path):
        style = read_style(path)
        return Dressed(style, style.warnings)
    imported = import_dressed(
        path, shown((path.stem if path.is_file() else path.name).title(), 100), None, (), say
    )
    sources = tuple((role, source.path) for role, source in imported.sources.items())
    return Dressed(imported.style, in_words(imported, say), sources)


def read_shown(path: Path, say: Wording) -> Shown:
    """A draft of a poll, from its file. Raises one of `UNREADABLE`."""
    return _shown(path.read_bytes(), say)


def read_published_style(office: Path) -> Dressed | None:
    """None where none was published. Raises one of `UNREADABLE`."""
    raw = published(office).style
    if raw is None:
        return None
    try:
        style = from_document(json.loads(raw))
    except (ValueError, StyleUnreadable) as exc:
        raise OfficeDamaged(manifest_of(office)) from exc
    return Dressed(style, style.warnings)


def read_published_poll(office: Path, poll: str, say: Wording) -> Shown:
    """Raises one of `UNREADABLE`."""
    raw = published(office).polls.get(poll)
    if raw is None:
        raise OfficeDamaged(manifest_of(office))
    return _shown(raw, say)


def polls_of(office: Path) -> tuple[str, ...]:
    """Ids of what was published; none from a folder that cannot be read, which its house style says."""
    try:
        return tuple(published(office).polls)
    except (*NOT_WHOLE, OSError):
        return ()


def why_not(error: Exception, say: Wording) -> str:
    """The sentence for one of `UNREADABLE`."""
    return error.message if isinstance(error, Failed) else sentence(error, say)


def _shown(raw: bytes, say: Wording) -> Shown:
    poll = read_poll(raw)
    return Shown(poll, raw, example(poll, say.text("An example of what somebody writes.")))


def _is_house_style(path: Path) -> bool:
    """Also for one that is damaged: its own reader says what is wrong."""
    if path.name.endswith(".style.json"):
        return True
    try:
        found: Any = read_json(path)
    except FileFaulty:
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT
