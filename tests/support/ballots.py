"""Tokens and envelopes as a phone makes them, in one go."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache

from domain.answers import Answer, Chosen
from domain.response import BallotKind
from protocol import tokens
from protocol.ballots import Token, make_envelope, seal_answers
from protocol.blind_rsa import blind, finalize, key_id
from protocol.canonical import b64, unb64
from protocol.manifest import PollEntry
from protocol.signing import new_signing_key
from server.blind_signer import Signer, signer_for
from tests.support.small_town import SmallTown

ANSWERS: dict[str, Answer] = {"hoe-vaak": Chosen(("nooit",))}
_signer = cache(signer_for)


def new_token(pem: bytes, entry: PollEntry, kind: BallotKind = BallotKind.CHOICES) -> Token:
    signer: Signer = _signer(pem)
    edit, opening = new_signing_key(), secrets.token_bytes(32)
    bound = tokens.commitment(edit.public, opening)
    message = tokens.token_message(kind, bound, unb64(entry.digest()), key_id(signer.public_key))
    blinded = blind(signer.public_key, message, random=secrets.token_bytes)
    signature = finalize(signer.public_key, message, blinded, signer.sign(blinded.blinded_message))
    return Token(
        poll=entry.id,
        kind=kind,
        prefix=blinded.prefix,
        message=message,
        signature=signature,
        edit_private=edit.private,
        edit_public=edit.public,
        opening=opening,
    )


class Voter:
    """Somebody with a token of a poll in the town."""

    def __init__(self, town: SmallTown, entry: PollEntry, kind: BallotKind = BallotKind.CHOICES) -> None:
        self.town, self.entry = town, entry
        self.token = new_token(town.pems[entry.id, kind], entry, kind)

    def seal(self, revision: int = 1, answers: Mapping[str, Answer] = ANSWERS) -> bytes:
        return seal_answers(answers, self.token, self.entry, revision)

    def envelope(self, revision: int = 1, token: Token | None = None, sealed: bytes | None = None) -> bytes:
        box = self.town.keys["ballot-box"].sealing_public
        return make_envelope(sealed or self.seal(revision), token or self.token, revision, box)

    def line(self, sealed: bytes) -> str:
        """What the list after closing shows of this voter's ballot."""
        return b64(tokens.list_line(self.token.nullifier, sealed))
