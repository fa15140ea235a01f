"""Routes of the notice board, the same at the issuer and at the ballot box."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from protocol import paths
from protocol.problems import Problem
from server.application import RawBody
from server.board import Board
from server.describing import BY_STAFF, GIVES_BYTES, GIVES_MANIFEST, TAKES_BYTES, describe
from server.staff_gate import StaffGate

DigestPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{43}$")]
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}


def board_routes(board: Board, gate: StaffGate) -> APIRouter:
    router = APIRouter()
    staff = [Depends(gate.require("publishing"))]
    refused = (Problem.SIGNATURE_INVALID, Problem.RIGHT_MISSING, Problem.MEDIA_TYPE)

    @router.get(
        paths.MANIFEST, responses={**GIVES_MANIFEST, **describe(Problem.NOT_FOUND)}, response_class=Response
    )
    def get_manifest() -> Response:
        """The newest manifest: the same bytes for everybody."""
        headers = {"cache-control": "no-cache"}
        return Response(board.raw_manifest(), media_type="application/json", headers=headers)

    @router.get(
        paths.DOCUMENT, responses={**GIVES_BYTES, **describe(Problem.NOT_FOUND)}, response_class=Response
    )
    def get_document(digest: DigestPath) -> Response:
        """A poll, result, feedback or house style, by the SHA-256 that the manifest names."""
        return Response(board.document(digest), media_type="application/octet-stream", headers=FOREVER)

    @router.put(
        paths.STAFF_DOCUMENT,
        status_code=204,
        dependencies=staff,
        openapi_extra={**TAKES_BYTES, **BY_STAFF},
        responses=describe(*refused, Problem.DOCUMENT_MISMATCH),
    )
    def put_document(digest: DigestPath, raw: RawBody) -> None:
        """Store a document under its SHA-256, before the manifest that names it."""
        board.put_document(digest, raw)

    @router.put(
        paths.STAFF_MANIFEST,
        status_code=204,
        dependencies=staff,
        openapi_extra={**TAKES_BYTES, **BY_STAFF},
        responses=describe(
            *refused,
            Problem.MANIFEST_INVALID,
            Problem.MANIFEST_OLDER,
            Problem.MANIFEST_FORKED,
            Problem.DOCUMENT_MISSING,
        ),
    )
    def put_manifest(raw: RawBody) -> None:
        """Publish a signed manifest. The same one again is fine; an older or another one is refused."""
        board.publish(raw)

    return router
