"""A phone on which a great deal waits: as many polls as are asked for, each with sealed choices and texts."""

from __future__ import annotations

import math
import random
import secrets
from pathlib import Path

from domain.participation import Municipality
from domain.response import BallotKind
from protocol.blind_rsa import PublicKey
from protocol.canonical import b64
from protocol.manifest import Manifest, ManifestPoll, PollEntry, ServerKeys, Services, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.poll_document import read_poll
from protocol.sealing import new_sealing_key
from protocol.signing import SigningKey, new_signing_key
from storage.database import open_phone
from storage.outbox import SealedBallot
from storage.wallet import Joining, Membership
from sync.phone import Phone
from tests.support.clock import FakeClock
from tests.support.polls import raw
from tests.support.small_poll import small_poll
from tests.support.small_town import BALLOT_BOX, ISSUER, SHUFFLER, digest_of

ENVELOPE = bytes(4096)
_SMALL_ODD = math.prod(range(3, 10_000, 2))


def fill(folder: Path, polls: int) -> Municipality:
    """Make the phone's file; returns the municipality it belongs to."""
    root, chance = new_signing_key(), random.Random(polls)
    home = Municipality("waterrijk", "Gemeente Waterrijk", root.public, ISSUER)
    engine = open_phone(folder)
    phone = Phone.on(engine, home, FakeClock(), secrets.token_bytes)
    documents = [raw(small_poll(f"poll-{number}")) for number in range(polls)]
    phone.shelf.put_manifest(home.id, _manifest(root, documents, chance))
    phone.wallet.put_membership(Membership(home.id, bytes(32), None, Joining.MEMBER))
    for number, document in enumerate(documents):
        phone.shelf.put_document(digest_of(document), document)
        phone.outbox.put(
            SealedBallot(home.id, f"poll-{number}", kind, 1, ENVELOPE, f"{number}-{kind}")
            for kind in BallotKind
        )
    engine.dispose()
    return home


def opened(folder: Path, home: Municipality) -> Phone:
    return Phone.on(open_phone(folder), home, FakeClock(), secrets.token_bytes)


def _manifest(root: SigningKey, documents: list[bytes], chance: random.Random) -> bytes:
    counting = b64(new_sealing_key().public)
    return sign_manifest(
        Manifest(
            municipality="waterrijk",
            name="Gemeente Waterrijk",
            root_key=b64(root.public),
            sequence=1,
            issued_at=FakeClock()(),
            services=Services(issuer=ISSUER, shuffler=SHUFFLER, ballot_box=BALLOT_BOX),
            keys=ServerKeys(
                shuffler_signing=b64(bytes(32)),
                ballot_box_sealing=counting,
                ballot_box_signing=b64(bytes(32)),
            ),
            polls=tuple(ManifestPoll(entry=_entry(document, counting, chance)) for document in documents),
        ),
        root.private,
    )


def _entry(document: bytes, counting: str, chance: random.Random) -> PollEntry:
    poll = read_poll(document)
    return PollEntry(
        id=poll.id,
        document=digest_of(document),
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        grace_hours=24,
        access=poll.access,
        segments=(),
        token_keys=TokenKeys(choices=_key(chance), texts=_key(chance)),
        counting_key=counting,
    )


def _key(chance: random.Random) -> str:
    """A modulus that a phone accepts; nobody can sign with it."""
    while True:
        n = chance.getrandbits(3072) | 1 << 3071 | 1
        if math.gcd(n, _SMALL_ODD) == 1:
            return b64(PublicKey(n, 65537).to_bytes())
