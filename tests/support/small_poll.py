"""The smallest poll there is: one question, for anybody."""

from __future__ import annotations

from typing import Any

from domain.answers import Answer, Chosen

ANSWER: dict[str, Answer] = {"een": Chosen(("rood",))}


def small_poll(id: str = "kleur", **changes: Any) -> dict[str, Any]:
    """A poll file's contents. `texts`: with a question that asks for free text."""
    options = [{"id": name, "label": {"nl": name.title()}} for name in ("rood", "blauw", "groen")]
    return {
        "id": id,
        "topic": {"nl": "Kleur"},
        "title": {"nl": "Welke kleur?"},
        "introduction": {"nl": "Een vraag."},
        "languages": ["nl"],
        "opens_at": "2026-11-01T08:00:00Z",
        "closes_at": "2026-12-31T16:00:00Z",
        "grace_hours": 24,
        "access": "open",
        "questions": [{"id": "een", "kind": "one", "text": {"nl": "Welke?"}, "options": options}],
        "tables": [{"question": "een"}],
        **changes,
    }
