"""Tables of the shuffler (postbus): sealed envelopes that wait. No address, no time, no order."""

from __future__ import annotations

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

TABLES = registry()


class _Table(SQLModel, registry=TABLES):
    pass


class EnvelopeRow(_Table, table=True):
    """`cut` names the batch it was put in: a batch that was not acknowledged goes again, the same."""

    __tablename__ = "envelope"
    __table_args__ = {"sqlite_with_rowid": False}
    digest: str = Field(primary_key=True)
    sealed: bytes
    cut: str | None = None
    below_threshold: bool = False
