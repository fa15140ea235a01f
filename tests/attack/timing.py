"""Who answered when: an attacker who watches the issuer and the ballot box and knows how people behave.

The clock is injected, because three weeks must pass; the servers, the phones and the mix are the real ones.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sqlmodel import Session, select

from domain.response import BallotKind
from protocol import paths, tokens
from protocol.canonical import b64, unb64
from protocol.codes import Code, code_hash, new_code
from protocol.messages import InvitationMessage, InvitationsMessage
from server.ballot_box_tables import BallotRow
from server.mixing import MixRule
from tests.attack.behaviour import answered_within, people
from tests.support.row import Row, Scale
from tests.support.small_poll import ANSWER, small_poll
from tests.support.small_town import ISSUER, SmallTown
from tests.support.town_phone import TownPhone

POLL = "kleur"
DEFENDED = MixRule(least=20, every=timedelta(hours=12))
SECOND = 1 / 3600
NO_SHUFFLER = MixRule(least=1, every=timedelta(hours=12))
TIES = 20
"""How often an assignment is made anew: ballots of one batch look the same, so chance picks among them."""


@dataclass
class Watched:
    """What the attacker saw, in hours since publication, and the truth that he did not see."""

    drawn: dict[str, float] = field(default_factory=dict)
    batches: list[tuple[float, list[str]]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)


def attack(scale: Scale, folder: Path) -> Row:
    count = 400 if scale.full else 80
    # Chance links one per batch, however many people there are: the bound in people stays the same.
    most, least_rank = 8 / count, 60 * count / 400
    seen = asyncio.run(_happen(scale, folder / "defended", count, DEFENDED, early=True))
    linked, rank = link(seen, answered_within)
    seen = asyncio.run(_happen(scale, folder / "undefended", count // 4, NO_SHUFFLER, early=False))
    control, _ = link(seen, lambda hours: float(hours > -SECOND))
    return Row(
        promise="timing, attacker sees all of issuer and ballot box, optimal assignment",
        figure=f"{linked:.1%} linked, median rank of the true ballot {rank:.0f} of {count}",
        bound=f"at most {most:.0%}, median rank at least {least_rank:.0f}",
        held=linked <= most and rank >= least_rank,
        control=f"no shuffler, drawn when answering: {control:.0%} linked",
        caught=control >= 0.9,
    )


async def _happen(scale: Scale, folder: Path, count: int, rule: MixRule, *, early: bool) -> Watched:
    """Everybody draws and answers. `early`: tokens are drawn when the poll comes in, as the product does."""
    town = SmallTown(folder / "servers")
    await town.publish_poll(small_poll(POLL, access="invited", closes_at="2026-12-13T09:00:00Z"))
    codes = await _invite(town, count)
    town.mixing.rule = rule
    began, seen = town.clock(), Watched()
    phones: dict[int, TownPhone] = {}
    events: list[tuple[float, int, int]] = []
    for number, person in enumerate(people(count, Random(1))):
        events += [(person.first if early else person.answered, 0, number), (person.answered, 1, number)]
    for done, (hours, answers, number) in enumerate(sorted(events)):
        await _tick_until(town, seen, began, began + timedelta(hours=hours))
        if answers:
            phones[number].desk.send(POLL, ANSWER)
            assert await phones[number].sync() is None
            phones.pop(number).close()
            if rule.least == 1:
                await _tick(town, seen, began)
        else:
            phones[number] = await _joined(town, folder / str(number), codes[number], seen, hours)
        scale.tell(f"timing: {done} of {len(events)}")
    await _tick_until(town, seen, began, town.manifest.polls[0].ends_at() + DEFENDED.every)
    town.close()
    assert sum(len(names) for _, names in seen.batches) == count
    return seen


async def _joined(town: SmallTown, folder: Path, code: Code, seen: Watched, hours: float) -> TownPhone:
    phone = TownPhone(town, folder)
    town.wire.asked.clear()
    await phone.join(code)
    [request] = [request for request in town.wire.asked if request.url.path == paths.TOKENS]
    holder = request.headers["authorization"]
    seen.drawn[holder] = hours
    token = phone.token(poll=POLL)
    assert token is not None
    seen.truth[holder] = b64(tokens.nullifier(POLL, BallotKind.CHOICES, token.message))
    return phone


async def _invite(town: SmallTown, count: int) -> list[Code]:
    codes = [new_code(secrets.token_bytes) for _ in range(count)]
    until = town.clock() + timedelta(days=30)
    rows = tuple(InvitationMessage(code_hash=code_hash(c), segments=(), expires_at=until) for c in codes)
    body = InvitationsMessage(invitations=rows).model_dump_json().encode()
    reply = await town.signed(
        "POST", ISSUER + paths.STAFF_INVITATIONS, "invitation", body, media_type="application/json"
    )
    assert reply.status_code == 200, reply.text
    return codes


async def _tick_until(town: SmallTown, seen: Watched, began: datetime, moment: datetime) -> None:
    """The shuffler looks at every multiple of its interval, as its clock would make it do."""
    every = town.mixing.rule.every
    while (look := _next(town.clock(), every)) <= moment:
        town.clock.moment = look
        await _tick(town, seen, began)
    town.clock.moment = moment


def _next(moment: datetime, every: timedelta) -> datetime:
    seconds = every.total_seconds()
    return moment + timedelta(seconds=seconds - moment.timestamp() % seconds)


async def _tick(town: SmallTown, seen: Watched, began: datetime) -> None:
    await town.mix()
    with Session(town.ballot_box.state.engine) as session:
        there = set(session.exec(select(BallotRow.nullifier)))
    new = there - {name for _, names in seen.batches for name in names}
    if new:
        seen.batches.append(((town.clock() - began).total_seconds() / 3600, sorted(new)))


def link(seen: Watched, within: Callable[[float], float]) -> tuple[float, float]:
    """The share that the likeliest assignment gets right, and the median rank of the true ballot.

    `within` is the attacker's knowledge of people: the share who answered within so many hours.
    """
    holders = list(seen.drawn)
    ballots = [name for _, names in seen.batches for name in names]
    cost = _cost(seen, holders, within)
    right, ranks, chance = 0, [], np.random.default_rng(int.from_bytes(unb64(ballots[0])[:4], "big"))
    for _ in range(TIES):
        order = chance.permutation(len(ballots))
        rows, columns = linear_sum_assignment(cost[:, order])
        right += sum(ballots[order[c]] == seen.truth[holders[r]] for r, c in zip(rows, columns, strict=True))
    for row, holder in enumerate(holders):
        true = cost[row, ballots.index(seen.truth[holder])]
        ranks.append((cost[row] < true).sum() + ((cost[row] == true).sum() + 1) / 2)
    return right / TIES / len(holders), float(np.median(ranks))


def _cost(seen: Watched, holders: list[str], within: Callable[[float], float]) -> NDArray[np.float64]:
    """Minus the logarithm of the chance that a holder's ballot came in each ballot's batch."""
    columns, before = [], 0.0
    for moment, names in seen.batches:
        share = np.array([within(moment - seen.drawn[h]) - within(before - seen.drawn[h]) for h in holders])
        columns += [-np.log(np.maximum(share, 1e-12))] * len(names)
        before = moment
    return np.array(columns).T
