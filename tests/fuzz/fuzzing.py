"""One server, asked thousands of things: what it answered, and whether its document says so."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from protocol.problems import MEDIA_TYPE
from tests.fuzz.dressing import DRESSES, Dress, Wardrobe

CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
TRACES = ("Traceback", "unexpected ", "Exception in ASGI", "Fatal error")
"""What a server writes when something happened that nobody thought of."""


@dataclass
class RoleReport:
    """What came of it. `undocumented` and `errors` name the route, and the status or the rule."""

    role: str
    cases: int = 0
    past_the_door: int = 0
    """Requests to staff's and phones' routes that were not refused for their signature or secret."""
    errors: list[str] = field(default_factory=list)
    tracebacks: int = 0
    undocumented: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.errors or self.tracebacks or self.undocumented)

    def __str__(self) -> str:
        return (
            f"{self.role}: {self.cases} cases ({self.past_the_door} past the door), "
            f"{len(self.errors)} 5xx, {self.tracebacks} tracebacks, "
            f"{len(self.undocumented)} replies not in the document"
        )


def fuzz_role(role: str, base: str, log: Path, cases: int, wardrobe: Wardrobe, chance: int = 1) -> RoleReport:
    """At least `cases` requests, the same ones for the same `chance`, over all routes of the document."""
    report = RoleReport(role)
    document = httpx.get(base + "/v1/openapi.json").json()
    before = _traces(log)
    with requests.Session() as session:
        while report.cases < cases:
            ways = list(_ways(document))
            each = math.ceil((cases - report.cases) / len(ways))
            for number, way in enumerate(ways):
                ask = _asking(report, base, session, wardrobe)
                _try(way, ask, each, seed_=chance * 1000 + number + report.cases)
    report.tracebacks = _traces(log) - before
    return report


def _ways(document: dict[str, Any]) -> Iterator[Any]:
    """Each route, with requests that fit its document and with some that do not."""
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        for mode in GenerationMode:
            yield found.ok().as_strategy(generation_mode=mode)


def _try(way: Any, ask: Callable[[Case, Dress], None], examples: int, seed_: int) -> None:
    run = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        print_blob=False,
    )(seed(seed_)(given(way, DRESSES)(ask)))
    try:
        run()
    except Unsatisfiable:
        return  # nothing can be wrong with a request that has no parts


def _asking(
    report: RoleReport, base: str, session: requests.Session, wardrobe: Wardrobe
) -> Callable[[Case, Dress], None]:
    def ask(case: Case, dress: Dress) -> None:
        more = wardrobe.put_on(case, dress)
        reply = case.call(base_url=base, session=session, **more)
        report.cases += 1
        report.past_the_door += bool(more) and reply.status_code not in (401, 403)
        _judge(report, case, reply)

    return ask


def _judge(report: RoleReport, case: Case, reply: Any) -> None:
    name = f"{case.method} {case.path}"
    if reply.status_code >= 500:
        report.errors.append(f"{name}: {reply.status_code}")
    said = (reply.headers.get("content-type") or [""])[0]
    if reply.status_code >= 400 and said != MEDIA_TYPE:
        report.undocumented.append(f"{name}: {reply.status_code} as {said or 'nothing'}")
    if reply.status_code in (404, 405) and case.meta is not None and case.meta.generation.mode.is_negative:
        return  # another path or method than any in the document
    try:
        case.validate_response(reply, checks=CHECKS)
    except FailureGroup as group:
        report.undocumented += [
            f"{name}: {reply.status_code} {failure.title}" for failure in group.exceptions
        ]


def _traces(log: Path) -> int:
    text = log.read_text("utf-8", "replace") if log.exists() else ""
    return sum(text.count(trace) for trace in TRACES)
