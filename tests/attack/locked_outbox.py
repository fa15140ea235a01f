"""The control of `key_store`: an outbox whose envelopes are under the key of the phone's key store."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from storage.at_rest import AtRest, OtherKey
from storage.outbox import Outbox, SealedBallot

PLACE = "outbox"


@dataclass(frozen=True)
class LockedOutbox(Outbox):
    at_rest: AtRest

    def put(self, ballots: Iterable[SealedBallot], copy: bytes | None = None) -> None:
        locked = [replace(b, envelope=self.at_rest.seal(b.envelope, PLACE)) for b in ballots]
        super().put(locked, copy)

    def due(self, municipality: str, now: float) -> list[SealedBallot]:
        """Those that the key opens; no other can be sent."""
        found = []
        for ballot in super().due(municipality, now):
            with suppress(OtherKey):
                found.append(replace(ballot, envelope=self.at_rest.open(ballot.envelope, PLACE)))
        return found
