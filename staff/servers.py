"""The servers as staff's computer sees them: signed requests, typed errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from domain.errors import Refused, Unreachable
from protocol import paths
from protocol.canonical import b64
from protocol.messages import (
    BallotsMessage,
    HealthMessage,
    InvitationMessage,
    InvitationsMessage,
    InvitationsTakenMessage,
    IssuedMessage,
    KeysMessage,
    ProblemMessage,
    TokenKeysMessage,
)
from protocol.staff_requests import SignedRequest, sign_request
from staff.office import Office

M = TypeVar("M", bound=BaseModel)
INVITATIONS_AT_ONCE = 1000


class NoReply(Unreachable):
    """`server`: the base URL that gave no usable reply."""

    def __init__(self, server: str, reason: str) -> None:
        super().__init__(reason)
        self.server = server


@dataclass(frozen=True, slots=True)
class Servers:
    """Every method raises `NoReply` (try again later) or `Refused` (with the problem's code)."""

    office: Office
    http: httpx.Client

    def health(self, base: str) -> HealthMessage:
        return _read(HealthMessage, self._send(self._request("GET", base + paths.HEALTH)))

    def keys(self, base: str) -> KeysMessage:
        return _read(KeysMessage, self._send(self._request("GET", base + paths.KEYS)))

    def published(self, base: str) -> bytes:
        """The manifest as anybody can fetch it. Raises `Refused` (not-found) before the first."""
        return self._send(self._request("GET", base + paths.MANIFEST)).content

    def document(self, base: str, digest: str) -> bytes:
        return self._send(self._request("GET", base + paths.DOCUMENT.format(digest=digest))).content

    def token_keys(self, poll: str) -> TokenKeysMessage:
        url = self.office.addresses().issuer + paths.STAFF_TOKEN_KEYS.format(poll=poll)
        return _read(TokenKeysMessage, self._signed("POST", url, "publishing"))

    def put_document(self, digest: str, raw: bytes) -> None:
        for base in self._boards():
            self._signed("PUT", base + paths.STAFF_DOCUMENT.format(digest=digest), "publishing", raw)

    def put_manifest(self, raw: bytes) -> None:
        """To the ballot box first: a phone that has the manifest must find everybody ready."""
        for base in self._boards():
            self._signed("PUT", base + paths.STAFF_MANIFEST, "publishing", raw)

    def invite(
        self, invitations: list[InvitationMessage], on_progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Returns how many were new; those that were there already stay as they are."""
        added = 0
        url = self.office.addresses().issuer + paths.STAFF_INVITATIONS
        for start in range(0, len(invitations), INVITATIONS_AT_ONCE):
            part = InvitationsMessage(invitations=tuple(invitations[start : start + INVITATIONS_AT_ONCE]))
            body = part.model_dump_json().encode()
            reply = self._signed("POST", url, "invitation", body, "application/json")
            added += _read(InvitationsTakenMessage, reply).added
            if on_progress:
                on_progress(min(start + INVITATIONS_AT_ONCE, len(invitations)), len(invitations))
        return added

    def issued(self, poll: str) -> IssuedMessage:
        url = self.office.addresses().issuer + paths.STAFF_ISSUED.format(poll=poll)
        return _read(IssuedMessage, self._signed("GET", url, "counting"))

    def ballots(self, poll: str) -> BallotsMessage:
        url = self.office.addresses().ballot_box + paths.STAFF_BALLOTS.format(poll=poll)
        return _read(BallotsMessage, self._signed("GET", url, "counting"))

    def _boards(self) -> tuple[str, str]:
        addresses = self.office.addresses()
        return addresses.ballot_box, addresses.issuer

    def _signed(
        self,
        method: str,
        url: str,
        right: str,
        body: bytes = b"",
        media_type: str = "application/octet-stream",
    ) -> httpx.Response:
        request = self._request(method, url, content=body, headers={"content-type": media_type})
        signed = SignedRequest(method, str(request.url), request.headers)
        private = self.office.private_key(right)
        there = {"right": right, "method": method, "server": _base(request), "path": request.url.path}
        self.office.record("request", right, {**there, "body": b64(sha256(body).digest())})
        sign_request(signed, body, right, private, _whole_second(self.office.now()))
        try:
            return self._send(request)
        except (NoReply, Refused) as exc:
            reason = exc.code if isinstance(exc, Refused) else exc.reason
            self.office.record("request-failed", right, {**there, "reason": reason})
            raise

    def _request(self, method: str, url: str, **parts: Any) -> httpx.Request:
        try:
            return self.http.build_request(method, url, **parts)
        except httpx.InvalidURL as exc:
            raise NoReply(url, type(exc).__name__) from exc

    def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            reply = self.http.send(request)
        except httpx.HTTPError as exc:
            raise NoReply(_base(request), type(exc).__name__) from exc
        if reply.is_success:
            return reply
        try:
            problem = ProblemMessage.model_validate_json(reply.content)
        except ValidationError as exc:
            raise NoReply(_base(request), f"status {reply.status_code}") from exc
        raise Refused(problem.code)


def new_http_client(**kwargs: Any) -> httpx.Client:
    return httpx.Client(timeout=60, follow_redirects=False, headers={"user-agent": "samenspraak"}, **kwargs)


def _read(kind: type[M], reply: httpx.Response) -> M:
    try:
        return kind.model_validate_json(reply.content)
    except ValidationError as exc:
        raise NoReply(_base(reply.request), f"not a {kind.__name__}") from exc


def _base(request: httpx.Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc.decode()}"


def _whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
