"""Everything of one phone that the steps of synchronising share."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy.engine import Engine

from domain.errors import PollInvalid
from domain.participation import Municipality
from domain.poll import Poll
from protocol.manifest import Manifest, ManifestPoll, read_manifest
from protocol.poll_document import read_poll
from storage.drafts import Drafts
from storage.outbox import Outbox
from storage.settings import Settings
from storage.shelf import Shelf
from storage.wallet import Wallet

log = logging.getLogger("samenspraak.sync")

_read = lru_cache(maxsize=8)(read_manifest)
_read_poll = lru_cache(maxsize=64)(read_poll)


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

    def poll(self, published: ManifestPoll) -> Poll | None:
        """A poll of the manifest. None where its document did not come yet, or was made for a newer app:
        one poll that cannot be read must not take the others along.
        """
        raw = self.shelf.document(published.entry.document)
        try:
            return _read_poll(raw) if raw else None
        except PollInvalid as exc:
            log.warning("a poll cannot be read: %d faults", len(exc.faults))
            return None
