"""Result and feedback as JSON documents, named by digest in the signed manifest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, ValidationError

from domain.errors import Distrusted
from domain.result import Action, Counts, Feedback, Group, Promise, ReleasedTable, Result, Row, Withheld
from domain.texts import Texts
from protocol.canonical import canonical
from protocol.messages import Message, PollId
from protocol.poll_questions import TextsDocument
from protocol.problems import Distrust


class RowDocument(Message):
    id: str
    count: int | None
    percent: int | None
    withheld: Withheld | None = None


class GroupDocument(Message):
    of: tuple[str, ...]
    size: int
    rows: tuple[RowDocument, ...]


class TableDocument(Message):
    question: str
    statement: str | None
    by: str | None
    groups: tuple[GroupDocument, ...]
    withheld: Withheld | None = None
    average: str | None = None


class CountsDocument(Message):
    invited: int
    issued: int
    received: int
    invalid: int
    late: int
    below_threshold: int


class ResultDocument(Message):
    version: Literal[1] = 1
    poll: PollId
    counts: CountsDocument
    tables: tuple[TableDocument, ...]

    @classmethod
    def from_domain(cls, result: Result) -> ResultDocument:
        tables = tuple(
            TableDocument(
                question=table.question,
                statement=table.statement,
                by=table.by,
                groups=tuple(
                    GroupDocument(
                        of=group.of,
                        size=group.size,
                        rows=tuple(
                            RowDocument(id=r.id, count=r.count, percent=r.percent, withheld=r.withheld)
                            for r in group.rows
                        ),
                    )
                    for group in table.groups
                ),
                withheld=table.withheld,
                average=str(table.average) if table.average is not None else None,
            )
            for table in result.tables
        )
        counts = {name: getattr(result.counts, name) for name in CountsDocument.model_fields}
        return cls(poll=result.poll, counts=CountsDocument(**counts), tables=tables)

    def to_domain(self) -> Result:
        tables = tuple(
            ReleasedTable(
                t.question,
                t.statement,
                t.by,
                tuple(
                    Group(g.of, g.size, tuple(Row(r.id, r.count, r.percent, r.withheld) for r in g.rows))
                    for g in t.groups
                ),
                t.withheld,
                Decimal(t.average) if t.average is not None else None,
            )
            for t in self.tables
        )
        return Result(self.poll, Counts(**self.counts.model_dump()), tables)


class ActionDocument(Message):
    promise: Promise
    text: TextsDocument
    when: TextsDocument | None = None


class FeedbackDocument(Message):
    version: Literal[1] = 1
    poll: PollId
    published_on: date
    heard: TextsDocument
    actions: tuple[ActionDocument, ...] = Field(min_length=1, max_length=20)
    contact: TextsDocument | None = None

    def to_domain(self) -> Feedback:
        actions = tuple(
            Action(a.promise, Texts(a.text), Texts(a.when) if a.when else None) for a in self.actions
        )
        contact = Texts(self.contact) if self.contact else None
        return Feedback(self.poll, self.published_on, Texts(self.heard), actions, contact)


def write_document(document: Message) -> bytes:
    """The bytes whose SHA-256 the manifest names."""
    return canonical(document.model_dump(mode="json"))


def read_result(raw: bytes) -> Result:
    """Raises `Distrusted` for what is no result."""
    try:
        return ResultDocument.model_validate_json(raw).to_domain()
    except (ValidationError, ArithmeticError) as exc:
        raise Distrusted(Distrust.DOCUMENT) from exc


def read_feedback(raw: bytes) -> Feedback:
    """Raises `Distrusted` for what is no feedback."""
    try:
        return FeedbackDocument.model_validate_json(raw).to_domain()
    except ValidationError as exc:
        raise Distrusted(Distrust.DOCUMENT) from exc
