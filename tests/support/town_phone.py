"""A resident's phone in a small town: real storage, real steps, no screen."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Written
from domain.errors import SyncError
from domain.participation import Standing
from protocol.codes import Code, to_link_part
from storage.at_rest import AtRest
from storage.database import open_phone
from storage.outbox import SealedBallot
from storage.wallet import StoredToken
from sync.client import Client
from sync.desk import Desk
from sync.phone import Phone
from sync.run import Synchroniser
from tests.support.small_town import SmallTown

ANSWERS: dict[str, Answer] = {
    "hoe-vaak": Chosen(("nooit",)),
    "cijfer": Declined(Declining.DONT_KNOW),
    "leeftijd": Declined(Declining.PREFER_NOT),
    "wens": Written("Bel even terug."),
}
OTHERS: dict[str, Answer] = {**ANSWERS, "cijfer": Figure(7)}  # type: ignore[arg-type]


class TownPhone:
    """`at_rest`: the keys of drafts and copies; without them, a file beside the database."""

    def __init__(
        self,
        town: SmallTown,
        folder: Path,
        now: Callable[[], datetime] | None = None,
        at_rest: AtRest | None = None,
    ) -> None:
        self.town, self.folder = town, folder
        self.engine = open_phone(folder)
        clock = now or town.clock
        self.phone = Phone.on(self.engine, town.municipality, clock, secrets.token_bytes, at_rest)
        self.desk = Desk(self.phone)
        self.synchroniser = self.another_drainer()

    def another_drainer(self) -> Synchroniser:
        return Synchroniser(self.phone, Client(self.town.http), lambda: None)

    async def sync(self) -> SyncError | None:
        """A round, with everything that was postponed."""
        self.synchroniser.nudge()
        return await self.synchroniser.round()

    async def join(self, code: Code | None = None) -> None:
        """Join and hear of the polls."""
        if code is None:
            self.desk.join_without_code()
        else:
            self.desk.join(to_link_part(code))
        assert await self.sync() is None

    def standing(self, poll: str = "regiovervoer") -> Standing:
        card = self.desk.card(poll)
        assert card is not None, "not shown"
        return card.standing

    def ballots(self) -> list[SealedBallot]:
        return self.phone.outbox.all(self.town.card.id)

    def token(self, kind: str = "choices", poll: str = "regiovervoer") -> StoredToken | None:
        return self.phone.wallet.token(self.town.card.id, poll, kind)

    def close(self) -> None:
        self.engine.dispose()


def everything_in(folder: Path) -> bytes:
    """Every byte of every file that the phone wrote."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
