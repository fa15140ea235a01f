"""Memberships and tokens: what gives this phone the right to answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import Engine
from sqlmodel import col, select, update

from storage.database import transaction
from storage.outbox import OutboxState
from storage.tables import MembershipRow, OutboxRow, TokenRow


class Joining(StrEnum):
    """`asking`: kept, to be sent to the issuer; `refused`: it said no, `problem` says why."""

    ASKING = "asking"
    MEMBER = "member"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Membership:
    """`mark`: what the letter's link says of the root key; empty for a typed code."""

    municipality: str
    secret: bytes
    code: bytes | None
    state: Joining
    invited: bool = False
    segments: tuple[str, ...] = ()
    problem: str | None = None
    mark: str = ""


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

    def membership(self, municipality: str) -> Membership | None:
        return self._get(municipality, False)

    def candidate(self, municipality: str) -> Membership | None:
        """Another code that was entered by who takes part already: the issuer did not accept it yet."""
        return self._get(municipality, True)

    def put_membership(self, membership: Membership) -> None:
        with transaction(self.engine) as session:
            session.merge(_row(membership, False))

    def put_candidate(self, membership: Membership) -> None:
        with transaction(self.engine) as session:
            session.merge(_row(membership, True))

    def drop_candidate(self, municipality: str) -> None:
        with transaction(self.engine) as session:
            if row := session.get(MembershipRow, (municipality, True)):
                session.delete(row)

    def accept(self, membership: Membership) -> None:
        """The issuer accepted the candidate: it takes the place of the membership.

        Tokens that were refused to the old one are asked for anew, with what was set aside for them.
        """
        home = membership.municipality
        with transaction(self.engine) as session:
            session.merge(_row(membership, False))
            if row := session.get(MembershipRow, (home, True)):
                session.delete(row)
            tokens = update(TokenRow).where(col(TokenRow.municipality) == home)
            session.exec(tokens.where(col(TokenRow.signature).is_(None)).values(problem=None))
            aside = update(OutboxRow).where(
                col(OutboxRow.municipality) == home,
                col(OutboxRow.state) == OutboxState.SET_ASIDE,
                col(OutboxRow.content).is_not(None),
            )
            session.exec(aside.values(state=OutboxState.SEALED, reason=None))

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

    def without_use(self, municipality: str) -> frozenset[str]:
        """Polls of which a token was refused, or is not finished."""
        wanted = select(TokenRow.poll).where(
            TokenRow.municipality == municipality, col(TokenRow.signature).is_(None)
        )
        with transaction(self.engine) as session:
            return frozenset(session.exec(wanted))

    def _get(self, municipality: str, candidate: bool) -> Membership | None:
        with transaction(self.engine) as session:
            row = session.get(MembershipRow, (municipality, candidate))
            return _membership(row) if row else None


def _row(membership: Membership, candidate: bool) -> MembershipRow:
    fields = {name: getattr(membership, name) for name in Membership.__slots__}
    return MembershipRow(**{**fields, "segments": list(membership.segments), "candidate": candidate})


def _membership(row: MembershipRow) -> Membership:
    return Membership(
        row.municipality,
        row.secret,
        row.code,
        Joining(row.state),
        row.invited,
        tuple(row.segments),
        row.problem,
        row.mark,
    )


def _token(row: TokenRow) -> StoredToken:
    return StoredToken(**{name: getattr(row, name) for name in StoredToken.__slots__})
