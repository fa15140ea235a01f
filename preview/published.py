"""What the municipality published last, from its office folder; no passphrase is needed for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from staff.office import Office, OfficeDamaged, OfficeIncomplete

NOT_WHOLE = (OfficeDamaged, OfficeIncomplete)


@dataclass(frozen=True, slots=True)
class Published:
    """Documents as they went out: the house style's, if there is one, and each poll's by its id."""

    style: bytes | None = None
    polls: Mapping[str, bytes] = field(default_factory=dict)


def manifest_of(office: Path) -> Path:
    return office / "manifest.json"


def published(office: Path) -> Published:
    """Nothing before the first publication. Raises one of `NOT_WHOLE`, or `OSError`."""
    manifest = manifest_of(office)
    return _read(office, manifest.stat().st_mtime_ns) if manifest.exists() else Published()


@lru_cache(maxsize=2)
def _read(folder: Path, _changed_at: int) -> Published:
    office = Office.at(folder, str, lambda: datetime.now(UTC))
    manifest = office.manifest()
    if manifest is None:
        return Published()
    polls = {poll.entry.id: office.document(poll.entry.document) for poll in manifest.polls}
    return Published(office.document(manifest.style) if manifest.style else None, polls)
