"""The door for staff: a request counts only with a signature of the right key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request

from protocol.canonical import unb64
from protocol.municipality import MunicipalityCard
from protocol.problems import Problem
from protocol.staff_requests import SignatureInvalid, SignedRequest, verify_request
from server.refusals import Refusal


@dataclass(frozen=True, slots=True)
class StaffGate:
    """`public_urls`: the base URLs of this server. What was signed for another server is refused here,
    whatever host the request says it is for.
    """

    card: MunicipalityCard
    public_urls: tuple[str, ...]

    def require(self, right: str) -> Callable[[Request], Awaitable[None]]:
        """A FastAPI dependency that refuses a request not signed by the key with this right."""

        async def check(request: Request) -> None:
            keys = {name: unb64(key) for name, key in self.card.staff.model_dump().items()}
            body = await request.body()
            found = self._signed_with(request, body, keys)
            if found is None:
                raise Refusal(Problem.SIGNATURE_INVALID)
            if found != right:
                raise Refusal(Problem.RIGHT_MISSING)

        return check

    def _signed_with(self, request: Request, body: bytes, keys: dict[str, bytes]) -> str | None:
        for base in self.public_urls:
            signed = SignedRequest(request.method, base.rstrip("/") + _target(request), request.headers)
            try:
                return verify_request(signed, body, keys)
            except SignatureInvalid:
                continue
        return None


def _target(request: Request) -> str:
    """Path and query as they came, not as they read."""
    path: bytes = request.scope["raw_path"]
    query: bytes = request.scope["query_string"]
    return (path + (b"?" + query if query else b"")).decode("latin-1")
