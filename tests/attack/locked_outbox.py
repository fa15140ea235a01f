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
        super().put([self._locked(ballot) for ballot in ballots], copy)

    def stamp(self, ballot: SealedBallot, envelope: bytes) -> None:
        super().stamp(ballot, self.at_rest.seal(envelope, PLACE))

    def sealed(self, municipality: str) -> list[SealedBallot]:
        return self._opened(super().sealed(municipality))

    def due(self, municipality: str, now: float) -> list[SealedBallot]:
        return self._opened(super().due(municipality, now))

    def _locked(self, ballot: SealedBallot) -> SealedBallot:
        content = None if ballot.content is None else self.at_rest.seal(ballot.content, PLACE)
        return replace(ballot, envelope=self.at_rest.seal(ballot.envelope, PLACE), content=content)

    def _opened(self, ballots: Iterable[SealedBallot]) -> list[SealedBallot]:
        """Those that the key opens; no other can be sent."""
        found = []
        for ballot in ballots:
            with suppress(OtherKey):
                content = None if ballot.content is None else self.at_rest.open(ballot.content, PLACE)
                envelope = self.at_rest.open(ballot.envelope, PLACE)
                found.append(replace(ballot, envelope=envelope, content=content))
        return found
