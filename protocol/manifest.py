"""The manifest: what a municipality's root key says is true. Everybody gets the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.poll import Poll
from protocol.blind_rsa import PublicKey, check_key
from protocol.canonical import b64, digest, unb64
from protocol.messages import B64, Digest, Message, PollId
from protocol.succession import Succession, keys_of

LAST_DAY = datetime(9000, 1, 1, tzinfo=UTC)
"""Dates lie before it, so that adding hours of grace cannot run past `datetime.max`."""

Moment = Annotated[AwareDatetime, Field(lt=LAST_DAY)]


Telephone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]{1,22}[0-9]$")]
"""A number as people write it, where residents can ask for help."""


class TokenKeys(Message):
    """Public keys of the blind signatures, one per kind of ballot (DER SubjectPublicKeyInfo)."""

    choices: B64
    texts: B64 | None = None

    def has(self, kind: str) -> bool:
        return kind == "choices" or self.texts is not None

    def of(self, kind: str) -> PublicKey | None:
        """The key for the kind of ballot. Raises `KeyRefused` for a key that could mark people."""
        encoded = self.choices if kind == "choices" else self.texts
        if encoded is None:
            return None
        key = PublicKey.from_bytes(unb64(encoded))
        check_key(key)
        return key


class PollEntry(Message):
    """A poll as published. It never changes; its digest is in every token."""

    id: PollId
    document: Digest
    opens_at: Moment
    closes_at: Moment
    grace_hours: int = Field(ge=0, le=24 * 365)
    access: str
    segments: tuple[str, ...]
    token_keys: TokenKeys
    counting_key: B64

    @classmethod
    def of(cls, poll: Poll, document: str, token_keys: TokenKeys, counting_key: bytes) -> PollEntry:
        """A poll whose document has this digest. `counting_key`: the public one."""
        return cls(
            id=poll.id,
            document=document,
            opens_at=poll.opens_at,
            closes_at=poll.closes_at,
            grace_hours=int(poll.grace.total_seconds() // 3600),
            access=poll.access,
            segments=poll.segments,
            token_keys=token_keys,
            counting_key=b64(counting_key),
        )

    def digest(self) -> str:
        return digest(self.model_dump(mode="json"))


class PollState(Message):
    """What happened to a poll since: the part of the manifest that may change."""

    closed_at: Moment | None = None
    cancelled: bool = False
    result: Digest | None = None
    feedback: Digest | None = None
    speech: Digest | None = None


class ManifestPoll(Message):
    entry: PollEntry
    state: PollState = PollState()

    def closes_at(self) -> datetime:
        """When answering ends: as published, or earlier if staff closed it."""
        early = self.state.closed_at
        return min(early, self.entry.closes_at) if early else self.entry.closes_at

    def ends_at(self) -> datetime:
        """End of grace: what arrives later does not count."""
        return self.closes_at() + timedelta(hours=self.entry.grace_hours)


class Services(Message):
    """Base URLs. `mirror` is a second address of the manifest, where there is one."""

    issuer: str
    shuffler: str
    ballot_box: str
    mirror: str | None = None


class ServerKeys(Message):
    """Public keys of the servers: receipts and batches, envelopes, the list after closing."""

    shuffler_signing: B64
    ballot_box_sealing: B64
    ballot_box_signing: B64


class Manifest(Message):
    version: int = 1
    municipality: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=100)
    root_key: B64
    successions: tuple[Succession, ...] = ()
    sequence: int = Field(ge=1)
    issued_at: AwareDatetime
    services: Services
    keys: ServerKeys
    style: Digest | None = None
    telephone: Telephone | None = None
    polls: tuple[ManifestPoll, ...] = ()

    def poll(self, id: str) -> ManifestPoll | None:
        return next((poll for poll in self.polls if poll.entry.id == id), None)

    def root_keys(self) -> tuple[str, ...]:
        """Every root key this municipality had, oldest first; the last one signs now."""
        return keys_of(self.successions, self.root_key)

    def documents(self) -> frozenset[str]:
        """Digests of every document the manifest names."""
        return self.read_by_all() | frozenset(p.state.speech for p in self.polls if p.state.speech)

    def read_by_all(self) -> frozenset[str]:
        """Those that every phone fetches: all but the voices."""
        found = {poll.entry.document for poll in self.polls} | {self.style}
        found |= {poll.state.result for poll in self.polls} | {poll.state.feedback for poll in self.polls}
        return frozenset(name for name in found if name)
