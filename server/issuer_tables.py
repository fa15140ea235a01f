"""Tables of the issuer (uitgifte): who may draw tokens, and what was drawn. Nothing about answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime
from sqlalchemy.orm import registry
from sqlmodel import JSON, Field

from server.board import board_tables
from server.database import Orderless

TABLES = registry()


class _Table(Orderless, registry=TABLES):
    pass


ManifestRow, DocumentRow = board_tables(_Table)


class InvitationRow(_Table, table=True):
    """One invitation (uitnodiging). `secret_hash` is that of the one phone that used it."""

    __tablename__ = "invitation"
    code_hash: str = Field(primary_key=True)
    segments: list[str] = Field(sa_type=JSON)
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    secret_hash: str | None = Field(default=None, unique=True)


class OpenHolderRow(_Table, table=True):
    """A phone without a code: open polls only."""

    __tablename__ = "open_holder"
    secret_hash: str = Field(primary_key=True)


class TokenKeyRow(_Table, table=True):
    """The private key that signs tokens of one poll and kind."""

    __tablename__ = "token_key"
    poll: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    private_pem: bytes


class IssuedRow(_Table, table=True):
    """How many were invited to a poll and drew a token, for when the rows that say so are gone."""

    __tablename__ = "issued"
    poll: str = Field(primary_key=True)
    invited: int
    issued: int


class DrawRow(_Table, table=True):
    """That a holder drew, and the reply, so that asking again gets the same. `blinded` is a hash."""

    __tablename__ = "draw"
    secret_hash: str = Field(primary_key=True)
    poll: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    blinded: str
    signature: bytes
