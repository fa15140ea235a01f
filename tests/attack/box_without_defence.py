"""The ballot box with its defences off, for the control: no key on the nullifier, no signature checked."""

from __future__ import annotations

import secrets

from sqlmodel import Field, Session

from domain.response import BallotKind
from protocol import tokens
from protocol.ballots import Ballot, Checked
from protocol.canonical import b64, unb64
from protocol.manifest import ManifestPoll
from server import collecting
from server.ballot_box_tables import TABLES
from server.commands import serve
from server.database import Orderless


class _Table(Orderless, registry=TABLES):
    pass


class EachRow(_Table, table=True):
    """As `BallotRow`, with a random number for a key: every delivery is a row."""

    __tablename__ = "each"
    id: str = Field(primary_key=True)
    nullifier: str
    poll: str
    kind: str
    revision: int
    sealed: bytes


def keep_each(session: Session, poll: str, kind: str, checked: Checked) -> bool:
    """In the place of `collecting._keep`."""
    row = EachRow(
        id=secrets.token_hex(16),
        nullifier=b64(checked.nullifier),
        poll=poll,
        kind=kind,
        revision=checked.revision,
        sealed=checked.sealed,
    )
    session.add(row)
    return True


def believe(ballot: Ballot, _poll: ManifestPoll) -> Checked:
    """In the place of `check_ballot`."""
    nullifier = tokens.nullifier(ballot.poll, BallotKind(ballot.kind), unb64(ballot.message))
    return Checked(nullifier, ballot.revision, unb64(ballot.sealed))


if __name__ == "__main__":
    collecting.BallotRow = EachRow  # type: ignore[misc, assignment]
    collecting._keep = keep_each
    collecting.check_ballot = believe
    serve()
