"""A ballot: made on the phone, checked by the ballot box, opened by staff after closing (stembiljet)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field, ValidationError

from domain.answers import Answer, from_plain, to_plain
from domain.response import BallotKind
from protocol import tokens
from protocol.blind_rsa import KeyRefused, key_id, verify
from protocol.canonical import NotBase64, b64, canonical, unb64
from protocol.manifest import ManifestPoll, PollEntry
from protocol.messages import B64, BallotKindName, Message, PollId
from protocol.padding import PaddingInvalid, pad, unpad
from protocol.sealing import NotOpened, open_sealed, seal
from protocol.signing import sign
from protocol.signing import verify as verify_signature

EDIT_DOMAIN = "samenspraak/ballot-edit/v1"
ENVELOPE_INFO = b"samenspraak/envelope/v1"
CONTENT_CLASSES = (1024, 4096, 16384)
"""Sizes in bytes that the answers inside a ballot are padded to."""
ENVELOPE_CLASSES = (4096, 8192, 32768)
"""Sizes in bytes that a whole ballot is padded to, before it is sealed for the ballot box."""
ENVELOPE_SIZES = frozenset(size + 32 + 16 for size in ENVELOPE_CLASSES)
"""Sizes of an envelope on the wire: a class, the HPKE key share and the tag."""


@dataclass(frozen=True, slots=True)
class Token:
    """A finished token on the phone, with what is needed to use it.

    `prefix` and `signature` are from RFC 9474; `message` is `tokens.token_message`; `edit_private`
    and `opening` (32 bytes each) stay on the phone, the opening until the ballot is made.
    """

    poll: str
    kind: BallotKind
    prefix: bytes
    message: bytes
    signature: bytes
    edit_private: bytes = field(repr=False)
    edit_public: bytes
    opening: bytes = field(repr=False)

    @property
    def nullifier(self) -> bytes:
        return tokens.nullifier(self.poll, self.kind, self.message)


class Ballot(Message):
    version: Literal[1] = 1
    poll: PollId
    kind: BallotKindName
    prefix: B64
    message: B64
    signature: B64
    edit_key: B64
    opening: B64
    revision: int = Field(ge=1, le=10**6)
    sealed: B64
    edit_signature: B64

    def signed_part(self) -> bytes:
        return canonical(self.model_dump(mode="json", exclude={"edit_signature"}))


class BallotRefused(Exception):
    """The ballot box cannot count this. `reason` is a word for the count of invalid ballots."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Checked:
    """A genuine ballot: 32-byte nullifier, revision, and the answers still sealed."""

    nullifier: bytes
    revision: int
    sealed: bytes


def seal_answers(answers: Mapping[str, Answer], token: Token, entry: PollEntry, revision: int) -> bytes:
    """The answers of one ballot, padded and sealed to the poll's counting key."""
    plain = canonical({"answers": {id: to_plain(answer) for id, answer in answers.items()}})
    info = _content_info(entry.digest(), token.nullifier, revision)
    return seal(unb64(entry.counting_key), pad(plain, CONTENT_CLASSES), info)


def make_envelope(sealed: bytes, token: Token, revision: int, ballot_box_key: bytes) -> bytes:
    """The whole ballot, signed with the edit key, padded, and sealed to the ballot box."""
    unsigned = Ballot(
        poll=token.poll,
        kind=token.kind.value,
        prefix=b64(token.prefix),
        message=b64(token.message),
        signature=b64(token.signature),
        edit_key=b64(token.edit_public),
        opening=b64(token.opening),
        revision=revision,
        sealed=b64(sealed),
        edit_signature="",
    )
    signature = sign(token.edit_private, EDIT_DOMAIN, unsigned.signed_part())
    ballot = unsigned.model_copy(update={"edit_signature": b64(signature)})
    return seal(
        ballot_box_key, pad(canonical(ballot.model_dump(mode="json")), ENVELOPE_CLASSES), ENVELOPE_INFO
    )


def open_envelope(envelope: bytes, ballot_box_private: bytes) -> Ballot:
    """The ballot inside. Raises `BallotRefused`."""
    try:
        return Ballot.model_validate_json(unpad(open_sealed(ballot_box_private, envelope, ENVELOPE_INFO)))
    except (NotOpened, PaddingInvalid, ValidationError) as exc:
        raise BallotRefused("unreadable") from exc


def check_ballot(ballot: Ballot, poll: ManifestPoll) -> Checked:
    """Token genuine and for this very poll, edit key the committed one, edit signature right.

    Raises `BallotRefused`. Says nothing about time: the caller knows the clock.
    """
    try:
        kind = BallotKind(ballot.kind)
        key = poll.entry.token_keys.of(ballot.kind)
        prefix, message, edit_key = unb64(ballot.prefix), unb64(ballot.message), unb64(ballot.edit_key)
        signature, edit_signature = unb64(ballot.signature), unb64(ballot.edit_signature)
        bound = tokens.commitment(edit_key, unb64(ballot.opening))
        sealed = unb64(ballot.sealed)
    except (NotBase64, KeyRefused) as exc:
        raise BallotRefused("unreadable") from exc
    if key is None or len(prefix) != 32:
        raise BallotRefused("no-such-token")
    expected = tokens.token_message(kind, bound, unb64(poll.entry.digest()), key_id(key))
    if message != expected or not verify(key, prefix + message, signature):
        raise BallotRefused("token-forged")
    if not verify_signature(edit_key, EDIT_DOMAIN, ballot.signed_part(), edit_signature):
        raise BallotRefused("edit-forged")
    return Checked(tokens.nullifier(ballot.poll, kind, message), ballot.revision, sealed)


def open_answers(
    sealed: bytes, counting_private: bytes, entry: PollEntry, nullifier: bytes, revision: int
) -> dict[str, Answer]:
    """What one ballot says. Raises `BallotRefused` for a ballot that was sealed for something else."""
    try:
        info = _content_info(entry.digest(), nullifier, revision)
        data = json.loads(unpad(open_sealed(counting_private, sealed, info)))
        return {str(id): from_plain(answer) for id, answer in data["answers"].items()}
    except (
        NotOpened,
        PaddingInvalid,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as exc:
        raise BallotRefused("content-unreadable") from exc


def _content_info(entry_digest: str, nullifier: bytes, revision: int) -> bytes:
    """Binds a ciphertext to its poll, ballot and revision, so that it cannot be copied to another."""
    return canonical({"entry": entry_digest, "nullifier": b64(nullifier), "revision": revision})
