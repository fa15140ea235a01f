"""Sealing what a resident sends: at once, also where the token is not drawn yet (verzegelen).

A token's nullifier is known as soon as the phone made its message. So the answers are sealed to the poll's
counting key when the resident presses Send; only the envelope around them waits for the signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.answers import Answer
from domain.poll import Poll
from domain.response import BallotKind, Response, split
from protocol import tokens
from protocol.ballots import Token, make_envelope, seal_answers
from protocol.canonical import b64, unb64
from protocol.manifest import Manifest, ManifestPoll
from protocol.problems import Problem
from storage.outbox import OutboxState, Overtaken, SealedBallot
from storage.wallet import StoredToken
from sync.draw import prepare
from sync.phone import Phone

TOO_LATE = frozenset({Problem.POLL_CLOSED, Problem.POLL_UNKNOWN})
"""What an issuer says of a poll that ended; any other refusal of a token sets its ballot aside."""


def seal_response(
    phone: Phone, manifest: Manifest, published: ManifestPoll, poll: Poll, response: Response, keep_copy: bool
) -> None:
    """Put a response in the outbox, sealed, in place of its draft and of what was sent before.

    Raises `StorageError`; then nothing changed.
    """
    home = phone.municipality.id
    copy = phone.copies.sealed(home, poll.id, response.answers) if keep_copy else None
    ballots = split(poll, response)
    made = {kind: prepare(phone, published, kind) for kind in ballots}
    while True:
        earlier = {b.kind: b.revision for b in phone.outbox.progress(home) if b.poll == poll.id}
        sealed = [
            _seal(manifest, published, made[kind], answers, earlier.get(kind, 0) + 1)
            for kind, answers in ballots.items()
        ]
        try:
            phone.outbox.put(sealed, copy)
        except Overtaken:  # another tab sent in between: this one is the later
            continue
        return


def stamp(phone: Phone, manifest: Manifest, server_time: datetime | None) -> None:
    """Step: put in envelopes what was sealed and has its token now; set aside what gets none."""
    box = unb64(manifest.keys.ballot_box_sealing)
    for ballot in phone.outbox.sealed(phone.municipality.id):
        token = phone.wallet.token(ballot.municipality, ballot.poll, ballot.kind)
        if token is None or ballot.content is None:
            phone.outbox.mark(ballot, OutboxState.SET_ASIDE, Problem.INTERNAL)
        elif token.signature is not None:
            phone.outbox.stamp(ballot, make_envelope(ballot.content, _token(token), ballot.revision, box))
        elif why := too_late(manifest, ballot.poll, server_time):
            phone.outbox.mark(ballot, OutboxState.TOO_LATE, why)
        elif token.problem is not None:
            gone = token.problem in TOO_LATE
            state = OutboxState.TOO_LATE if gone else OutboxState.SET_ASIDE
            phone.outbox.mark(ballot, state, token.problem)


def too_late(manifest: Manifest, poll: str, server_time: datetime | None) -> Problem | None:
    """Why a ballot of this poll can count no more. Without the servers' time no poll has ended: the
    phone's own clock may be wrong.
    """
    published = manifest.poll(poll)
    if published is None or published.state.cancelled:
        return Problem.POLL_UNKNOWN
    ended = server_time is not None and server_time >= published.ends_at()
    return Problem.POLL_CLOSED if ended else None


def _seal(
    manifest: Manifest,
    published: ManifestPoll,
    stored: StoredToken,
    answers: Mapping[str, Answer],
    revision: int,
) -> SealedBallot:
    token = _token(stored)
    content = seal_answers(answers, token, published.entry, revision)
    line = b64(tokens.list_line(token.nullifier, content))
    ballot = SealedBallot(stored.municipality, stored.poll, stored.kind, revision, b"", line)
    if stored.signature is None:
        return replace(ballot, state=OutboxState.SEALED, content=content)
    box = unb64(manifest.keys.ballot_box_sealing)
    return replace(ballot, envelope=make_envelope(content, token, revision, box))


def _token(stored: StoredToken) -> Token:
    """Without a signature it is good for sealing answers, not for an envelope."""
    return Token(
        poll=stored.poll,
        kind=BallotKind(stored.kind),
        prefix=stored.prefix,
        message=stored.message,
        signature=stored.signature or b"",
        edit_private=stored.edit_private,
        edit_public=stored.edit_public,
        opening=stored.opening,
    )
