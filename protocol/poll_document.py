"""A poll as a JSON document: its published schema, reading it, writing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic import BaseModel as PydanticModel

from domain.checks import check_poll
from domain.errors import Fault, PollInvalid
from domain.pictures import LARGEST as LARGEST_DRAWING
from domain.pictures import Picture
from domain.poll import SMALLEST_GROUP, Access, Kind, Option, Poll, Question, Statement, Table
from domain.texts import Texts
from protocol.poll_conditions import ConditionDocument
from protocol.poll_faults import faults_of

SCHEMA_ID = "urn:samenspraak:poll:1"
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2200, 1, 1, tzinfo=UTC)
LARGEST = 256 * 1024
"""Bytes; a longer document is refused unread."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="Short name, lower case.")]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-x-plain)?$")]
TextsDocument = Annotated[
    dict[LanguageTag, Annotated[str, Field(min_length=1, max_length=4000)]],
    Field(min_length=1, description="Language tag -> text; `nl-x-plain` is the plain variant of `nl`."),
]
Figure = Annotated[Decimal, Field(ge=-(10**9), le=10**9)]


class Document(PydanticModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


PictureName = Annotated[
    Id | None, Field(description="One of the app's own pictures, or one of `pictures`; always beside words.")
]


class DrawingDocument(Document):
    """A municipality's own picture: `samenspraak poll picture` puts it here."""

    svg: Annotated[str, Field(min_length=1, max_length=LARGEST_DRAWING)]
    alternative: TextsDocument


class OptionDocument(Document):
    id: Id
    label: TextsDocument
    exclusive: bool = False
    picture: PictureName = None


class StatementDocument(Document):
    id: Id
    text: TextsDocument


Options = Annotated[tuple[OptionDocument, ...], Field(max_length=40)]


class _Question(Document):
    id: Id
    text: TextsDocument
    help: TextsDocument | None = None
    required: bool = True
    dont_know: bool = Field(False, description='Offer "don\'t know" as an answer of its own.')
    prefer_not: bool = Field(False, description='Offer "prefer not to say" as an answer of its own.')
    show_if: ConditionDocument | None = None


class ChoiceQuestion(_Question):
    kind: Literal["one", "agreement", "smiley", "ranking"]
    options: Options


class SeveralQuestion(_Question):
    kind: Literal["several"]
    options: Options
    max_choices: int | None = Field(None, ge=1)


class MarkQuestion(_Question):
    kind: Literal["mark"]


class NumberQuestion(_Question):
    kind: Literal["number"]
    minimum: Figure | None = None
    maximum: Figure | None = None
    decimals: int = Field(0, ge=0, le=2)
    unit: TextsDocument | None = None
    groups: tuple[Figure, ...] = Field((), max_length=12, description="Upper bounds of the published groups.")


class TextQuestion(_Question):
    kind: Literal["text"]
    required: bool = False
    max_length: int = Field(1000, ge=1, le=2000)


class StatementsQuestion(_Question):
    kind: Literal["statements"]
    options: Options
    statements: Annotated[tuple[StatementDocument, ...], Field(min_length=1, max_length=20)]


QuestionDocument = Annotated[
    ChoiceQuestion | SeveralQuestion | MarkQuestion | NumberQuestion | TextQuestion | StatementsQuestion,
    Field(discriminator="kind"),
]


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
    pictures: Annotated[dict[Id, DrawingDocument], Field(max_length=20)] = {}

    def to_domain(self) -> Poll:
        return Poll(
            id=self.id,
            topic=Texts(self.topic),
            title=Texts(self.title),
            introduction=Texts(self.introduction),
            languages=self.languages,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            questions=tuple(_question(q, self.pictures) for q in self.questions),
            tables=tuple(Table(t.question, t.by) for t in self.tables),
            segments=self.segments,
            access=Access(self.access),
            smallest_group=self.smallest_group,
            grace=timedelta(hours=self.grace_hours),
            picture=_picture(self.picture, self.pictures),
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


def _picture(name: str | None, own: Mapping[str, DrawingDocument]) -> Picture | None:
    """A municipality's own goes before the app's of the same name."""
    if name is None:
        return None
    drawn = own.get(name)
    return Picture(name, drawn.svg, Texts(drawn.alternative)) if drawn else Picture(name)


def _question(document: Any, own: Mapping[str, DrawingDocument]) -> Question:
    data = {name: getattr(document, name) for name in type(document).model_fields}
    for name in ("text", "help", "unit"):
        if data.get(name) is not None:
            data[name] = Texts(data[name])
    data["kind"] = Kind(data["kind"])
    data["options"] = tuple(
        Option(o.id, Texts(o.label), o.exclusive, _picture(o.picture, own)) for o in data.get("options", ())
    )
    data["statements"] = tuple(Statement(s.id, Texts(s.text)) for s in data.get("statements", ()))
    if data["show_if"] is not None:
        data["show_if"] = data["show_if"].to_domain()
    return Question(**data)


if __name__ == "__main__":
    import json

    print(json.dumps(poll_schema(), indent=1, ensure_ascii=False))
