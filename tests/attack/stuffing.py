"""A heap of ballots to stuff a ballot box with: repeated, revised, out of order, forged."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from domain.answers import Answer, Chosen
from protocol.ballots import ENVELOPE_CLASSES, ENVELOPE_INFO, Ballot, Token, make_envelope, open_envelope
from protocol.canonical import b64, canonical, unb64
from protocol.manifest import PollEntry
from protocol.padding import pad
from protocol.sealing import seal
from protocol.signing import new_signing_key
from tests.support.ballots import Voter
from tests.support.small_town import SmallTown

COPIES = 4
"""Genuine deliveries for each voter."""
WINS = 9
"""The revision of every forgery: it would take the place of what its victim sent."""
COLOURS = ("rood", "blauw", "groen")


@dataclass(frozen=True, slots=True)
class Heap:
    """`deliveries`: envelopes in random order. `last`: by nullifier, the sealed bytes that must count.

    `sent`: every sealed content that a voter made; `forged`: how many deliveries are forgeries.
    """

    deliveries: tuple[bytes, ...]
    last: dict[str, tuple[int, bytes]]
    sent: frozenset[bytes]
    forged: int


class _Forger:
    """Has everything of the shuffler and sees every envelope, but has no edit key and no issuer's key."""

    def __init__(self, town: SmallTown, other: PollEntry) -> None:
        keys = town.keys["ballot-box"]
        self._public, self._private = keys.sealing_public, keys.sealing_private
        self._other, self._thief = other, new_signing_key()
        self.ways: tuple[Callable[[Voter], bytes], ...] = (
            self.token_signature,
            self.token_made_up,
            self.other_edit_key,
            self.edit_signature,
            self.raised_revision,
            self.tampered,
            self.other_poll,
            self.nonsense,
        )

    def token_signature(self, voter: Voter) -> bytes:
        signature = voter.token.signature
        return self._with(voter, signature=signature[:-1] + bytes([signature[-1] ^ 1]))

    def token_made_up(self, voter: Voter) -> bytes:
        return self._with(voter, message=voter.token.message[:-33] + secrets.token_bytes(33))

    def other_edit_key(self, voter: Voter) -> bytes:
        return self._with(voter, edit_private=self._thief.private, edit_public=self._thief.public)

    def edit_signature(self, voter: Voter) -> bytes:
        return self._with(voter, edit_private=self._thief.private)

    def raised_revision(self, voter: Voter) -> bytes:
        return self._changed(voter, revision=WINS)

    def tampered(self, voter: Voter) -> bytes:
        sealed = bytearray(unb64(self._open(voter).sealed))
        sealed[-1] ^= 1
        return self._changed(voter, sealed=b64(bytes(sealed)))

    def other_poll(self, voter: Voter) -> bytes:
        return self._with(voter, poll=self._other.id)

    def nonsense(self, voter: Voter) -> bytes:
        return secrets.token_bytes(len(voter.envelope()))

    def _with(self, voter: Voter, **changes: object) -> bytes:
        token: Token = replace(voter.token, **changes)  # type: ignore[arg-type]
        return make_envelope(voter.seal(WINS), token, WINS, self._public)

    def _changed(self, voter: Voter, **changes: object) -> bytes:
        ballot = self._open(voter).model_copy(update=changes)
        return seal(
            self._public, pad(canonical(ballot.model_dump(mode="json")), ENVELOPE_CLASSES), ENVELOPE_INFO
        )

    def _open(self, voter: Voter) -> Ballot:
        return open_envelope(voter.envelope(), self._private)


def make_heap(
    town: SmallTown, entry: PollEntry, other: PollEntry, voters: int, forged: int, chance: Random
) -> Heap:
    """Four deliveries of one to three revisions by each voter, and forgeries in their names."""
    forger, deliveries = _Forger(town, other), []
    last: dict[str, tuple[int, bytes]] = {}
    sent: set[bytes] = set()
    known: list[Voter] = []
    for _ in range(voters):
        voter = Voter(town, entry)
        contents = dict(enumerate(_contents(voter, chance), start=1))
        deliveries += _copies(voter, contents, chance)
        last[b64(voter.token.nullifier)] = max(contents.items())
        sent |= set(contents.values())
        known.append(voter)
    for number in range(forged):
        deliveries.append(forger.ways[number % len(forger.ways)](chance.choice(known)))
    chance.shuffle(deliveries)
    return Heap(tuple(deliveries), last, frozenset(sent), forged)


def _contents(voter: Voter, chance: Random) -> Iterator[bytes]:
    for revision in range(1, chance.randint(1, 3) + 1):
        answer: dict[str, Answer] = {"een": Chosen((chance.choice(COLOURS),))}
        yield voter.seal(revision, answer)


def _copies(voter: Voter, contents: dict[int, bytes], chance: Random) -> Iterator[bytes]:
    """Each revision once; then again, in the very same envelope or in a fresh one."""
    made = {revision: voter.envelope(revision, sealed=sealed) for revision, sealed in contents.items()}
    yield from made.values()
    for _ in range(COPIES - len(made)):
        revision = chance.choice(list(made))
        fresh = chance.random() < 0.5
        yield voter.envelope(revision, sealed=contents[revision]) if fresh else made[revision]
