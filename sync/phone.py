"""Everything of one phone that the steps of synchronising share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy.engine import Engine

from domain.participation import Municipality
from protocol.manifest import Manifest, read_manifest
from storage.drafts import Drafts
from storage.outbox import Outbox
from storage.settings import Settings
from storage.shelf import Shelf
from storage.wallet import Wallet

_read = lru_cache(maxsize=8)(read_manifest)


@dataclass(frozen=True, slots=True)
class Phone:
    """Storage, clock and chance of one phone. `random(n)` gives n unpredictable bytes."""

    municipality: Municipality
    settings: Settings
    shelf: Shelf
    wallet: Wallet
    drafts: Drafts
    outbox: Outbox
    now: Callable[[], datetime]
    random: Callable[[int], bytes]

    @classmethod
    def on(
        cls,
        engine: Engine,
        municipality: Municipality,
        now: Callable[[], datetime],
        random: Callable[[int], bytes],
    ) -> Phone:
        parts = (Settings(engine), Shelf(engine), Wallet(engine), Drafts(engine), Outbox(engine))
        return cls(municipality, *parts, now, random)

    def manifest(self) -> Manifest | None:
        """The manifest this phone trusts; it was checked when it came, and is checked again."""
        raw = self.shelf.manifest(self.municipality.id)
        return _read(raw, self.municipality.id, self.municipality.root_key) if raw else None
