"""Servers with an access log, and a box that opens ballots as they come: a control, never the product."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import uvicorn

from domain.answers import to_plain
from protocol.ballots import Ballot, Checked, check_ballot, open_answers
from protocol.canonical import canonical, unb64
from protocol.manifest import ManifestPoll
from server import collecting, serve
from server.commands import serve as command

LIVE_KEY = "ATTACK_LIVE_KEY"
"""Names the environment variable with the poll's counting key, which belongs on no server."""


class Talkative(uvicorn.Config):
    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{**settings, "access_log": True, "log_level": "info"})


def open_at_once(ballot: Ballot, poll: ManifestPoll) -> Checked:
    checked = check_ballot(ballot, poll)
    private = unb64(os.environ[LIVE_KEY])
    answers = open_answers(checked.sealed, private, poll.entry, checked.nullifier, checked.revision)
    plain = canonical({id: to_plain(answer) for id, answer in answers.items()})
    return replace(checked, sealed=plain)


if __name__ == "__main__":
    serve.uvicorn.Config = Talkative  # type: ignore[misc]
    collecting.check_ballot = open_at_once
    command()
