"""Routes of the notice board, the same at the issuer and at the ballot box."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from protocol import paths
from protocol.problems import Problem
from server.board import Board
from server.refusals import describe
from server.staff_gate import StaffGate

DigestPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{43}$")]
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
BINARY: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}
BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def board_routes(board: Board, gate: StaffGate) -> APIRouter:
    router = APIRouter()
    staff = [Depends(gate.require("publishing"))]
    refused = (Problem.SIGNATURE_INVALID, Problem.RIGHT_MISSING)

    @router.get(paths.MANIFEST, responses={**BINARY, **describe(Problem.NOT_FOUND)}, response_class=Response)
    def get_manifest() -> Response:
        headers = {"cache-control": "no-cache"}
        return Response(board.raw_manifest(), media_type="application/json", headers=headers)

    @router.get(paths.DOCUMENT, responses={**BINARY, **describe(Problem.NOT_FOUND)}, response_class=Response)
    def get_document(digest: DigestPath) -> Response:
        return Response(board.document(digest), media_type="application/octet-stream", headers=FOREVER)

    @router.put(
        paths.STAFF_DOCUMENT,
        status_code=204,
        dependencies=staff,
        openapi_extra=BYTES,
        responses=describe(*refused, Problem.DOCUMENT_MISMATCH),
    )
    async def put_document(digest: DigestPath, request: Request) -> None:
        board.put_document(digest, await request.body())

    @router.put(
        paths.STAFF_MANIFEST,
        status_code=204,
        dependencies=staff,
        openapi_extra=BYTES,
        responses=describe(
            *refused,
            Problem.MANIFEST_INVALID,
            Problem.MANIFEST_OLDER,
            Problem.MANIFEST_FORKED,
            Problem.DOCUMENT_MISSING,
        ),
    )
    async def put_manifest(request: Request) -> None:
        board.publish(await request.body())

    return router
