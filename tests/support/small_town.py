"""A municipality with its three servers in this process, on a clock that stands still."""

from __future__ import annotations

import secrets
import shutil
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlmodel import Session

from domain.participation import Municipality
from protocol import paths
from protocol.canonical import b64
from protocol.codes import Code, code_hash, new_code
from protocol.manifest import Manifest, ManifestPoll, PollEntry, PollState, ServerKeys, Services, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.messages import InvitationMessage, InvitationsMessage
from protocol.municipality import MunicipalityCard, StaffKeys
from protocol.poll_document import read_poll
from protocol.sealing import new_sealing_key
from protocol.signing import new_signing_key
from protocol.staff_requests import SignedRequest, sign_request
from server.ballot_box import create_ballot_box
from server.blind_signer import new_private_key, public_key_of
from server.door import UNLIMITED, Door
from server.issuer import create_issuer
from server.issuer_tables import TokenKeyRow
from server.mixing import Mixing, MixRule
from server.own_keys import own_keys
from server.shuffler import create_shuffler
from tests.support.clock import NOW, FakeClock
from tests.support.polls import document, raw
from tests.support.wire import Wire

ISSUER_HOST, SHUFFLER_HOST, BALLOT_BOX_HOST = "issuer.test", "shuffler.test", "ballot-box.test"
ISSUER, SHUFFLER, BALLOT_BOX = f"http://{ISSUER_HOST}", f"http://{SHUFFLER_HOST}", f"http://{BALLOT_BOX_HOST}"
RULE = MixRule(least=1, every=timedelta(hours=12))
SETTLE = timedelta(hours=72)


@cache
def token_key(poll: str, kind: str) -> bytes:
    """A private key of 3072 bits: one for each poll and kind, the same in every test."""
    return new_private_key()


