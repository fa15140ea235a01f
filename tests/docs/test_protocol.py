"""docs/protocol.md says what `protocol/` and the servers' routes say: no more and no less."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from pydantic import BaseModel

from protocol import ballots, manifest, messages, municipality, outcome, paths, speech, succession
from protocol.canonical import b64
from protocol.municipality import MunicipalityCard, StaffKeys
from protocol.problems import STATUS, Distrust
from protocol.signing import new_signing_key
from server.mixing import MixRule
from server.serve import ROLES, ServeSettings, create
from storage.outbox import OutboxState
from tests.docs.reading import ROOT, python_files, rows, text_of
from views.fault_numbers import NUMBERS, UNLISTED

PAGE = "docs/protocol.md"
MODULES = (messages, ballots, manifest, municipality, outcome, speech, succession)
EVERYWHERE = {"malformed", "too-large", "too-slow", "too-many-requests", "internal"}


def models() -> dict[str, set[str]]:
    """Every message with its fields."""
    found: dict[str, set[str]] = {}
    for module in MODULES:
        for name, value in vars(module).items():
            is_model = isinstance(value, type) and issubclass(value, BaseModel)
            if is_model and value.__module__ == module.__name__ and name != "Message":
                found[name] = set(value.model_fields)
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[set[str], set[str]]]:
    """`METHOD path` -> the roles that serve it, and what it says it refuses."""

    def key() -> str:
        return b64(new_signing_key().public)

    staff = StaffKeys(publishing=key(), invitation=key(), counting=key())
    card = MunicipalityCard(id="waterrijk", name="Waterrijk", root_key=key(), staff=staff)
    folder = tmp_path_factory.mktemp("servers")
    settings = ServeSettings(folder, card, "http://127.0.0.1:1", MixRule(), timedelta(0))
    found: dict[str, tuple[set[str], set[str]]] = {}
    for role in ROLES:
        app = create(role, settings)
        for path, operations in app.openapi()["paths"].items():
            for method, operation in operations.items():
                roles, refused = found.setdefault(f"{method.upper()} {path}", (set(), set()))
                roles.add(role)
                refused |= _refusals(operation)
        app.state.engine.dispose()
    return found


def _refusals(operation: dict[str, Any]) -> set[str]:
    said = [reply["description"] for reply in operation["responses"].values()]
    codes = [line.removeprefix("Problem: ").split(", ") for line in said if line.startswith("Problem: ")]
    return {code for line in codes for code in line} - EVERYWHERE


def test_every_route_stands_in_the_table_with_who_serves_it_and_what_it_refuses(served):
    written = {}
    for row in rows(PAGE, "route", "at", "asks", "gives", "refuses with"):
        roles = set(ROLES) if row.cells[1] == "all" else set(row.cells[1].split(", "))
        written[row.marked("route")[0]] = (roles, set(row.marked("refuses with")))

    assert written == served


def test_every_path_is_served(served):
    known = {value for name, value in vars(paths).items() if name.isupper()}

    assert {route.split()[1] for route in served} == known


def test_every_problem_stands_in_the_table_with_its_status():
    written = {
        row.marked("code")[0]: int(row.cells[1])
        for row in rows(PAGE, "code", "status", "means", "the phone", "fault")
    }

    assert written == {problem.value: status for problem, status in STATUS.items()}


def test_every_reason_for_distrust_stands_in_the_table():
    table = rows(PAGE, "code", "means", "fault")

    assert [row.marked("code")[0] for row in table] == [code.value for code in Distrust]


def test_every_fault_has_the_number_that_a_resident_reports():
    table = rows(PAGE, "code", "status", "means", "the phone", "fault") + rows(PAGE, "code", "means", "fault")
    written = {row.marked("code")[0]: int(row.cells[-1]) for row in table}

    assert written == NUMBERS
    assert len(set(NUMBERS.values())) == len(NUMBERS), "one number, one fault"
    assert UNLISTED not in NUMBERS.values()


def test_every_message_stands_in_the_table_with_exactly_its_fields():
    table = rows(PAGE, "message", "fields", "what it is")

    assert {row.marked("message")[0]: set(row.marked("fields")) for row in table} == models()


def test_every_state_of_the_outbox_stands_in_the_table():
    assert [row.marked("state")[0] for row in rows(PAGE, "state", "means", "goes on to")] == list(OutboxState)


def test_every_domain_that_is_signed_or_hashed_is_named():
    product = [path for path in python_files() if path.parts[0] in ("protocol", "server", "sync", "staff")]
    code = "".join((ROOT / path).read_text("utf-8") for path in product)

    assert set(re.findall(r"samenspraak/[a-z-]+/v\d", code)) == set(
        re.findall(r"samenspraak/[a-z-]+/v\d", text_of(PAGE))
    )


@pytest.mark.parametrize(
    "number", [*ballots.CONTENT_CLASSES, *ballots.ENVELOPE_CLASSES, *sorted(ballots.ENVELOPE_SIZES)]
)
def test_every_size_is_named(number):
    assert re.search(rf"\b{number}\b", text_of(PAGE))
