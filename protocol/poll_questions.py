"""The questions of a poll as JSON, with their options and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel as PydanticModel
from pydantic import ConfigDict, Field

from domain.pictures import LARGEST as LARGEST_DRAWING
from domain.pictures import Picture
from domain.poll import Kind, Option, Question, Statement
from domain.texts import Texts
from protocol.poll_conditions import ConditionDocument

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


def picture_of(name: str | None, own: Mapping[str, DrawingDocument]) -> Picture | None:
    """A municipality's own goes before the app's of the same name."""
    if name is None:
        return None
    drawn = own.get(name)
    return Picture(name, drawn.svg, Texts(drawn.alternative)) if drawn else Picture(name)


def question_of(document: Any, own: Mapping[str, DrawingDocument]) -> Question:
    data = {name: getattr(document, name) for name in type(document).model_fields}
    for name in ("text", "help", "unit"):
        if data.get(name) is not None:
            data[name] = Texts(data[name])
    data["kind"] = Kind(data["kind"])
    data["options"] = tuple(
        Option(o.id, Texts(o.label), o.exclusive, picture_of(o.picture, own)) for o in data.get("options", ())
    )
    data["statements"] = tuple(Statement(s.id, Texts(s.text)) for s in data.get("statements", ()))
    if data["show_if"] is not None:
        data["show_if"] = data["show_if"].to_domain()
    return Question(**data)
