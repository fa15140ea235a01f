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
    """What a poll is to this resident now. `over`: it ended long ago, and the phone forgot its own part."""

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
    OVER = "over"


ANSWERED = frozenset({Standing.WAITING, Standing.SENT, Standing.COUNTED})


@dataclass(frozen=True, slots=True)
class Voice:
    """How a screen can be heard. `sound`: an MP3 file, where it is here; `coming`: it was not fetched yet."""

    sound: bytes | None = None
    coming: bool = False


@dataclass(frozen=True, slots=True)
class PollCard:
    """One poll in the overview. `reason` is a problem code where something could not be.

    `can_change`: it was sent, and may be sent again in its place. `changing`: that was begun; what was
    sent before counts until it is sent again. `has_copy`: the resident kept a copy of what was sent.
    `revised`: it was sent more than once; should the last not arrive, what arrived before it counts.
    """

    poll: Poll
    standing: Standing
    closes_at: datetime
    reason: str | None = None
    has_result: bool = False
    has_feedback: bool = False
    ended: bool = False
    can_change: bool = False
    changing: bool = False
    has_copy: bool = False
    revised: bool = False

    @property
    def can_be_answered(self) -> bool:
        """For the first time. Whether what was sent may be replaced is `can_change`."""
        return self.standing in (Standing.TO_ANSWER, Standing.STARTED) and not self.ended

    @property
    def has_outcome(self) -> bool:
        return self.has_result or self.has_feedback


class Membership(StrEnum):
    """`asking`: the code is kept and will be sent when there is a network."""

    NONE = "none"
    ASKING = "asking"
    INVITED = "invited"
    OPEN = "open"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Joined:
    """`problem`: why the last code was refused. Who takes part already goes on doing so then; `asking`
    says that another code is kept beside the first, to be sent.
    """

    membership: Membership
    problem: str | None = None
    asking: bool = False


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How the last contact with the servers went. `problem` is a word for what went wrong, to be reported.

    `waiting` and `set_aside` are numbers of polls.
    """

    last_success_at: datetime | None = None
    problem: str | None = None
    waiting: int = 0
    set_aside: int = 0
