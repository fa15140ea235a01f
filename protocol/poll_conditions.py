"""Show-if conditions as JSON: `{"question": "reis", "chose": ["taxi"]}`, `{"all": [...]}`, `{"not": ...}`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from domain.conditions import AllOf, Answered, AnyOf, Between, ChoseAny, Condition, Not


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class AllDocument(_Document):
    all: Annotated[tuple[ConditionDocument, ...], Field(min_length=1, max_length=20)]

    def to_domain(self) -> Condition:
        return AllOf(tuple(part.to_domain() for part in self.all))


class AnyDocument(_Document):
    any: Annotated[tuple[ConditionDocument, ...], Field(min_length=1, max_length=20)]

    def to_domain(self) -> Condition:
        return AnyOf(tuple(part.to_domain() for part in self.any))


class NotDocument(_Document):
    not_: ConditionDocument = Field(alias="not")

    def to_domain(self) -> Condition:
        return Not(self.not_.to_domain())


class ChoseDocument(_Document):
    question: str
    chose: Annotated[tuple[str, ...], Field(min_length=1, max_length=40)]

    def to_domain(self) -> Condition:
        return ChoseAny(self.question, self.chose)


class BetweenDocument(_Document):
    question: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def to_domain(self) -> Condition:
        return Between(self.question, self.at_least, self.at_most)


class AnsweredDocument(_Document):
    question: str
    answered: Literal[True]

    def to_domain(self) -> Condition:
        return Answered(self.question)


def _which(data: object) -> str | None:
    keys = set(data) if isinstance(data, dict) else set(getattr(data, "model_fields_set", ()))
    for key, tag in _TAGS.items():
        if key in keys:
            return tag
    return None


_TAGS = {
    "all": "all",
    "any": "any",
    "not": "not",
    "not_": "not",
    "chose": "chose",
    "answered": "answered",
    "at_least": "between",
    "at_most": "between",
}

ConditionDocument = Annotated[
    Annotated[AllDocument, Tag("all")]
    | Annotated[AnyDocument, Tag("any")]
    | Annotated[NotDocument, Tag("not")]
    | Annotated[ChoseDocument, Tag("chose")]
    | Annotated[BetweenDocument, Tag("between")]
    | Annotated[AnsweredDocument, Tag("answered")],
    Discriminator(_which),
]

for _model in (AllDocument, AnyDocument, NotDocument):
    _model.model_rebuild()
