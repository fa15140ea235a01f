"""What was published, as it came: the manifest and its documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import col, delete, select

from storage.database import transaction
from storage.tables import DocumentRow, ListRow, ManifestRow


@dataclass(frozen=True, slots=True)
class Shelf:
    engine: Engine

    def manifest(self, municipality: str) -> bytes | None:
        with transaction(self.engine) as session:
            row = session.get(ManifestRow, municipality)
            return row.raw if row else None

    def put_manifest(self, municipality: str, raw: bytes) -> None:
        with transaction(self.engine) as session:
            session.merge(ManifestRow(municipality=municipality, raw=raw))

    def document(self, digest: str) -> bytes | None:
        with transaction(self.engine) as session:
            row = session.get(DocumentRow, digest)
            return row.raw if row else None

    def documents(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Those that are here, in one statement."""
        wanted = select(DocumentRow).where(col(DocumentRow.digest).in_(list(digests)))
        with transaction(self.engine) as session:
            return {row.digest: row.raw for row in session.exec(wanted)}

    def missing(self, digests: Iterable[str]) -> list[str]:
        with transaction(self.engine) as session:
            there = set(session.exec(select(DocumentRow.digest)))
        return sorted(set(digests) - there)

    def put_document(self, digest: str, raw: bytes) -> None:
        with transaction(self.engine) as session:
            session.merge(DocumentRow(digest=digest, raw=raw))

    def keep_only(self, digests: Iterable[str]) -> None:
        """Remove documents that no manifest names any more."""
        with transaction(self.engine) as session:
            session.exec(delete(DocumentRow).where(col(DocumentRow.digest).not_in(list(digests))))

    def drop(self, digests: Iterable[str]) -> None:
        """Remove these, if they are here."""
        if not (unwanted := list(digests)):
            return
        with transaction(self.engine) as session:
            session.exec(delete(DocumentRow).where(col(DocumentRow.digest).in_(unwanted)))

    def list_of(self, municipality: str, poll: str, kind: str) -> bytes | None:
        with transaction(self.engine) as session:
            row = session.get(ListRow, (municipality, poll, kind))
            return row.raw if row else None

    def put_list(self, municipality: str, poll: str, kind: str, raw: bytes) -> None:
        with transaction(self.engine) as session:
            session.merge(ListRow(municipality=municipality, poll=poll, kind=kind, raw=raw))
