"""What could not be delivered, as a file that a resident can give to somebody who looks into it."""

from __future__ import annotations

from collections.abc import Iterable

from protocol.canonical import b64, canonical
from storage.outbox import SealedBallot

VERSION = 1


def set_aside_document(municipality: str, ballots: Iterable[SealedBallot]) -> bytes:
    """Canonical JSON. Every ballot is as it was sealed: nobody reads an answer in it.

    `envelope` is what the shuffler refused; `content` the sealed answers that got no token, and so no
    envelope. The other one is empty. Bytes are base64url.
    """
    found = [
        {
            "poll": ballot.poll,
            "kind": ballot.kind,
            "revision": ballot.revision,
            "reason": ballot.reason,
            "envelope": b64(ballot.envelope),
            "content": b64(ballot.content or b""),
        }
        for ballot in ballots
    ]
    return canonical({"version": VERSION, "municipality": municipality, "ballots": found})
