"""Refusals of servers, as they are read and as they are made."""

from __future__ import annotations

import httpx

from protocol.messages import ProblemMessage
from protocol.problems import MEDIA_TYPE, STATUS, Problem


def refused(reply: httpx.Response) -> Problem:
    """The problem in the reply. Fails for anything but a whole problem document with the right status."""
    assert reply.headers["content-type"] == MEDIA_TYPE, (reply.status_code, reply.text[:300])
    message = ProblemMessage.model_validate_json(reply.content)
    found = Problem(message.code)
    assert reply.status_code == message.status == STATUS[found]
    return found


def refusal(code: Problem) -> httpx.Response:
    """As a server of ours refuses."""
    body = ProblemMessage.of(code, STATUS[code]).model_dump()
    return httpx.Response(STATUS[code], json=body, headers={"content-type": MEDIA_TYPE})
