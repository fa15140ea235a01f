"""Small things the phone remembers: language, letters, contrast."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import select

from storage.database import transaction
from storage.tables import SettingRow


@dataclass(frozen=True, slots=True)
class Settings:
    engine: Engine

    def all(self) -> dict[str, str]:
        with transaction(self.engine) as session:
            return {row.name: row.value for row in session.exec(select(SettingRow))}

    def put(self, name: str, value: str) -> None:
        with transaction(self.engine) as session:
            session.merge(SettingRow(name=name, value=value))
