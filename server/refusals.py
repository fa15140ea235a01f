"""Refusals: every error leaves a server as a problem document (RFC 9457)."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from protocol.messages import ProblemMessage
from protocol.problems import MEDIA_TYPE, STATUS, Problem

log = logging.getLogger("samenspraak.server")

_BY_STATUS = {
    404: Problem.NOT_FOUND,
    405: Problem.METHOD,
    413: Problem.TOO_LARGE,
    415: Problem.MEDIA_TYPE,
    400: Problem.MALFORMED,
}


class Refusal(Exception):
    """A request the server understood and refuses. `headers` go with the reply, e.g. Retry-After."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.value)
        self.problem, self.headers = problem, headers


def problem_reply(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    status = STATUS[problem]
    body = ProblemMessage.of(problem, status).model_dump()
    return JSONResponse(body, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Give the app one way to say no."""

    async def refuse(_request: Request, exc: Exception) -> JSONResponse:
        assert isinstance(exc, Refusal)
        return problem_reply(exc.problem, exc.headers)

    async def malformed(_request: Request, _exc: Exception) -> JSONResponse:
        return problem_reply(Problem.MALFORMED)

    async def http_error(_request: Request, exc: Exception) -> JSONResponse:
        assert isinstance(exc, HTTPException)
        return problem_reply(_BY_STATUS.get(exc.status_code, Problem.MALFORMED), exc.headers)

    async def unexpected(_request: Request, exc: Exception) -> JSONResponse:
        # Where, but no message and no values: they could quote the request.
        where = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(exc.__traceback__)]
        log.error("unexpected %s at %s", type(exc).__name__, " < ".join(reversed(where[-5:])))
        return problem_reply(Problem.INTERNAL)

    app.add_exception_handler(Refusal, refuse)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(Exception, unexpected)
