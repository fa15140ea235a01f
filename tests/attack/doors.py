"""Bad input: every route of every server, from its own OpenAPI document, past the staff's signature too."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from pydantic import BaseModel

from server.application import make_application
from server.door import UNLIMITED, Door
from tests.fuzz.dressing import Wardrobe
from tests.fuzz.fuzzing import RoleReport, fuzz_role
from tests.fuzz.town import fuzz
from tests.support.real_http import served
from tests.support.row import Row, Scale


class Asked(BaseModel):
    number: int


def attack(scale: Scale, folder: Path) -> Row:
    cases = 2000 if scale.full else 200
    reports = fuzz(folder, cases)
    faulty = _with_a_fault(folder)
    return Row(
        promise="bad input at every endpoint",
        figure="; ".join(str(report) for report in reports),
        bound=f"at least {cases:,} cases a role, no 5xx, no traceback, no surprise",
        held=all(report.clean and report.cases >= cases for report in reports),
        control=f"a route with a fault: {len(faulty.errors)} 5xx",
        caught=bool(faulty.errors),
    )


def _with_a_fault(folder: Path) -> RoleReport:
    app: FastAPI = make_application("faulty", 1000, Door(limits=UNLIMITED))

    @app.post("/v1/fault")
    def fault(asked: Asked) -> float:
        return 1 / (asked.number - asked.number)

    with served(app) as base:
        return fuzz_role("faulty", base, folder / "no.log", 20, Wardrobe())
