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
    card: MunicipalityCard

    def require(self, right: str) -> Callable[[Request], Awaitable[None]]:
        """A FastAPI dependency that refuses a request not signed by the key with this right."""

        async def check(request: Request) -> None:
            keys = {name: unb64(key) for name, key in self.card.staff.model_dump().items()}
            body = await request.body()
            signed = SignedRequest(request.method, str(request.url), request.headers)
            try:
                found = verify_request(signed, body, keys)
            except SignatureInvalid as exc:
                raise Refusal(Problem.SIGNATURE_INVALID) from exc
            if found != right:
                raise Refusal(Problem.RIGHT_MISSING)

        return check
