"""Feedback (terugkoppeling) as staff write it: an example, and a check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from domain.errors import Fault
from domain.poll import Poll
from domain.result import Promise
from domain.texts import PLAIN_SUFFIX
from i18n.wording import STAFF_LANGUAGES, Wording
from protocol.outcome import ActionDocument, FeedbackDocument
from staff.faulty_file import FileFaulty, shape_faults


def read_feedback_file(path: Path, poll: Poll) -> FeedbackDocument:
    """The feedback, if it is about this poll and in all its languages. Raises `FileFaulty`, or `OSError`."""
    try:
        document = FeedbackDocument.model_validate_json(path.read_bytes())
    except ValidationError as exc:
        raise FileFaulty(path, shape_faults(exc)) from exc
    if faults := tuple(_faults(document, poll)):
        raise FileFaulty(path, faults)
    return document


def _faults(document: FeedbackDocument, poll: Poll) -> Iterator[Fault]:
    if document.poll != poll.id:
        yield Fault("poll", "other-poll", {"found": document.poll, "poll": poll.id})
    for place, texts in _texts(document):
        for language in poll.languages:
            if not texts.get(language, "").strip():
                yield Fault(place, "text-missing", {"language": language})
        for tag in texts:
            if tag.removesuffix(PLAIN_SUFFIX) not in poll.languages:
                yield Fault(place, "text-in-undeclared-language", {"language": tag})


def _texts(document: FeedbackDocument) -> Iterator[tuple[str, dict[str, str]]]:
    yield "heard", document.heard
    for number, action in enumerate(document.actions, start=1):
        yield f"actions[{number}].text", action.text
        if action.when:
            yield f"actions[{number}].when", action.when
    if document.contact:
        yield "contact", document.contact


def example(poll: Poll, today: date) -> str:
    """Feedback on this poll to start from, as JSON; in English where we do not speak the language."""

    def texts(said: Callable[[Wording], str]) -> dict[str, str]:
        known = {tag: tag if tag in STAFF_LANGUAGES else "en" for tag in poll.languages}
        return {tag: said(Wording(spoken, "staff")) for tag, spoken in known.items()}

    document = FeedbackDocument(
        poll=poll.id,
        published_on=today,
        heard=texts(lambda say: say.text("Write here what you heard from residents.")),
        actions=(
            ActionDocument(
                promise=Promise.DONE, text=texts(lambda say: say.text("Write here what has been done."))
            ),
            ActionDocument(
                promise=Promise.WILL,
                text=texts(lambda say: say.text("Write here what will be done.")),
                when=texts(lambda say: say.text("from March")),
            ),
            ActionDocument(
                promise=Promise.WONT,
                text=texts(lambda say: say.text("Write here what cannot be done, and why.")),
            ),
        ),
        contact=texts(lambda say: say.text("Write here where residents can ask questions.")),
    )
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2)
