"""The issuer's web application."""

# No postponed annotations here: FastAPI must see the dependency that is defined inside a function.

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Header
from fastapi import Path as PathParameter

from protocol import paths
from protocol.canonical import NotBase64, b64, unb64
from protocol.codes import CODE_BYTES
from protocol.messages import (
    DrawMessage,
    DrawnMessage,
    EnrolledMessage,
    EnrolmentMessage,
    InvitationsMessage,
    InvitationsTakenMessage,
    IssuedMessage,
    TokenKeysMessage,
)
from protocol.municipality import MunicipalityCard
from protocol.problems import Problem
from server.application import make_application
from server.board import Board
from server.board_routes import board_routes
from server.database import database_url, open_database
from server.describing import BY_DEVICE, BY_STAFF, describe
from server.door import Door
from server.issuer_tables import TABLES, DocumentRow, ManifestRow
from server.issuing import Holder, Issuing
from server.refusals import Refusal
from server.staff_gate import StaffGate
from server.sweeping import Retention, while_running

SECRET_BYTES = 32
LARGEST_BODY = 4 * 1024 * 1024
PollPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


def create_issuer(folder: Path, card: MunicipalityCard, now: Callable[[], datetime], door: Door) -> FastAPI:
    """The app, with its database in `folder`."""
    engine = open_database(database_url(folder, "issuer"), TABLES.metadata)
    board = Board(engine, card, ManifestRow, DocumentRow)
    issuing = Issuing(engine, board, now)
    retention = Retention("issuer", engine, now, board.current, issuing.freeze)
    app = make_application("issuer", LARGEST_BODY, door, while_running(retention))
    app.state.engine, app.state.retention = engine, retention
    gate = StaffGate(card, door.public_urls)
    app.include_router(board_routes(board, gate))
    _resident_routes(app, issuing)
    _staff_routes(app, issuing, gate)
    return app


def _resident_routes(app: FastAPI, issuing: Issuing) -> None:
    def holder(authorization: Annotated[str, Header(max_length=200, include_in_schema=False)] = "") -> Holder:
        scheme, _, credential = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise Refusal(Problem.CREDENTIAL_UNKNOWN)
        return issuing.holder(_bytes(credential, SECRET_BYTES, Problem.CREDENTIAL_UNKNOWN))

    @app.post(
        paths.ENROLMENTS,
        responses=describe(Problem.CODE_UNKNOWN, Problem.CODE_USED, Problem.CODE_EXPIRED),
    )
    def enrol(message: EnrolmentMessage) -> EnrolledMessage:
        """Trade an invitation code for the right to draw tokens. The same phone may ask again."""
        secret = _bytes(message.secret, SECRET_BYTES, Problem.MALFORMED)
        code = None
        if message.code is not None:
            code = _bytes(message.code, CODE_BYTES, Problem.CODE_UNKNOWN)
        enrolled = issuing.enrol(code, secret)
        return EnrolledMessage(segments=enrolled.segments, invited=enrolled.invited)

    @app.post(
        paths.TOKENS,
        openapi_extra=BY_DEVICE,
        responses=describe(
            Problem.CREDENTIAL_UNKNOWN,
            Problem.NOT_FOUND,
            Problem.POLL_UNKNOWN,
            Problem.POLL_NOT_FOR_YOU,
            Problem.POLL_CLOSED,
            Problem.TOKEN_DRAWN,
            Problem.BLINDED_MESSAGE_INVALID,
        ),
    )
    def draw(message: DrawMessage, holder: Annotated[Holder, Depends(holder)]) -> DrawnMessage:
        """Sign a token blindly, once per phone, poll and kind. Asking the same again gets the same."""
        try:
            blinded = unb64(message.blinded)
        except NotBase64 as exc:
            raise Refusal(Problem.BLINDED_MESSAGE_INVALID) from exc
        return DrawnMessage(signature=b64(issuing.draw(holder, message.poll, message.kind, blinded)))


def _staff_routes(app: FastAPI, issuing: Issuing, gate: StaffGate) -> None:
    refused = (Problem.SIGNATURE_INVALID, Problem.RIGHT_MISSING)

    @app.post(
        paths.STAFF_TOKEN_KEYS,
        dependencies=[Depends(gate.require("publishing"))],
        openapi_extra=BY_STAFF,
        responses=describe(*refused),
    )
    def token_keys(poll: PollPath) -> TokenKeysMessage:
        """The public token keys of a poll, made when they are first asked for."""
        return TokenKeysMessage(**{kind: b64(key) for kind, key in issuing.token_keys(poll).items()})

    @app.post(
        paths.STAFF_INVITATIONS,
        dependencies=[Depends(gate.require("invitation"))],
        openapi_extra=BY_STAFF,
        responses=describe(*refused),
    )
    def invite(message: InvitationsMessage) -> InvitationsTakenMessage:
        """Add invitations by the hash of their code. Those that are there already stay as they are."""
        added, there = issuing.invite(message.invitations)
        return InvitationsTakenMessage(added=added, already_there=there)

    @app.get(
        paths.STAFF_ISSUED,
        dependencies=[Depends(gate.require("counting"))],
        openapi_extra=BY_STAFF,
        responses=describe(*refused, Problem.NOT_FOUND, Problem.POLL_UNKNOWN),
    )
    def issued(poll: PollPath) -> IssuedMessage:
        """How many were invited to a poll, and how many phones drew a token for it."""
        invited, drawn = issuing.issued(poll)
        return IssuedMessage(poll=poll, invited=invited, issued=drawn)


def _bytes(encoded: str, length: int, otherwise: Problem) -> bytes:
    try:
        decoded = unb64(encoded)
    except NotBase64 as exc:
        raise Refusal(otherwise) from exc
    if len(decoded) != length:
        raise Refusal(otherwise)
    return decoded
