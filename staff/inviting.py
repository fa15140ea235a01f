"""Inviting: who gets a letter, until when, and files that are there only if their codes work."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from protocol.codes import Code, code_hash
from protocol.manifest import ManifestPoll
from protocol.messages import InvitationMessage
from staff.dutch_time import day_of, end_of, last_whole_day


class InvitationUnfit(Exception):
    """These invitations would be of no use; `reason` is `ended`, `past`, `before-opening` or `segments`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Terms:
    """What all invitations have in common. `closes_on`: the last whole day, as the letter says it."""

    segments: tuple[str, ...]
    expires_at: datetime
    closes_on: date

    @classmethod
    def of(
        cls, poll: ManifestPoll, segments: tuple[str, ...], valid_until: date | None, now: datetime
    ) -> Terms:
        """Segments and validity are the poll's own unless given. Raises `InvitationUnfit`."""
        closes_at, wanted = poll.closes_at(), set(poll.entry.segments)
        expires_at = end_of(valid_until) if valid_until else closes_at
        closes_on = min(last_whole_day(closes_at), valid_until or date.max)
        if poll.state.cancelled or closes_on < day_of(now):
            raise InvitationUnfit("past" if closes_at > now and not poll.state.cancelled else "ended")
        if expires_at <= poll.entry.opens_at:
            raise InvitationUnfit("before-opening")
        if segments and wanted and wanted.isdisjoint(segments):
            raise InvitationUnfit("segments")
        return cls(segments or poll.entry.segments, expires_at, closes_on)

    def message(self, code: Code) -> InvitationMessage:
        return InvitationMessage(
            code_hash=code_hash(code), segments=self.segments, expires_at=self.expires_at
        )


@contextmanager
def held_back(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Other names to write these files under; they get their own when the block ends well, else they go.

    Raises `FileExistsError` where there is one already, be it left over from an earlier time.
    """
    parts = tuple(path.with_name(path.name + ".part") for path in paths)
    for path in (*paths, *parts):
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with ExitStack() as undo:
        for part in parts:
            undo.callback(part.unlink, missing_ok=True)
        yield parts
        undo.pop_all()
    for part, path in zip(parts, paths, strict=True):
        part.replace(path)
