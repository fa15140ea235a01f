"""What the OpenAPI documents say beyond FastAPI's own: problems, bodies of bytes, who may call."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from protocol.messages import ProblemMessage
from protocol.problems import MEDIA_TYPE, STATUS, Problem

OCTETS = "application/octet-stream"
_BYTES = {OCTETS: {"schema": {"type": "string", "format": "binary"}}}
_MANIFEST = {
    "type": "object",
    "required": ["manifest", "signature"],
    "properties": {
        "manifest": {"type": "object", "description": "Polls, keys and addresses; see docs/protocol.md."},
        "signature": {"type": "string", "description": "The root key's, over the canonical JSON (RFC 8785)."},
    },
}
TAKES_BYTES: dict[str, Any] = {"requestBody": {"required": True, "content": _BYTES}}
GIVES_BYTES: dict[int | str, dict[str, Any]] = {200: {"description": "The document.", "content": _BYTES}}
GIVES_MANIFEST: dict[int | str, dict[str, Any]] = {
    200: {"description": "The signed manifest.", "content": {"application/json": {"schema": _MANIFEST}}}
}

BY_DEVICE: dict[str, Any] = {"security": [{"device": []}]}
BY_STAFF: dict[str, Any] = {"security": [{"staff": []}]}
_SCHEMES: dict[str, dict[str, Any]] = {
    "device": {
        "type": "http",
        "scheme": "bearer",
        "description": "The 32 random bytes a phone enrolled with, as base64url without padding.",
    },
    "staff": {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": (
            "HTTP message signature (RFC 9421) with Ed25519, tag `samenspraak-staff`, over @method, "
            "@authority, @path, @query and content-digest; `keyid` is the right: publishing, invitation "
            "or counting. Good for five minutes."
        ),
    },
}
_ANYWHERE = (Problem.MALFORMED, Problem.TOO_LARGE, Problem.TOO_SLOW, Problem.TOO_MANY, Problem.INTERNAL)


def describe(*problems: Problem) -> dict[int | str, dict[str, Any]]:
    """What a route can refuse, by status."""
    found: dict[int | str, dict[str, Any]] = {}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemMessage"}}}
    for problem in (*problems, *_ANYWHERE):
        codes = [p.value for p in (*problems, *_ANYWHERE) if STATUS[p] == STATUS[problem]]
        found[STATUS[problem]] = {"description": "Problem: " + ", ".join(codes), "content": content}
    return dict(sorted(found.items(), key=lambda item: int(item[0])))


def document(app: FastAPI) -> dict[str, Any]:
    """The app's OpenAPI document, without FastAPI's own validation errors: nobody gets to see those."""
    if app.openapi_schema is None:
        made = FastAPI.openapi(app)
        operations = [operation for path in made["paths"].values() for operation in path.values()]
        for operation in operations:
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
        parts = made.setdefault("components", {})
        schemas = parts.setdefault("schemas", {})
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        schemas["ProblemMessage"] = ProblemMessage.model_json_schema()
        used = {name for o in operations for asked in o.get("security", ()) for name in asked}
        if used:
            parts["securitySchemes"] = {name: _SCHEMES[name] for name in sorted(used)}
    return app.openapi_schema or made
