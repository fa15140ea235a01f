"""Tables of the shuffler (postbus): sealed envelopes that wait. No address, no time, no order."""

from __future__ import annotations

from sqlalchemy.orm import registry
from sqlmodel import Field

from server.database import Orderless

TABLES = registry()


class _Table(Orderless, registry=TABLES):
    pass


class EnvelopeRow(_Table, table=True):
    """`cut` names the batch it was put in: a batch that was not acknowledged goes again, the same."""

    __tablename__ = "envelope"
    digest: str = Field(primary_key=True)
    sealed: bytes
    cut: str | None = Field(default=None, index=True)
    below_threshold: bool = False
