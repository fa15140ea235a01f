"""Requests that get past the door: signed as staff, enrolled as a phone, of a size that is an envelope's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import requests
from hypothesis import strategies as st
from requests.auth import AuthBase
from schemathesis import Case

from protocol import paths
from protocol.ballots import ENVELOPE_SIZES
from protocol.receipts import make_batch
from protocol.staff_requests import SignedRequest, sign_request

RIGHTS = ("publishing", "invitation", "counting")


@dataclass(frozen=True, slots=True)
class Dress:
    """What is changed of a generated request. `known`: names of what is there instead of invented ones."""

    right: str | None
    known: bool
    inside: bool


DRESSES = st.builds(Dress, st.sampled_from((*RIGHTS, *RIGHTS, None)), st.booleans(), st.booleans())


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """Keys and names of the town that is asked. Empty: requests go as they were generated."""

    private_keys: Mapping[str, bytes] = field(default_factory=dict)
    right_of: Mapping[str, str] = field(default_factory=dict)
    """`METHOD path` -> the right it asks for."""
    secret: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    """Name of a path's parameter -> one that is there."""
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    """Path -> a body that is right."""
    shuffler: bytes = b""

    def put_on(self, case: Case, dress: Dress) -> dict[str, Any]:
        """Change the case; returns what to call it with besides."""
        if dress.known:
            for name, value in self.known.items():
                if name in (case.path_parameters or {}):
                    case.path_parameters[name] = value
        if dress.inside:
            self._put_inside(case)
        if case.path == paths.TOKENS and self.secret and dress.right:
            return {"headers": {"authorization": f"Bearer {self.secret}"}}
        if case.path.startswith("/v1/staff/") and dress.right and self.private_keys:
            wanted = self.right_of.get(f"{case.method} {case.path}", dress.right)
            right = wanted if dress.right != "counting" else dress.right
            return {"auth": _Signing(right, self.private_keys[right])}
        return {}

    def _put_inside(self, case: Case) -> None:
        if case.path in self.bodies:
            case.body = self.bodies[case.path]
        elif case.path == paths.ENVELOPES and isinstance(case.body, bytes):
            size = sorted(ENVELOPE_SIZES)[len(case.body) % len(ENVELOPE_SIZES)]
            case.body = case.body[:size].ljust(size, b"\0")
        elif case.path == paths.BATCHES and self.shuffler:
            envelopes = [json.dumps(case.body, default=str).encode()[:5000], b"", bytes(min(ENVELOPE_SIZES))]
            batch = make_batch(envelopes, len(str(case.body)) % 2 == 0, self.shuffler)
            case.body = batch.model_dump(mode="json")


class _Signing(AuthBase):
    """Signs whatever is sent, at the last moment."""

    def __init__(self, right: str, private: bytes) -> None:
        self.right, self.private = right, private

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        for name in ("signature", "signature-input", "content-digest"):
            request.headers.pop(name, None)
        signed = SignedRequest(request.method, request.url, request.headers)
        now = datetime.now(UTC).replace(microsecond=0)
        sign_request(signed, body, self.right, self.private, now)
        return request
