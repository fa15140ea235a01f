"""The OpenAPI documents in docs/api say what the servers do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from protocol import paths
from protocol.problems import MEDIA_TYPE
from server.openapi import FOLDER, documents

ROLES = ("issuer", "shuffler", "ballot-box")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return documents()


def operations(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    found = json.loads(text)["paths"]
    return [(path, method, found[path][method]) for path in found for method in found[path]]


@pytest.mark.parametrize("role", ROLES)
def test_the_checked_in_document_is_the_one_in_the_code(role: str, made: dict[str, str]):
    assert (FOLDER / f"{role}.json").read_text("utf-8") == made[role], "run: make documents"


def test_every_path_of_the_protocol_is_in_a_document_and_the_other_way_round(made: dict[str, str]):
    ours = {value for name, value in vars(paths).items() if name.isupper()}
    assert {path for text in made.values() for path in json.loads(text)["paths"]} == ours


@pytest.mark.parametrize("role", ROLES)
def test_refusals_are_problem_documents(role: str, made: dict[str, str]):
    for path, _, operation in operations(made[role]):
        if path in (paths.HEALTH, paths.KEYS):
            continue
        statuses = set(operation["responses"])
        assert {"400", "413", "500"} <= statuses, path
        for status in statuses - {"200", "204"}:
            content = operation["responses"][status]["content"]
            assert content == {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemMessage"}}}
    assert "ValidationError" not in made[role]
    assert "ProblemMessage" in json.loads(made[role])["components"]["schemas"]


def test_bodies_of_bytes_are_said_to_be_bytes(made: dict[str, str]):
    binary = {"schema": {"type": "string", "format": "binary"}}
    [take] = [o for path, _, o in operations(made["shuffler"]) if path == paths.ENVELOPES]
    assert take["requestBody"]["content"] == {"application/octet-stream": binary}
    by_path = {(path, method): o for path, method, o in operations(made["ballot-box"])}
    for path in (paths.STAFF_MANIFEST, paths.STAFF_DOCUMENT):
        assert by_path[path, "put"]["requestBody"]["content"] == {"application/octet-stream": binary}
    assert by_path[paths.DOCUMENT, "get"]["responses"]["200"]["content"] == {
        "application/octet-stream": binary
    }


def test_who_may_call_is_said_of_staff_and_of_drawing_and_of_nothing_else(made: dict[str, str]):
    for role, text in made.items():
        schemes = json.loads(text)["components"].get("securitySchemes", {})
        for path, _, operation in operations(text):
            expected = [{"staff": []}] if path.startswith("/v1/staff/") else None
            if path == paths.TOKENS:
                expected = [{"device": []}]
            assert operation.get("security") == expected, (role, path)
            for asked in operation.get("security", ()):
                assert set(asked) <= set(schemes)
    assert json.loads(made["issuer"])["components"]["securitySchemes"]["device"]["scheme"] == "bearer"
    assert json.loads(made["issuer"])["components"]["securitySchemes"]["staff"]["name"] == "Signature"
