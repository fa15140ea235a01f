"""Answers that are being given: saved at every answer, so that killing the app loses none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import select

from domain.answers import Answer, from_plain, to_plain
from storage.database import transaction
from storage.tables import DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    """`finished`: the resident pressed Send; it waits for its token to be sealed."""

    municipality: str
    poll: str
    answers: Mapping[str, Answer]
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Drafts:
    engine: Engine

    def get(self, municipality: str, poll: str) -> Draft | None:
        """What is being answered now; else what was finished and is not sealed yet."""
        with transaction(self.engine) as session:
            for finished in (False, True):
                if row := session.get(DraftRow, (municipality, poll, finished)):
                    return _draft(row)
        return None

    def finished(self, municipality: str, poll: str) -> Draft | None:
        with transaction(self.engine) as session:
            row = session.get(DraftRow, (municipality, poll, True))
            return _draft(row) if row else None

    def put(self, draft: Draft) -> None:
        """Keep it. A finished one takes the place of what was being answered; the other way round,
        what was finished stays finished while the resident looks at it again.
        """
        plain = {id: to_plain(answer) for id, answer in draft.answers.items()}
        row = DraftRow(
            municipality=draft.municipality,
            poll=draft.poll,
            answers=json.dumps(plain, ensure_ascii=False),
            finished=draft.finished,
        )
        with transaction(self.engine) as session:
            session.merge(row)
            begun = session.get(DraftRow, (draft.municipality, draft.poll, False)) if draft.finished else None
            if begun is not None:
                session.delete(begun)

    def remove(self, municipality: str, poll: str) -> None:
        with transaction(self.engine) as session:
            for finished in (False, True):
                if row := session.get(DraftRow, (municipality, poll, finished)):
                    session.delete(row)

    def all(self, municipality: str) -> list[Draft]:
        with transaction(self.engine) as session:
            rows = session.exec(select(DraftRow).where(DraftRow.municipality == municipality))
            return [_draft(row) for row in rows]


def _draft(row: DraftRow) -> Draft:
    answers = {id: from_plain(plain) for id, plain in json.loads(row.answers).items()}
    return Draft(row.municipality, row.poll, answers, row.finished)
