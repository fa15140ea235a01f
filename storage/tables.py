"""The tables on the resident's phone. Rows stay inside `storage`."""

from __future__ import annotations

from sqlalchemy.orm import registry
from sqlmodel import JSON, Field, SQLModel

TABLES = registry()


class _Table(SQLModel, registry=TABLES):
    pass


class SettingRow(_Table, table=True):
    __tablename__ = "setting"
    name: str = Field(primary_key=True)
    value: str


class MembershipRow(_Table, table=True):
    """One municipality this phone takes part in. The secret is there before it is first sent.

    `candidate`: another code, beside the membership until the issuer accepts it. `mark`: digits of the root
    key's fingerprint in the letter's link.
    """

    __tablename__ = "membership"
    municipality: str = Field(primary_key=True)
    candidate: bool = Field(default=False, primary_key=True)
    secret: bytes
    code: bytes | None = None
    state: str
    invited: bool = False
    segments: list[str] = Field(default_factory=list, sa_type=JSON)
    problem: str | None = None
    mark: str = ""


class ManifestRow(_Table, table=True):
    __tablename__ = "manifest"
    municipality: str = Field(primary_key=True)
    raw: bytes


class DocumentRow(_Table, table=True):
    """Polls, results, feedback and styles, as published: documents, not rows per question."""

    __tablename__ = "document"
    digest: str = Field(primary_key=True)
    raw: bytes


class ListRow(_Table, table=True):
    """The list after closing, as the ballot box signed it: fetched once, whole."""

    __tablename__ = "list"
    municipality: str = Field(primary_key=True)
    poll: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    raw: bytes


class TokenRow(_Table, table=True):
    """One token (deelnamebewijs). Everything needed to ask again is there before it is first asked for."""

    __tablename__ = "token"
    municipality: str = Field(primary_key=True)
    poll: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    message: bytes
    prefix: bytes
    inverse: bytes
    blinded: bytes
    edit_private: bytes
    edit_public: bytes
    opening: bytes
    signature: bytes | None = None
    problem: str | None = None


class KeptRow(_Table):
    """Answers that this phone can read, sealed with its key."""

    municipality: str = Field(primary_key=True)
    poll: str = Field(primary_key=True)
    answers: bytes


class DraftRow(KeptRow, table=True):
    """Answers that are being given."""

    __tablename__ = "draft"


class CopyRow(KeptRow, table=True):
    """What was sent, where the resident chose to keep it."""

    __tablename__ = "copy"


class OutboxRow(_Table, table=True):
    """A sealed ballot (postvak uit). `line` is what the list after closing must show of it.

    `content`: the answers, sealed to the counting key, while the token that the envelope needs is not here.
    `asked`: the pause until `not_before` is one that a server asked for.
    """

    __tablename__ = "outbox"
    municipality: str = Field(primary_key=True)
    poll: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    revision: int
    envelope: bytes
    line: str
    state: str
    reason: str | None = None
    attempts: int = 0
    not_before: float = 0.0
    content: bytes | None = None
    asked: bool = False


class EndedRow(_Table, table=True):
    """A poll that is over: since when the phone knows (seconds since 1970); whether it forgot its part."""

    __tablename__ = "ended"
    municipality: str = Field(primary_key=True)
    poll: str = Field(primary_key=True)
    since: float
    forgotten: bool = False


class LeaseRow(_Table, table=True):
    """Who may drain the outbox now, and until when (seconds since 1970)."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    holder: str
    until: float
