"""Memberships and tokens: what gives this phone the right to answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import Engine
from sqlmodel import col, select

from storage.database import transaction
from storage.tables import MembershipRow, TokenRow


class Joining(StrEnum):
    """`asking`: kept, to be sent to the issuer; `refused`: it said no, `problem` says why."""

    ASKING = "asking"
    MEMBER = "member"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Membership:
    municipality: str
    secret: bytes
    code: bytes | None
    state: Joining
    invited: bool = False
    segments: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token on its way (`signature` is None) or finished. Bytes as in `protocol.ballots.Token`."""

    municipality: str
    poll: str
    kind: str
    message: bytes
    prefix: bytes
    inverse: bytes
    blinded: bytes
    edit_private: bytes
    edit_public: bytes
    opening: bytes
    signature: bytes | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Wallet:
    engine: Engine

    def memberships(self) -> list[Membership]:
        with transaction(self.engine) as session:
            return [_membership(row) for row in session.exec(select(MembershipRow))]

    def membership(self, municipality: str) -> Membership | None:
        with transaction(self.engine) as session:
            row = session.get(MembershipRow, municipality)
            return _membership(row) if row else None

    def put_membership(self, membership: Membership) -> None:
        fields = {name: getattr(membership, name) for name in Membership.__slots__}
        with transaction(self.engine) as session:
            session.merge(MembershipRow(**{**fields, "segments": list(membership.segments)}))

    def token(self, municipality: str, poll: str, kind: str) -> StoredToken | None:
        with transaction(self.engine) as session:
            row = session.get(TokenRow, (municipality, poll, kind))
            return _token(row) if row else None

    def put_token(self, token: StoredToken) -> None:
        """Keep a token. One that is there already stays: it may have been sent for signing."""
        with transaction(self.engine) as session:
            if session.get(TokenRow, (token.municipality, token.poll, token.kind)) is None:
                session.add(TokenRow(**{name: getattr(token, name) for name in StoredToken.__slots__}))

    def finish_token(self, token: StoredToken, signature: bytes) -> None:
        with transaction(self.engine) as session:
            row = session.get_one(TokenRow, (token.municipality, token.poll, token.kind))
            row.signature, row.problem = signature, None

    def refuse_token(self, token: StoredToken, problem: str) -> None:
        with transaction(self.engine) as session:
            session.get_one(TokenRow, (token.municipality, token.poll, token.kind)).problem = problem

    def polls_with_token(self, municipality: str, kind: str) -> frozenset[str]:
        wanted = select(TokenRow.poll).where(
            TokenRow.municipality == municipality, TokenRow.kind == kind, col(TokenRow.signature).is_not(None)
        )
        with transaction(self.engine) as session:
            return frozenset(session.exec(wanted))


def _membership(row: MembershipRow) -> Membership:
    return Membership(
        row.municipality,
        row.secret,
        row.code,
        Joining(row.state),
        row.invited,
        tuple(row.segments),
        row.problem,
    )


def _token(row: TokenRow) -> StoredToken:
    return StoredToken(**{name: getattr(row, name) for name in StoredToken.__slots__})
