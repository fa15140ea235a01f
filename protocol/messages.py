"""The JSON that crosses the wire between phone, staff and servers. Bytes are base64url without padding."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from protocol.problems import TYPE_PREFIX, Problem

B64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]*$", max_length=64 * 1024)]
Digest = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
PollId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
BallotKindName = Literal["choices", "texts"]


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ProblemMessage(BaseModel):
    """RFC 9457. Members that a later version adds are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    type: str
    title: str
    status: int

    @classmethod
    def of(cls, problem: Problem, status: int) -> ProblemMessage:
        title = problem.value.replace("-", " ").capitalize()
        return cls(type=TYPE_PREFIX + problem.value, title=title, status=status)

    @property
    def code(self) -> str:
        return self.type.removeprefix(TYPE_PREFIX)


class HealthMessage(Message):
    role: str
    ok: bool


class KeysMessage(Message):
    """A server's own public keys: for staff, who put them in the manifest."""

    sealing: B64 | None = None
    signing: B64


class EnrolmentMessage(Message):
    """Trade a code for the right to draw tokens. `secret` (32 bytes) is made on the phone and kept there.

    Without a code: for open polls only.
    """

    code: B64 | None = None
    secret: B64


class EnrolledMessage(Message):
    segments: tuple[str, ...]
    invited: bool


class DrawMessage(Message):
    """Ask for one blind signature. The same request gets the same reply for ever."""

    poll: PollId
    kind: BallotKindName
    blinded: B64


class DrawnMessage(Message):
    signature: B64


class ReceiptMessage(Message):
    """The shuffler's promise: the envelope with this SHA-256 is kept durably until it is handed on."""

    envelope: Digest
    signature: B64


class BatchMessage(Message):
    """What the shuffler hands on, in random order; `below_threshold` if it had to go before enough waited.

    `swept_at`, on a batch without envelopes: everything taken before that moment was handed on.
    """

    envelopes: Annotated[tuple[B64, ...], Field(max_length=5000)]
    below_threshold: bool
    swept_at: AwareDatetime | None = None
    signature: B64


class BatchTakenMessage(Message):
    taken: int


class ListMessage(Message):
    """After closing: one line per counted ballot, sorted, so that each phone can find its own."""

    poll: PollId
    kind: BallotKindName
    lines: tuple[Digest, ...]
    received: int
    invalid: int
    late: int
    below_threshold: int
    signature: B64


class TokenKeysMessage(Message):
    choices: B64
    texts: B64


class InvitationMessage(Message):
    code_hash: Digest
    segments: tuple[str, ...] = ()
    expires_at: AwareDatetime


class InvitationsMessage(Message):
    invitations: Annotated[tuple[InvitationMessage, ...], Field(max_length=5000)]


class InvitationsTakenMessage(Message):
    added: int
    already_there: int


class IssuedMessage(Message):
    """How many invitees the poll has, and how many drew a token."""

    poll: PollId
    invited: int
    issued: int


class SealedBallotMessage(Message):
    """A ballot as staff download it after closing: nothing about the token but its nullifier."""

    kind: BallotKindName
    nullifier: Digest
    revision: int
    sealed: B64


class BallotsMessage(Message):
    poll: PollId
    ballots: tuple[SealedBallotMessage, ...]
    invalid: int
    late: int
    below_threshold: int
