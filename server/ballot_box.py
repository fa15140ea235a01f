"""The ballot box's web application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi import Path as PathParameter

from protocol import paths
from protocol.canonical import b64
from protocol.messages import (
    BallotKindName,
    BallotsMessage,
    BatchMessage,
    BatchTakenMessage,
    KeysMessage,
    ListMessage,
)
from protocol.municipality import MunicipalityCard
from protocol.problems import Problem
from server.application import LARGEST_BODY, make_application
from server.ballot_box_tables import TABLES, DocumentRow, ManifestRow
from server.board import Board
from server.board_routes import board_routes
from server.collecting import Collecting
from server.database import database_url, open_database
from server.describing import BY_STAFF, describe
from server.door import Door
from server.own_keys import own_keys
from server.staff_gate import StaffGate
from server.sweeping import Retention, while_running

PollPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


def create_ballot_box(
    folder: Path, card: MunicipalityCard, settle: timedelta, now: Callable[[], datetime], door: Door
) -> FastAPI:
    """The app, with its database in `folder`."""
    keys = own_keys(folder, "ballot-box")
    engine = open_database(database_url(folder, "ballot-box"), TABLES.metadata)
    board = Board(engine, card, ManifestRow, DocumentRow)
    collecting = Collecting(engine, board, keys, settle, now)
    gate = StaffGate(card, door.public_urls)
    retention = Retention("ballot-box", engine, now, board.current, collecting.freeze)
    app = make_application("ballot-box", LARGEST_BODY, door, while_running(retention))
    app.state.engine, app.state.retention = engine, retention
    app.include_router(board_routes(board, gate))

    @app.get(paths.KEYS, responses=describe())
    def public_keys() -> KeysMessage:
        """The key that ballots are sealed to, and the one that signs lists."""
        return KeysMessage(sealing=b64(keys.sealing_public), signing=b64(keys.signing_public))

    @app.post(paths.BATCHES, responses=describe(Problem.SIGNATURE_INVALID, Problem.NOT_FOUND))
    def take(batch: BatchMessage) -> BatchTakenMessage:
        """Take a batch of the shuffler, whole or not at all. The same one again changes nothing."""
        return BatchTakenMessage(taken=collecting.take(batch))

    @app.get(paths.LIST, responses=describe(Problem.NOT_FOUND, Problem.POLL_UNKNOWN, Problem.LIST_NOT_READY))
    def list_after_closing(poll: PollPath, kind: BallotKindName = "choices") -> ListMessage:
        """After the end: one line for each ballot that counts, so that each phone finds its own."""
        return collecting.list_of(poll, kind)

    @app.get(
        paths.STAFF_BALLOTS,
        dependencies=[Depends(gate.require("counting"))],
        openapi_extra=BY_STAFF,
        responses=describe(
            Problem.SIGNATURE_INVALID,
            Problem.RIGHT_MISSING,
            Problem.NOT_FOUND,
            Problem.POLL_UNKNOWN,
            Problem.BALLOTS_NOT_READY,
            Problem.BALLOTS_GONE,
        ),
    )
    def ballots(poll: PollPath) -> BallotsMessage:
        """After the end: every ballot that counts, still sealed to the counting key."""
        return collecting.ballots_of(poll)

    return app
