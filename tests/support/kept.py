"""What the three servers of a small town keep: rows that are put there, counted and swept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from server.ballot_box_tables import TABLES as BALLOT_BOX_TABLES
from server.ballot_box_tables import BallotRow
from server.issuer_tables import TABLES as ISSUER_TABLES
from server.issuer_tables import DrawRow
from server.shuffler_tables import TABLES as SHUFFLER_TABLES
from server.sweeping import Retention
from tests.support.small_town import SmallTown, digest_of

POLL = "regiovervoer"
METADATA = {
    "issuer": ISSUER_TABLES.metadata,
    "shuffler": SHUFFLER_TABLES.metadata,
    "ballot-box": BALLOT_BOX_TABLES.metadata,
}


def put(town: SmallTown, role: str, *found: object) -> None:
    with Session(engine(town, role)) as session, session.begin():
        session.add_all(found)


def count(town: SmallTown, role: str, row: type) -> int:
    with Session(engine(town, role)) as session:
        return len(session.exec(select(row)).all())


def engine(town: SmallTown, role: str) -> Engine:
    found: Engine = getattr(town, role.replace("-", "_")).state.engine
    return found


def sweep(town: SmallTown, role: str) -> None:
    if role == "shuffler":
        Retention("shuffler", engine(town, role), town.clock, lambda: town.manifest).sweep()
    else:
        getattr(town, role.replace("-", "_")).state.retention.sweep()


async def end_of_poll(town: SmallTown, role: str, row: object, **state: object) -> datetime:
    """A row of a poll that is published; returns the moment from which the days of its rule count."""
    entry = await town.publish_poll()
    if state:
        await town.change_poll(POLL, **state)
    put(town, role, row)
    poll = town.manifest.poll(entry.id)
    assert poll is not None
    return poll.ends_at()


def ballot(poll: str = POLL) -> BallotRow:
    return BallotRow(nullifier="A" * 43, poll=poll, kind="choices", revision=1, sealed=b"sealed")


def draw(poll: str = POLL) -> DrawRow:
    return DrawRow(secret_hash="s", poll=poll, kind="choices", blinded="b", signature=b"x")


async def a_ballot_with_a_result(town: SmallTown) -> datetime:
    town.documents[digest_of(b"result")] = b"result"
    return await end_of_poll(town, "ballot-box", ballot(), result=digest_of(b"result"))
