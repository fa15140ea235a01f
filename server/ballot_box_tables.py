"""Tables of the ballot box (stembus): sealed ballots and counts. No serial id, no time, no person."""

from __future__ import annotations

from sqlalchemy.orm import registry
from sqlmodel import Field

from server.board import board_tables
from server.database import Orderless

TABLES = registry()
NO_POLL = "-"
"""Where what belongs to no known poll is counted."""


class _Table(Orderless, registry=TABLES):
    pass


ManifestRow, DocumentRow = board_tables(_Table)


class BallotRow(_Table, table=True):
    """The nullifier lets each token count once; a higher revision takes the place of a lower one."""

    __tablename__ = "ballot"
    nullifier: str = Field(primary_key=True)
    poll: str = Field(index=True)
    kind: str
    revision: int
    sealed: bytes


class FiguresRow(_Table, table=True):
    """How many could not be counted, or travelled in a small batch, per poll and kind."""

    __tablename__ = "figures"
    poll: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    invalid: int = 0
    late: int = 0
    below_threshold: int = 0


class ListRow(_Table, table=True):
    """The list after closing as it was signed, for when the ballots it is made of are gone."""

    __tablename__ = "list"
    poll: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    raw: bytes


class BatchRow(_Table, table=True):
    """Batches taken, so that one sent again is not counted again. The digest is of a random thing."""

    __tablename__ = "batch"
    digest: str = Field(primary_key=True)


class SweptRow(_Table, table=True):
    """Until when everything that was taken in has been handed on, by the shuffler's word (ISO 8601).

    One row for the whole ballot box: it says nothing about any ballot.
    """

    __tablename__ = "swept"
    id: int = Field(primary_key=True)
    until: str
