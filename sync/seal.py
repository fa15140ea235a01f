"""Step: seal the responses that the resident sent."""

from __future__ import annotations

from domain.response import BallotKind, Response, split
from protocol import tokens
from protocol.ballots import Token, make_envelope, seal_answers
from protocol.canonical import b64, unb64
from protocol.manifest import Manifest, ManifestPoll
from storage.drafts import Draft
from storage.outbox import SealedBallot
from storage.wallet import StoredToken
from sync.phone import Phone


def seal_finished(phone: Phone, manifest: Manifest) -> int:
    """Seal every finished draft whose tokens are here, each in one transaction. Returns how many."""
    sealed = 0
    for draft in phone.drafts.all(phone.municipality.id):
        poll = manifest.poll(draft.poll)
        if draft.finished and poll is not None:
            sealed += _seal(phone, manifest, poll, draft)
    return sealed


def _seal(phone: Phone, manifest: Manifest, poll: ManifestPoll, draft: Draft) -> bool:
    read = phone.poll(poll)
    if read is None:
        return False
    ballots = split(read, Response(draft.poll, draft.answers))
    stored = {kind: phone.wallet.token(phone.municipality.id, draft.poll, kind) for kind in ballots}
    earlier = {b.kind: b.revision for b in phone.outbox.all(phone.municipality.id) if b.poll == draft.poll}
    finished: list[SealedBallot] = []
    box = unb64(manifest.keys.ballot_box_sealing)
    for kind, answers in ballots.items():
        token = _token(stored[kind])
        if token is None:
            return False
        revision = earlier.get(kind, 0) + 1
        content = seal_answers(answers, token, poll.entry, revision)
        finished.append(
            SealedBallot(
                municipality=phone.municipality.id,
                poll=draft.poll,
                kind=kind,
                revision=revision,
                envelope=make_envelope(content, token, revision, box),
                line=b64(tokens.list_line(token.nullifier, content)),
            )
        )
    phone.outbox.put(finished)
    return True


def _token(stored: StoredToken | None) -> Token | None:
    if stored is None or stored.signature is None:
        return None
    return Token(
        poll=stored.poll,
        kind=BallotKind(stored.kind),
        prefix=stored.prefix,
        message=stored.message,
        signature=stored.signature,
        edit_private=stored.edit_private,
        edit_public=stored.edit_public,
        opening=stored.opening,
    )
