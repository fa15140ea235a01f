"""Everything of one phone that the steps of synchronising share."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy.engine import Engine

from domain.errors import Distrusted, KeyLost, PollInvalid
from domain.participation import Municipality
from domain.poll import Poll
from protocol.canonical import unb64
from protocol.manifest import Manifest, ManifestPoll
from protocol.manifest_trust import read_manifest
from protocol.poll_document import read_poll
from storage.at_rest import AtRest
from storage.kept_answers import KeptAnswers
from storage.key_store import from_file
from storage.outbox import Outbox
from storage.retention import Retention
from storage.settings import Settings
from storage.shelf import Shelf
from storage.tables import CopyRow, DraftRow
from storage.wallet import Wallet

log = logging.getLogger("samenspraak.sync")

_read = lru_cache(maxsize=8)(read_manifest)
_read_poll = lru_cache(maxsize=2048)(read_poll)


@dataclass(frozen=True, slots=True)
class Phone:
    """Storage, clock and chance of one phone. `random(n)` gives n unpredictable bytes."""

    municipality: Municipality
    settings: Settings
    shelf: Shelf
    wallet: Wallet
    drafts: KeptAnswers
    copies: KeptAnswers
    outbox: Outbox
    retention: Retention
    now: Callable[[], datetime]
    random: Callable[[int], bytes]

    @classmethod
    def on(
        cls,
        engine: Engine,
        municipality: Municipality,
        now: Callable[[], datetime],
        random: Callable[[int], bytes],
        at_rest: AtRest | None = None,
    ) -> Phone:
        """`at_rest` seals drafts and copies; without one, the key lies in a file beside the database."""
        kept = at_rest or from_file(engine, random)
        return cls(
            municipality=municipality,
            settings=Settings(engine),
            shelf=Shelf(engine),
            wallet=Wallet(engine),
            drafts=KeptAnswers(engine, kept, DraftRow),
            copies=KeptAnswers(engine, kept, CopyRow),
            outbox=Outbox(engine),
            retention=Retention(engine),
            now=now,
            random=random,
        )

    def protect(self) -> None:
        """Once at the start. Raises `KeyLost` after removing drafts and copies that no key opens."""
        lost: KeyLost | None = None
        for kept in (self.drafts, self.copies):
            try:
                kept.protect()
            except KeyLost as exc:
                lost = exc
        if lost is not None:
            raise lost

    def root_keys(self) -> tuple[bytes, ...]:
        """Of this municipality, as far as the phone knows, oldest first; the last one signs now."""
        manifest = self.manifest()
        return tuple(map(unb64, manifest.root_keys())) if manifest else (self.municipality.root_key,)

    def manifest(self) -> Manifest | None:
        """The manifest this phone trusts; it was checked when it came, and is checked again.

        None as well where a newer app knows only a root key that the manifest does not name yet: the next
        one to come will.
        """
        raw = self.shelf.manifest(self.municipality.id)
        try:
            return _read(raw, self.municipality.id, self.municipality.root_key) if raw else None
        except Distrusted as exc:
            log.warning("the manifest on this phone is no longer trusted: %s", exc.reason)
            return None

    def poll(self, published: ManifestPoll) -> Poll | None:
        """A poll of the manifest. None where its document did not come yet, or was made for a newer app:
        one poll that cannot be read must not take the others along.
        """
        raw = self.shelf.document(published.entry.document)
        return _readable(raw) if raw else None

    def polls(self, published: Iterable[ManifestPoll]) -> dict[str, Poll]:
        """Those of these polls that can be read, by id; in one statement."""
        wanted = {poll.entry.document: poll.entry.id for poll in published}
        found = {wanted[name]: _readable(raw) for name, raw in self.shelf.documents(wanted).items()}
        return {id: poll for id, poll in found.items() if poll is not None}


def _readable(raw: bytes) -> Poll | None:
    try:
        return _read_poll(raw)
    except PollInvalid as exc:
        log.warning("a poll cannot be read: %d faults", len(exc.faults))
        return None
