"""Answers that can be read on this phone only: drafts, and copies that a resident kept of what she sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import col, select

from domain.answers import Answer, from_plain, to_plain
from domain.errors import KeyLost
from storage.at_rest import AtRest, OtherKey, is_plain
from storage.database import transaction, truncate_log
from storage.tables import KeptRow


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """One set of answers for each poll, sealed. `table`: the drafts or the copies."""

    engine: Engine
    at_rest: AtRest
    table: type[KeptRow]

    def get(self, municipality: str, poll: str) -> Mapping[str, Answer] | None:
        """None where there are none, or none that can be read while the key store does not answer."""
        with transaction(self.engine) as session:
            row = session.get(self.table, (municipality, poll))
        if row is None:
            return None
        try:
            return _answers(self._open(row))
        except OtherKey:
            return None

    def put(self, municipality: str, poll: str, answers: Mapping[str, Answer]) -> None:
        """Keep them. When this returns they survive the app being killed."""
        sealed = self.sealed(municipality, poll, answers)
        with transaction(self.engine) as session:
            session.merge(self.table(municipality=municipality, poll=poll, answers=sealed))

    def sealed(self, municipality: str, poll: str, answers: Mapping[str, Answer]) -> bytes:
        """As a row holds them, for who writes it together with others."""
        plain = {id: to_plain(answer) for id, answer in answers.items()}
        return self.at_rest.seal(
            json.dumps(plain, ensure_ascii=False).encode(), self._place(municipality, poll)
        )

    def remove(self, municipality: str, poll: str) -> None:
        """Nothing of them stays in the files."""
        with transaction(self.engine) as session:
            if row := session.get(self.table, (municipality, poll)):
                session.delete(row)
        truncate_log(self.engine)

    def polls(self, municipality: str) -> frozenset[str]:
        with transaction(self.engine) as session:
            wanted = select(self.table.poll).where(col(self.table.municipality) == municipality)
            return frozenset(session.exec(wanted))

    def protect(self) -> None:
        """Seal all with the key that is used now. Raises `KeyLost` after removing what no key opens."""
        lost = False
        with transaction(self.engine) as session:
            for row in session.exec(select(self.table)):
                place = self._place(row.municipality, row.poll)
                if self.at_rest.is_current(row.answers, place):
                    continue
                try:
                    row.answers = self.at_rest.seal(self._open(row), place)
                except OtherKey:
                    if self.at_rest.complete:
                        session.delete(row)
                        lost = True
        truncate_log(self.engine)
        if lost:
            raise KeyLost

    def _open(self, row: KeptRow) -> bytes:
        if is_plain(row.answers):
            return row.answers
        return self.at_rest.open(row.answers, self._place(row.municipality, row.poll))

    def _place(self, municipality: str, poll: str) -> str:
        return f"{self.table.__tablename__}/{municipality}/{poll}"


def _answers(plain: bytes) -> dict[str, Answer]:
    return {id: from_plain(answer) for id, answer in json.loads(plain).items()}