class SmallTown:
    """Waterrijk, with its servers' databases in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FakeClock()
        self.root = new_signing_key()
        self.staff = {right: new_signing_key() for right in ("publishing", "invitation", "counting")}
        self.counting = new_sealing_key()
        staff = StaffKeys(**{right: b64(key.public) for right, key in self.staff.items()})
        self.card = MunicipalityCard(
            id="waterrijk", name="Gemeente Waterrijk", root_key=b64(self.root.public), staff=staff
        )
        self.keys = {role: own_keys(folder, role) for role in ("shuffler", "ballot-box")}
        apps = {
            ISSUER_HOST: lambda: self.issuer,
            SHUFFLER_HOST: lambda: self.shuffler,
            BALLOT_BOX_HOST: lambda: self.ballot_box,
        }
        self.wire = Wire(apps, self.clock)
        self.http = httpx.AsyncClient(transport=self.wire)
        self.manifest: Manifest = self._first()
        self.documents: dict[str, bytes] = {}
        self.pems: dict[tuple[str, str], bytes] = {}
        self._kept: dict[str, Any] = {}

    @cached_property
    def issuer(self) -> FastAPI:
        return create_issuer(self.folder, self.card, self.clock, door(ISSUER))

    @cached_property
    def shuffler(self) -> FastAPI:
        return create_shuffler(self.folder, self.card, BALLOT_BOX, RULE, self.clock, door(SHUFFLER))

    @cached_property
    def ballot_box(self) -> FastAPI:
        return create_ballot_box(self.folder, self.card, SETTLE, self.clock, door(BALLOT_BOX))

    @property
    def municipality(self) -> Municipality:
        return Municipality(self.card.id, self.card.name, self.root.public, ISSUER)

    @property
    def mixing(self) -> Mixing:
        mixing: Mixing = self.shuffler.state.mixing
        return mixing

    def close(self) -> None:
        for role in ("issuer", "shuffler", "ballot_box"):
            if role in self.__dict__:  # those that were asked anything
                getattr(self, role).state.engine.dispose()

    def keep(self) -> None:
        """Remember the town as it is now; `restore` goes back to it, which is faster than a new one."""
        _ = self.issuer, self.shuffler, self.ballot_box
        self.close()
        shutil.copytree(self.folder, self._copy)
        self._kept = {name: copy(getattr(self, name)) for name in ("manifest", "documents", "pems", "staff")}

    def restore(self) -> None:
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(self._copy, self.folder)
        for name, value in self._kept.items():
            setattr(self, name, copy(value))
        self.clock.moment = NOW
        self.wire.calm()
        self.mixing.rule, self.mixing.swept_at = RULE, None

    @property
    def _copy(self) -> Path:
        return self.folder.with_name(self.folder.name + ".kept")

    def entry(self, data: dict[str, Any]) -> PollEntry:
        """The manifest's entry of a poll. `publish` tells the issuer its token keys."""
        poll = read_poll(raw(data))
        self.documents[(name := digest_of(raw(data)))] = raw(data)
        kinds = ("choices", "texts") if poll.has_text() else ("choices",)
        keys = {kind: b64(self._token_key(poll.id, kind)) for kind in kinds}
        return PollEntry.of(poll, name, TokenKeys(**keys), self.counting.public)

    async def publish(self, **changes: Any) -> bytes:
        """The next manifest, on both boards with its documents. Returns its bytes."""
        self.give_token_keys()
        raw_manifest = self.sign(**changes)
        for base in (BALLOT_BOX, ISSUER):
            for name in self.manifest.documents():
                reply = await self.signed(
                    "PUT", base + paths.STAFF_DOCUMENT.format(digest=name), body=self.documents[name]
                )
                assert reply.status_code == 204, reply.text
            reply = await self.signed("PUT", base + paths.STAFF_MANIFEST, body=raw_manifest)
            assert reply.status_code == 204, reply.text
        return raw_manifest

    def add_poll(self, data: dict[str, Any] | None = None, **changes: Any) -> PollEntry:
        """A poll in `manifest`, not yet on a board."""
        entry = self.entry({**(data or document()), **changes})
        self.sign(polls=(*self.manifest.polls, ManifestPoll(entry=entry)))
        return entry

    async def publish_poll(self, data: dict[str, Any] | None = None, **changes: Any) -> PollEntry:
        entry = self.entry({**(data or document()), **changes})
        await self.publish(polls=(*self.manifest.polls, ManifestPoll(entry=entry)))
        return entry

    async def change_poll(self, id: str, **changes: Any) -> None:
        """Close, cancel, or say what came of it."""
        polls = tuple(
            p.model_copy(update={"state": PollState(**{**p.state.model_dump(), **changes})})
            if p.entry.id == id
            else p
            for p in self.manifest.polls
        )
        await self.publish(polls=polls)

    def sign(self, **changes: Any) -> bytes:
        """The next manifest, not yet on a board."""
        changes = {"sequence": self.manifest.sequence + 1, "issued_at": self.clock(), **changes}
        self.manifest = self.manifest.model_copy(update=changes)
        return sign_manifest(self.manifest, self.root.private)

    async def signed(
        self,
        method: str,
        url: str,
        right: str = "publishing",
        body: bytes = b"",
        at: datetime | None = None,
        media_type: str = "application/octet-stream",
    ) -> httpx.Response:
        return await self.http.send(self.request(method, url, right, body, at, media_type))

    def request(
        self,
        method: str,
        url: str,
        right: str = "publishing",
        body: bytes = b"",
        at: datetime | None = None,
        media_type: str = "application/octet-stream",
    ) -> httpx.Request:
        """A request of staff, signed now. Real time: the signatures' library reads no other clock."""
        request = self.http.build_request(method, url, content=body, headers={"content-type": media_type})
        moment = (at or datetime.now(UTC)).replace(microsecond=0)
        signed = SignedRequest(method, str(request.url), request.headers)
        sign_request(signed, body, right, self.staff[right].private, moment)
        return request

    async def invite(self, *segments: str, days: float = 30) -> Code:
        code = new_code(secrets.token_bytes)
        until = self.clock() + timedelta(days=days)
        invitation = InvitationMessage(code_hash=code_hash(code), segments=segments, expires_at=until)
        body = InvitationsMessage(invitations=(invitation,)).model_dump_json().encode()
        reply = await self.signed(
            "POST", ISSUER + paths.STAFF_INVITATIONS, "invitation", body, media_type="application/json"
        )
        assert reply.status_code == 200, reply.text
        return code

    async def mix(self) -> int:
        """One look of the shuffler: what may go, goes to the ballot box."""
        return await self.mixing.tick(self.manifest, self.hand_on)

    async def hand_on(self, _cut: str, batch: dict[str, object]) -> bool:
        reply = await self.http.post(BALLOT_BOX + paths.BATCHES, json=batch)
        return reply.is_success

    def _token_key(self, poll: str, kind: str) -> bytes:
        """The public key of a poll and kind."""
        pem = self.pems[poll, kind] = token_key(poll, kind)
        return public_key_of(pem)

    def give_token_keys(self) -> None:
        """Put the keys in the issuer: its own would take a second each to make."""
        with Session(self.issuer.state.engine) as session, session.begin():
            for (poll, kind), pem in self.pems.items():
                session.merge(TokenKeyRow(poll=poll, kind=kind, private_pem=pem))

    def _first(self) -> Manifest:
        box = self.keys["ballot-box"]
        return Manifest(
            municipality=self.card.id,
            name=self.card.name,
            root_key=self.card.root_key,
            sequence=1,
            issued_at=self.clock(),
            services=Services(issuer=ISSUER, shuffler=SHUFFLER, ballot_box=BALLOT_BOX),
            keys=ServerKeys(
                shuffler_signing=b64(self.keys["shuffler"].signing_public),
                ballot_box_sealing=b64(box.sealing_public),
                ballot_box_signing=b64(box.signing_public),
            ),
        )


def door(url: str) -> Door:
    """Known by this URL, and never too busy for a test."""
    return Door((url,), UNLIMITED)


def digest_of(data: bytes) -> str:
    return b64(sha256(data).digest())
