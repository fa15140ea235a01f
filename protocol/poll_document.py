"""A poll as a JSON document: its published schema, reading it, writing it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter, ValidationError

from domain.checks import check_poll
from domain.errors import Fault, PollInvalid
from domain.poll import SMALLEST_GROUP, Access, Poll, Table
from domain.texts import Texts
from protocol.poll_faults import faults_of
from protocol.poll_questions import (
    Document,
    DrawingDocument,
    Id,
    LanguageTag,
    PictureName,
    QuestionDocument,
    TextsDocument,
    picture_of,
    question_of,
)

SCHEMA_ID = "urn:samenspraak:poll:1"
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2200, 1, 1, tzinfo=UTC)
LARGEST = 256 * 1024
"""Bytes; a longer document is refused unread."""


class TableDocument(Document):
    question: Id
    by: Id | None = None


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Moment = Annotated[AwareDatetime, Field(gt=FIRST_DAY, lt=LAST_DAY), AfterValidator(_utc)]


class PollDocument(Document):
    """A poll of a municipality (peiling)."""

    schema_version: Literal["1"] = "1"
    id: Id
    topic: TextsDocument
    title: TextsDocument
    introduction: TextsDocument
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1, max_length=8)]
    opens_at: Moment
    closes_at: Moment
    grace_hours: int = Field(72, ge=0, le=24 * 30)
    access: Literal["invited", "open"] = "invited"
    segments: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    smallest_group: int = SMALLEST_GROUP
    questions: Annotated[tuple[QuestionDocument, ...], Field(min_length=1, max_length=50)]
    tables: Annotated[tuple[TableDocument, ...], Field(max_length=100)] = ()
    picture: PictureName = None
    pictures: dict[Id, DrawingDocument] = Field({}, max_length=20)

    def to_domain(self) -> Poll:
        return Poll(
            id=self.id,
            topic=Texts(self.topic),
            title=Texts(self.title),
            introduction=Texts(self.introduction),
            languages=self.languages,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            questions=tuple(question_of(q, self.pictures) for q in self.questions),
            tables=tuple(Table(t.question, t.by) for t in self.tables),
            segments=self.segments,
            access=Access(self.access),
            smallest_group=self.smallest_group,
            grace=timedelta(hours=self.grace_hours),
            picture=picture_of(self.picture, self.pictures),
        )


_READER = TypeAdapter(PollDocument)


def read_poll(raw: bytes) -> Poll:
    """Parse and check a poll file. Raises `PollInvalid` with every fault found.

    What has the wrong shape is reported and set aside; the rules are then checked on the rest,
    so that one missing comma of meaning does not hide eleven others.
    """
    if len(raw) > LARGEST:
        raise PollInvalid((Fault("file", "too-large", {"most": str(LARGEST)}),))
    try:
        document = _READER.validate_json(raw)
    except ValidationError as exc:
        raise PollInvalid(tuple(faults_of(exc, raw, _READER.validate_python))) from exc
    poll = document.to_domain()
    if faults := check_poll(poll):
        raise PollInvalid(faults)
    return poll


def poll_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a poll file, as published in docs/."""
    schema = PollDocument.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


if __name__ == "__main__":
    import json

    print(json.dumps(poll_schema(), indent=1, ensure_ascii=False))
