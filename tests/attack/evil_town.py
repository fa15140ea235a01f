"""A municipality that is the attacker, and a real phone that it shows something of its own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from domain.errors import SyncError
from domain.participation import Municipality
from protocol import paths
from protocol.canonical import b64, unb64
from protocol.codes import new_code, to_link_part
from protocol.manifest import Manifest, ManifestPoll, PollEntry, ServerKeys, Services, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.poll_document import read_poll
from protocol.sealing import new_sealing_key, public_of
from protocol.signing import new_signing_key
from server.blind_signer import Signer, new_private_key, signer_for
from storage.database import open_phone
from sync.client import Client, new_http_client
from sync.desk import Desk
from sync.phone import Phone
from sync.run import Synchroniser
from tests.attack.evil_servers import SECOND, Evil
from tests.support.clock import FakeClock
from tests.support.polls import raw
from tests.support.small_poll import small_poll

POLL = "kleur"


@cache
def signer() -> Signer:
    """With the one key that phones may be shown."""
    return signer_for(new_private_key())


@dataclass
class Town:
    """A municipality that is the attacker: it signs whatever it likes."""

    evil: Evil
    root: bytes = field(default_factory=lambda: new_signing_key().private)
    shuffler: bytes = field(default_factory=lambda: new_signing_key().private)
    box: bytes = field(default_factory=lambda: new_sealing_key().private)
    clock: FakeClock = field(default_factory=FakeClock)

    def entry(self, id: str = POLL, key: bytes | None = None, **changes: object) -> PollEntry:
        document = raw(small_poll(id, **changes))
        for phone in self.evil.documents.values():
            phone[b64(sha256(document).digest())] = document
        return PollEntry.of(
            read_poll(document),
            b64(sha256(document).digest()),
            TokenKeys(choices=b64(key or signer().public_key.to_bytes())),
            public_of(self.box),
        )

    def manifest(self, phone: str, sequence: int, *entries: PollEntry, **changes: object) -> Manifest:
        here = self.evil.address(phone)
        whole = Manifest(
            municipality="waterrijk",
            name="Gemeente Waterrijk",
            root_key=b64(new_signing_key(lambda _: self.root).public),
            sequence=sequence,
            issued_at=self.clock() + timedelta(seconds=sequence),
            services=Services(issuer=here, shuffler=here, ballot_box=here, mirror=here + SECOND),
            keys=ServerKeys(
                shuffler_signing=b64(new_signing_key(lambda _: self.shuffler).public),
                ballot_box_sealing=b64(public_of(self.box)),
                ballot_box_signing=b64(new_signing_key(lambda _: self.shuffler).public),
            ),
            polls=tuple(ManifestPoll(entry=entry) for entry in entries),
        )
        return whole.model_copy(update=changes)

    def give(self, phone: str, manifest: Manifest, root: bytes | None = None) -> None:
        self.evil.manifests[phone] = sign_manifest(manifest, root or self.root)


class Victim:
    """A real phone that knows the town's root key and has seen one honest manifest."""

    def __init__(self, town: Town, name: str, folder: Path) -> None:
        self.town, self.name = town, name
        town.evil.documents[name], town.evil.signers[name] = {}, signer()
        self.honest = town.entry()
        home = Municipality(
            "waterrijk",
            "Gemeente Waterrijk",
            new_signing_key(lambda _: town.root).public,
            town.evil.address(name),
        )
        self.engine = open_phone(folder)
        self.phone = Phone.on(self.engine, home, town.clock, secrets.token_bytes)
        self.desk = Desk(self.phone)

    async def first_round(self) -> None:
        self.town.give(self.name, self.town.manifest(self.name, 5, self.honest))
        assert await self.round() is None
        self.desk.join(to_link_part(new_code(secrets.token_bytes)))

    async def round(self) -> SyncError | None:
        async with new_http_client() as http:
            return await Synchroniser(self.phone, Client(http), lambda: None).round()

    def drew_otherwise(self) -> bool:
        """Whether it holds a token that does not name the honest entry, or more than one."""
        drawn = self.town.evil.got(self.name, paths.TOKENS)
        token = self.phone.wallet.token("waterrijk", POLL, "choices")
        named = unb64(self.honest.digest())
        return len(drawn) > 1 or (token is not None and named not in token.message)
