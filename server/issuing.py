"""Issuing (uitgifte): a code gives one phone the right to one token per poll and kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, func, select

from domain.poll import Access
from protocol.canonical import b64
from protocol.codes import Code, CodeMalformed, code_hash
from protocol.manifest import PollEntry
from protocol.messages import InvitationMessage
from protocol.problems import Problem
from server.blind_signer import BlindedMessageInvalid, Signer, new_private_key, public_key_of, signer_for
from server.board import Board
from server.issuer_tables import DrawRow, InvitationRow, IssuedRow, OpenHolderRow, TokenKeyRow
from server.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Holder:
    """A phone that may draw: invited to segments, or open polls only."""

    secret_hash: str
    segments: tuple[str, ...]
    invited: bool

    def may_draw(self, entry: PollEntry) -> bool:
        if entry.access == Access.OPEN:
            return True
        return self.invited and (not entry.segments or not set(entry.segments).isdisjoint(self.segments))


@dataclass(frozen=True)
class Issuing:
    engine: Engine
    board: Board
    now: Callable[[], datetime]
    _signers: dict[tuple[str, str], Signer] = field(default_factory=dict)
    _making: Lock = field(default_factory=Lock)

    def enrol(self, code: bytes | None, secret: bytes) -> Holder:
        """Bind the code to the phone's secret. The same two again: the same reply."""
        hashed = secret_hash(secret)
        with Session(self.engine) as session, session.begin():
            if code is None:
                session.merge(OpenHolderRow(secret_hash=hashed))
                return Holder(hashed, (), invited=False)
            row = session.get(InvitationRow, _hash_of(code))
            if row is None:
                raise Refusal(Problem.CODE_UNKNOWN)
            if row.secret_hash is not None and row.secret_hash != hashed:
                raise Refusal(Problem.CODE_USED)
            if row.secret_hash is None:
                if _aware(row.expires_at) <= self.now():
                    raise Refusal(Problem.CODE_EXPIRED)
                if _invitation_of(session, hashed) is not None:
                    raise Refusal(Problem.MALFORMED)  # each code asks for a fresh secret
                row.secret_hash = hashed
            return Holder(hashed, tuple(row.segments), invited=True)

    def holder(self, secret: bytes) -> Holder:
        hashed = secret_hash(secret)
        with Session(self.engine) as session:
            if row := _invitation_of(session, hashed):
                return Holder(hashed, tuple(row.segments), invited=True)
            if session.get(OpenHolderRow, hashed):
                return Holder(hashed, (), invited=False)
        raise Refusal(Problem.CREDENTIAL_UNKNOWN)

    def draw(self, holder: Holder, poll: str, kind: str, blinded: bytes) -> bytes:
        """Sign blindly, once per holder, poll and kind; the identical request gets the identical reply."""
        published = self.board.manifest().poll(poll)
        if published is None or published.state.cancelled or not published.entry.token_keys.has(kind):
            raise Refusal(Problem.POLL_UNKNOWN)
        if not holder.may_draw(published.entry):
            raise Refusal(Problem.POLL_NOT_FOR_YOU)
        asked = b64(sha256(blinded).digest())
        key = (holder.secret_hash, poll, kind)
        with Session(self.engine) as session:
            if row := session.get(DrawRow, key):
                return _same(row, asked)
        if self.now() >= published.ends_at():
            raise Refusal(Problem.POLL_CLOSED)
        signature = self._sign(poll, kind, blinded)
        with Session(self.engine) as session, session.begin():
            if row := session.get(DrawRow, key):  # another request of the same phone was first
                return _same(row, asked)
            session.add(
                DrawRow(
                    secret_hash=holder.secret_hash, poll=poll, kind=kind, blinded=asked, signature=signature
                )
            )
        return signature

    def token_keys(self, poll: str) -> dict[str, bytes]:
        """The poll's public token keys by kind, made at the first call."""
        with self._making:
            return {kind: public_key_of(self._private(poll, kind)) for kind in ("choices", "texts")}

    def invite(self, invitations: Iterable[InvitationMessage]) -> tuple[int, int]:
        """Add invitations; those that are there already stay as they are. Returns (added, already there)."""
        added = there = 0
        with Session(self.engine) as session, session.begin():
            for invitation in invitations:
                if session.get(InvitationRow, invitation.code_hash):
                    there += 1
                    continue
                added += 1
                session.add(
                    InvitationRow(
                        code_hash=invitation.code_hash,
                        segments=list(invitation.segments),
                        expires_at=invitation.expires_at.astimezone(UTC),
                    )
                )
        return added, there

    def issued(self, poll: str) -> tuple[int, int]:
        """(how many invitees the poll has, how many phones drew a token for it)."""
        published = self.board.manifest().poll(poll)
        if published is None:
            raise Refusal(Problem.POLL_UNKNOWN)
        with Session(self.engine) as session:
            if kept := session.get(IssuedRow, poll):
                return kept.invited, kept.issued
            return _issued(session, published.entry)

    def freeze(self, session: Session, poll: str) -> None:
        """Keep the counts of `issued`, before the rows that they count are deleted."""
        published = self.board.manifest().poll(poll)
        if published is not None and session.get(IssuedRow, poll) is None:
            invited, issued = _issued(session, published.entry)
            session.add(IssuedRow(poll=poll, invited=invited, issued=issued))

    def _sign(self, poll: str, kind: str, blinded: bytes) -> bytes:
        signer = self._signers.get((poll, kind))
        if signer is None:
            with Session(self.engine) as session:
                row = session.get(TokenKeyRow, (poll, kind))
            if row is None:
                raise Refusal(Problem.POLL_UNKNOWN)
            signer = self._signers[(poll, kind)] = signer_for(row.private_pem)
        try:
            return signer.sign(blinded)
        except BlindedMessageInvalid as exc:
            raise Refusal(Problem.BLINDED_MESSAGE_INVALID) from exc

    def _private(self, poll: str, kind: str) -> bytes:
        with Session(self.engine) as session:
            if row := session.get(TokenKeyRow, (poll, kind)):
                return row.private_pem
        made = new_private_key()  # takes seconds: outside a transaction, so that nobody waits for it
        with Session(self.engine) as session, session.begin():
            session.add(TokenKeyRow(poll=poll, kind=kind, private_pem=made))
        return made


def secret_hash(secret: bytes) -> str:
    """What the issuer keeps of a phone's secret: it has 256 random bits, so a plain hash does."""
    return b64(sha256(b"samenspraak/secret/v1" + secret).digest())


def _invitation_of(session: Session, hashed: str) -> InvitationRow | None:
    return session.exec(select(InvitationRow).where(InvitationRow.secret_hash == hashed)).first()


def _issued(session: Session, entry: PollEntry) -> tuple[int, int]:
    rows = session.exec(select(InvitationRow.segments)).all()
    drawn = select(func.count()).where(col(DrawRow.poll) == entry.id, col(DrawRow.kind) == "choices")
    wanted = set(entry.segments)
    invited = sum(1 for segments in rows if not wanted or not wanted.isdisjoint(segments))
    return invited, session.exec(drawn).one()


def _hash_of(code: bytes) -> str:
    try:
        return code_hash(Code(code))
    except CodeMalformed as exc:
        raise Refusal(Problem.CODE_UNKNOWN) from exc


def _same(row: DrawRow, asked: str) -> bytes:
    if row.blinded != asked:
        raise Refusal(Problem.TOKEN_DRAWN)
    return row.signature


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite forgets the zone
