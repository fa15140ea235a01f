"""Who answered what, from every byte that the servers keep: databases, logs, free pages.

One guess for each order of invitees against each order of ballots; chance gets one right per poll. The bounds
follow from the number of guesses: `docs/proofs.md` has the calculation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import norm, poisson, spearmanr

from demonstration.town import Mix
from tests.attack.crowd import (
    CrowdedTown,
    Happened,
    UndefendedTown,
    close_all,
    copy_of_files,
    everybody_answers,
    running,
)
from tests.attack.dumps import Dump, values_shared
from tests.support.row import Row, Scale

FALSE_ALARM = 1 / 1000
"""How often a run may fail by chance alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best of all guesses. `leaks`: values of the issuer found at the other two, left-over envelopes."""

    guesses: int
    right: int
    correlation: float
    leaks: int
    of: int


def attack(scale: Scale, folder: Path) -> Row:
    invitees, polls = (400, 20) if scale.full else (40, 3)
    found = _run(scale, CrowdedTown, folder / "defended", Mix(20, 2.0), invitees, polls, early=True)
    most = int(poisson.isf(FALSE_ALARM / found.guesses, polls))
    spread = 1 / np.sqrt((invitees - 1) * polls)
    highest = float(norm.isf(FALSE_ALARM / found.guesses / 2)) * spread
    few, less = invitees // 4, max(1, polls // 10)
    control = _run(scale, UndefendedTown, folder / "undefended", Mix(1, 0.05), few, less, early=False)
    return Row(
        promise="linkage from every byte of every database, WAL and free page",
        figure=f"{invitees} invitees x {polls} polls, best of {found.guesses} guesses: {found.right} of "
        f"{found.of:,} right, rank correlation {found.correlation:.3f}, {found.leaks} values shared",
        bound=f"at most {most} of {found.of:,}, correlation at most {highest:.3f}, 0 shared",
        held=found.right <= most and found.correlation <= highest and not found.leaks,
        control=f"numbered and dated rows, no mix: {control.right} of {control.of} right",
        caught=control.right >= 0.95 * control.of,
    )


def _run(
    scale: Scale, kind: type[CrowdedTown], folder: Path, mix: Mix, invitees: int, polls: int, *, early: bool
) -> Found:
    with running(kind, folder, mix, polls) as (town, happened):
        asyncio.run(everybody_answers(town, happened, invitees, scale.tell, early=early))
        close_all(town, happened, invitees)
        files = copy_of_files(town, folder / "copy")
    return link(files, happened)


def link(files: Path, happened: Happened) -> Found:
    """Try every order of the issuer's rows against every order of the ballot box's."""
    issuer, box, shuffler = (Dump(files, role) for role in ("issuer", "ballot-box", "shuffler"))
    right: dict[str, int] = {}
    ranks: dict[str, list[float]] = {}
    for poll in happened.polls:
        true = happened.ballots[poll]
        ballots = box.orders("ballot", "nullifier", f"poll = '{poll}'")
        for people_by, people in _orders_of_people(issuer, happened, poll):
            for ballots_by, names in ballots.items():
                guess = f"{people_by} / {ballots_by}"
                hits = sum(true[who] == name for who, name in zip(people, names, strict=False))
                right[guess] = right.get(guess, 0) + hits
                ranks.setdefault(guess, []).append(_correlation(people, names, true))
    others = {**box.bytes_by_file(), **shuffler.bytes_by_file()}
    return Found(
        guesses=len(right),
        right=max(right.values()),
        correlation=max(abs(float(np.mean(each))) for each in ranks.values()),
        leaks=values_shared(issuer.values("draw", "true"), others),
        of=sum(len(each) for each in happened.ballots.values()),
    )


def _orders_of_people(issuer: Dump, happened: Happened, poll: str) -> Iterator[tuple[str, list[int]]]:
    """The orders of those who drew for the poll, and of all who were invited."""
    for table, name, where in (
        ("draw", "secret_hash", f"poll = '{poll}'"),
        ("invitation", "code_hash", "true"),
    ):
        numbers = happened.names[table]
        for by, names in issuer.orders(table, name, where).items():
            yield by, [numbers[each] for each in names]


def _correlation(people: list[int], ballots: list[str], true: dict[int, str]) -> float:
    """Spearman's, between where people stand and where their ballots stand."""
    place = {name: number for number, name in enumerate(ballots)}
    pairs = [(row, place[true[who]]) for row, who in enumerate(people) if true[who] in place]
    return float(spearmanr(*zip(*pairs, strict=True)).statistic)
