"""Where a resident stands with a municipality and with each of its polls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.poll import Poll


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality this app knows (gemeente): its 32-byte Ed25519 root key and a base URL."""

    id: str
    name: str
    root_key: bytes
    address: str


class Standing(StrEnum):
    """What a poll is to this resident now."""

    TO_ANSWER = "to-answer"
    STARTED = "started"
    WAITING = "waiting"
    SENT = "sent"
    COUNTED = "counted"
    NOT_COUNTED = "not-counted"
    SET_ASIDE = "set-aside"
    TOO_LATE = "too-late"
    MISSED = "missed"
    NOT_YET = "not-yet"
    WITHDRAWN = "withdrawn"


ANSWERED = frozenset({Standing.WAITING, Standing.SENT, Standing.COUNTED})


@dataclass(frozen=True, slots=True)
class PollCard:
    """One poll in the overview. `reason` is a problem code where something could not be."""

    poll: Poll
    standing: Standing
    closes_at: datetime
    reason: str | None = None
    has_result: bool = False
    has_feedback: bool = False
    ended: bool = False


class Membership(StrEnum):
    """`asking`: the code is kept and will be sent when there is a network."""

    NONE = "none"
    ASKING = "asking"
    INVITED = "invited"
    OPEN = "open"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Joined:
    membership: Membership
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How the last contact with the servers went. `problem` is a word for what went wrong."""

    last_success_at: datetime | None = None
    problem: str | None = None
    waiting: int = 0
