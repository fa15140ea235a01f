"""The notice board: the signed manifest and its documents, served unchanged to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy.engine import Engine
from sqlmodel import Field, Session, SQLModel

from domain.errors import Distrusted
from protocol.canonical import b64, unb64
from protocol.manifest import Manifest
from protocol.manifest_trust import check_follows, read_manifest
from protocol.municipality import MunicipalityCard
from protocol.problems import Distrust, Problem
from server.limits import is_unambiguous
from server.refusals import Refusal

CURRENT = 1
_read_manifest = lru_cache(maxsize=8)(read_manifest)  # every request reads it: 7 ms for twenty polls


def board_tables(base: Any) -> tuple[type[SQLModel], type[SQLModel]]:
    """The board's two tables on the base class of one role: each role has a database of its own."""

    class ManifestRow(base, table=True):  # type: ignore[call-arg, misc]
        __tablename__ = "manifest"
        id: int = Field(primary_key=True)
        raw: bytes

    class DocumentRow(base, table=True):  # type: ignore[call-arg, misc]
        __tablename__ = "document"
        digest: str = Field(primary_key=True)
        raw: bytes

    return ManifestRow, DocumentRow


@dataclass(frozen=True, slots=True)
class Board:
    engine: Engine
    card: MunicipalityCard
    manifest_row: type[SQLModel]
    document_row: type[SQLModel]

    def raw_manifest(self) -> bytes:
        """Raises `Refusal` (not-found) before the first manifest."""
        with Session(self.engine) as session:
            row = session.get(self.manifest_row, CURRENT)
            if row is None:
                raise Refusal(Problem.NOT_FOUND)
            raw: bytes = row.raw  # type: ignore[attr-defined]
            return raw

    def manifest(self) -> Manifest:
        return self._read(self.raw_manifest())

    def current(self) -> Manifest | None:
        """None before the first one."""
        try:
            return self.manifest()
        except Refusal:
            return None

    def publish(self, raw: bytes) -> Manifest:
        """Take a new manifest. The same one again changes nothing; an older or other one is refused."""
        if not is_unambiguous(raw):
            raise Refusal(Problem.MANIFEST_INVALID)
        new = self._read(raw)
        with Session(self.engine) as session, session.begin():
            row = session.get(self.manifest_row, CURRENT)
            if row is not None:
                self._check_follows(row.raw, new, raw)  # type: ignore[attr-defined]
            missing = [name for name in new.documents() if session.get(self.document_row, name) is None]
            if missing:
                raise Refusal(Problem.DOCUMENT_MISSING)
            session.merge(self.manifest_row(id=CURRENT, raw=raw))
        return new

    def document(self, digest: str) -> bytes:
        with Session(self.engine) as session:
            row = session.get(self.document_row, digest)
            if row is None:
                raise Refusal(Problem.NOT_FOUND)
            raw: bytes = row.raw  # type: ignore[attr-defined]
            return raw

    def put_document(self, digest: str, raw: bytes) -> None:
        if b64(sha256(raw).digest()) != digest:
            raise Refusal(Problem.DOCUMENT_MISMATCH)
        with Session(self.engine) as session, session.begin():
            session.merge(self.document_row(digest=digest, raw=raw))

    def _read(self, raw: bytes) -> Manifest:
        try:
            return _read_manifest(raw, self.card.id, unb64(self.card.root_key))
        except Distrusted as exc:
            raise Refusal(Problem.MANIFEST_INVALID) from exc

    def _check_follows(self, old: bytes, new: Manifest, raw: bytes) -> None:
        try:
            check_follows(self._read(old), old, new, raw)
        except Distrusted as exc:
            older = exc.reason == Distrust.ROLLED_BACK
            raise Refusal(Problem.MANIFEST_OLDER if older else Problem.MANIFEST_FORKED) from exc
