"""A resident's phone, real but for its servers: the app's own storage in a folder, with one poll on it."""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from domain.answers import Answer
from domain.participation import Municipality
from domain.poll import Poll
from preview.examples import made_up_result
from preview.screens import Moment
from protocol.blind_rsa import PublicKey
from protocol.canonical import b64
from protocol.manifest import Manifest, ManifestPoll, PollEntry, PollState, ServerKeys, Services, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.outcome import ResultDocument, write_document
from protocol.sealing import new_sealing_key
from protocol.signing import SigningKey, new_signing_key
from storage.database import open_phone
from storage.outbox import OutboxState
from storage.wallet import Joining, Membership
from sync.desk import Desk
from sync.phone import Phone
from sync.run import LAST_SUCCESS, PROBLEM

HOME, NOWHERE = "voorbeeld", "http://preview.invalid"
SMALL_ODD = math.prod(range(3, 10_000, 2))


@dataclass
class Clock:
    """Stands still, where the screens need it to be."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class ShownPhone:
    desk: Desk
    municipality: Municipality
    clock: Clock
    moment: Moment


@dataclass(frozen=True, slots=True)
class Shown:
    """A poll, its document, and one resident's answers to it; None where nobody can complete it."""

    poll: Poll
    document: bytes
    answers: Mapping[str, Answer] | None


def new_phone(folder: Path, name: str, shown: Shown, moment: Moment) -> ShownPhone:
    """A phone in the municipality called `name` on which just this has happened. Raises `StorageError`."""
    root, clock = new_signing_key(), Clock(_during(shown.poll))
    municipality = Municipality(HOME, name, root.public, NOWHERE)
    phone = Phone.on(open_phone(folder), municipality, clock, secrets.token_bytes)
    phone.settings.put("welcomed", "no" if moment is Moment.FIRST else "yes")
    phone.settings.put(LAST_SUCCESS, clock().isoformat())
    if moment is Moment.SAVED:
        phone.settings.put(PROBLEM, "network")
    desk = Desk(phone)
    if moment not in (Moment.FIRST, Moment.CODE):
        _publish(phone, root, shown, PollState())
        member = Membership(HOME, bytes(32), None, Joining.MEMBER, True, shown.poll.segments)
        phone.wallet.put_membership(member)
        _go_on(desk, root, shown, moment)
    return ShownPhone(desk, municipality, clock, moment)


def _go_on(desk: Desk, root: SigningKey, shown: Shown, moment: Moment) -> None:
    """What a resident did before she came to this moment."""
    if shown.answers is None or moment in (Moment.NEW, Moment.STUCK):
        return
    poll = shown.poll
    desk.save(poll.id, shown.answers)
    if moment is Moment.ANSWERED:
        return
    desk.send(poll.id, shown.answers)
    if moment is Moment.SENT:
        _arrive(desk.phone, OutboxState.HANDED_OVER)
    if moment is Moment.ENDED:
        _arrive(desk.phone, OutboxState.COUNTED)
        result = write_document(ResultDocument.from_domain(made_up_result(poll)))
        name = _keep(desk.phone, result)
        assert isinstance(desk.phone.now, Clock)
        desk.phone.now.moment = poll.closes_at + poll.grace + timedelta(days=1)
        _publish(desk.phone, root, shown, PollState(result=name))


def _arrive(phone: Phone, state: OutboxState) -> None:
    """As if every ballot had its token and had come so far."""
    for ballot in phone.outbox.all(HOME):
        token = phone.wallet.token(HOME, ballot.poll, ballot.kind)
        assert token is not None
        phone.wallet.finish_token(token, bytes(384))
        phone.outbox.mark(ballot, state)


def _publish(phone: Phone, root: SigningKey, shown: Shown, state: PollState) -> None:
    counting, nobody = new_sealing_key().public, b64(bytes(32))
    entry = PollEntry.of(
        shown.poll, _keep(phone, shown.document), TokenKeys(choices=_key(0), texts=_key(1)), counting
    )
    manifest = Manifest(
        municipality=HOME,
        name=phone.municipality.name,
        root_key=b64(root.public),
        sequence=1,
        issued_at=phone.now(),
        services=Services(issuer=NOWHERE, shuffler=NOWHERE, ballot_box=NOWHERE),
        keys=ServerKeys(shuffler_signing=nobody, ballot_box_sealing=b64(counting), ballot_box_signing=nobody),
        polls=(ManifestPoll(entry=entry, state=state),),
    )
    phone.shelf.put_manifest(HOME, sign_manifest(manifest, root.private))


def _keep(phone: Phone, raw: bytes) -> str:
    name = b64(sha256(raw).digest())
    phone.shelf.put_document(name, raw)
    return name


@cache
def _key(_number: int) -> str:
    """A key that a phone accepts. Nobody can sign with it: nothing is ever sent from here."""
    while True:
        n = secrets.randbits(3072) | 1 << 3071 | 1
        if math.gcd(n, SMALL_ODD) == 1:
            return b64(PublicKey(n).to_bytes())


def _during(poll: Poll) -> datetime:
    """Now, if the poll is open; else halfway."""
    now = datetime.now(UTC)
    if poll.opens_at <= now < poll.closes_at:
        return now
    return poll.opens_at + (poll.closes_at - poll.opens_at) / 2
