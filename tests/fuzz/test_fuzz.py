"""The short form of `python -m tests.fuzz`, and what it must catch."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from server.application import make_application
from server.describing import describe
from server.door import UNLIMITED, Door
from tests.fuzz.dressing import Wardrobe
from tests.fuzz.fuzzing import RoleReport, fuzz_role
from tests.fuzz.town import fuzz
from tests.support.real_http import served

CASES = 200


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RoleReport]:
    return {report.role: report for report in fuzz(tmp_path_factory.mktemp("town"), CASES)}


@pytest.mark.processes
@pytest.mark.parametrize("role", ["issuer", "shuffler", "ballot-box"])
def test_whatever_is_asked_a_server_answers_as_its_document_says(role: str, reports: dict[str, RoleReport]):
    report = reports[role]
    assert report.clean, (str(report), report.errors, report.undocumented)
    assert report.cases >= CASES


@pytest.mark.processes
def test_the_requests_get_past_the_door_of_staff_and_of_phones(reports: dict[str, RoleReport]):
    assert reports["issuer"].past_the_door > CASES / 5
    assert reports["ballot-box"].past_the_door > CASES / 10


class Asked(BaseModel):
    number: int


def faulty(app: FastAPI) -> None:
    @app.post("/v1/fault")
    def fault(asked: Asked) -> None:
        raise ZeroDivisionError


def undocumented(app: FastAPI) -> None:
    @app.post("/v1/surprise")
    def surprise(asked: Asked) -> PlainTextResponse:
        return PlainTextResponse("no", 418)


def sound(app: FastAPI) -> None:
    @app.post("/v1/sound", responses=describe())
    def takes(asked: Asked) -> Asked:
        return asked


@pytest.fixture
def app() -> FastAPI:
    return make_application("faulty", 1000, Door(limits=UNLIMITED))


@pytest.mark.parametrize(
    ("add", "found"),
    [(faulty, "POST /v1/fault: 500"), (undocumented, "POST /v1/surprise: 418 as text/plain"), (sound, "")],
)
def test_a_route_with_a_fault_is_caught(app: FastAPI, tmp_path: Path, caplog, add, found: str):
    """The control, and its own control."""
    add(app)
    with served(app) as base:
        report = fuzz_role("faulty", base, tmp_path / "no.log", 20, Wardrobe())
    lines = report.errors + report.undocumented
    assert any(line.startswith(found) for line in lines) if found else report.clean, lines


def test_a_traceback_in_the_log_is_caught(app: FastAPI, tmp_path: Path):
    log = tmp_path / "faulty.log"

    @app.post("/v1/log")
    def write(asked: Asked) -> None:
        log.write_text('Traceback (most recent call last):\n  File "x"')

    with served(app) as base:
        report = fuzz_role("faulty", base, log, 20, Wardrobe())
    assert report.tracebacks == 1
    assert not report.clean
