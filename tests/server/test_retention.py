"""How long the servers keep what: still there the moment before, gone the moment after."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import MetaData

from protocol import paths
from protocol.ballots import ENVELOPE_SIZES
from server.ballot_box_tables import TABLES as BALLOT_BOX_TABLES
from server.ballot_box_tables import BallotRow
from server.ballot_box_tables import DocumentRow as BallotBoxDocumentRow
from server.issuer_tables import DocumentRow as IssuerDocumentRow
from server.issuer_tables import DrawRow, InvitationRow, TokenKeyRow
from server.mixing import MixRule
from server.retention import RULES, unswept
from server.shuffler_tables import EnvelopeRow
from tests.docs.reading import rows
from tests.support.kept import (
    METADATA,
    a_ballot_with_a_result,
    ballot,
    count,
    draw,
    end_of_poll,
    put,
    sweep,
)
from tests.support.small_town import BALLOT_BOX, ISSUER, SmallTown, digest_of

Ends = Callable[[SmallTown], Awaitable[datetime]]
"""Makes one row; returns the moment from which its rule's days count."""


async def an_invitation(town: SmallTown) -> datetime:
    await town.invite(days=30)
    return town.clock() + timedelta(days=30)


async def a_ballot_of_a_cancelled_poll(town: SmallTown) -> datetime:
    return await end_of_poll(town, "ballot-box", ballot(), cancelled=True)


async def a_ballot_that_nobody_counted(town: SmallTown) -> datetime:
    return await end_of_poll(town, "ballot-box", ballot())


async def a_ballot_of_a_poll_that_left_the_manifest(town: SmallTown) -> datetime:
    await town.publish_poll()
    put(town, "ballot-box", ballot("long-ago"))
    return town.manifest.issued_at


async def a_draw(town: SmallTown) -> datetime:
    return await end_of_poll(town, "issuer", draw())


async def a_draw_of_a_poll_that_left_the_manifest(town: SmallTown) -> datetime:
    await town.publish_poll()
    put(town, "issuer", draw("long-ago"))
    return town.manifest.issued_at


async def a_token_key(town: SmallTown) -> datetime:
    entry = await town.publish_poll()
    return entry.closes_at + timedelta(hours=entry.grace_hours)


async def a_document_without_a_name(town: SmallTown, role: str) -> datetime:
    await town.publish()
    body = b"nobody names this"
    base = ISSUER if role == "issuer" else BALLOT_BOX
    await town.signed("PUT", base + paths.STAFF_DOCUMENT.format(digest=digest_of(body)), body=body)
    sweep(town, role)  # that is when it is seen
    return town.clock()


async def an_envelope_nobody_took(town: SmallTown) -> datetime:
    entry = town.add_poll()
    town.mixing.rule = MixRule(least=5)
    town.mixing.keep(secrets.token_bytes(min(ENVELOPE_SIZES)))
    return entry.closes_at + timedelta(hours=entry.grace_hours)


TIMED: list[tuple[str, str, type, int, Ends]] = [
    ("issuer", "invitation", InvitationRow, 365, an_invitation),
    ("issuer", "draw", DrawRow, 7, a_draw),
    ("issuer", "draw", DrawRow, 7, a_draw_of_a_poll_that_left_the_manifest),
    ("issuer", "token_key", TokenKeyRow, 7, a_token_key),
    ("issuer", "document", IssuerDocumentRow, 1, partial(a_document_without_a_name, role="issuer")),
    ("shuffler", "envelope", EnvelopeRow, 30, an_envelope_nobody_took),
    ("ballot-box", "ballot", BallotRow, 90, a_ballot_with_a_result),
    ("ballot-box", "ballot", BallotRow, 90, a_ballot_of_a_cancelled_poll),
    ("ballot-box", "ballot", BallotRow, 365, a_ballot_that_nobody_counted),
    ("ballot-box", "ballot", BallotRow, 365, a_ballot_of_a_poll_that_left_the_manifest),
    (
        "ballot-box",
        "document",
        BallotBoxDocumentRow,
        1,
        partial(a_document_without_a_name, role="ballot-box"),
    ),
]
AT_ONCE = {"open_holder", "issued", "list", "figures", "batch"}
"""Their tests are in `test_sweeping.py`: they go with something else, not after days."""


@pytest.mark.parametrize(
    ("role", "table", "row", "days", "make"), TIMED, ids=lambda v: getattr(v, "__name__", "")
)
async def test_it_is_there_the_moment_before_and_gone_the_moment_after(
    waterrijk: SmallTown, role: str, table: str, row: type, days: int, make: Ends
):
    assert (table, days) in {(rule.table, rule.days) for rule in RULES if rule.role == role}
    ends = await make(waterrijk)
    made = count(waterrijk, role, row)
    assert made
    waterrijk.clock.moment = ends + timedelta(days=days, seconds=-1)
    sweep(waterrijk, role)
    assert count(waterrijk, role, row) == made
    waterrijk.clock.advance(seconds=1)
    sweep(waterrijk, role)
    assert count(waterrijk, role, row) < made


def test_every_rule_with_days_is_tested_above():
    assert {(rule.role, rule.table, rule.days) for rule in RULES if rule.days} == {
        (role, table, days) for role, table, _, days, _ in TIMED
    }
    swept = {rule.table for rule in RULES if not rule.days and rule.sweep} | {"batch"}
    assert swept == AT_ONCE


@pytest.mark.parametrize("role", METADATA)
def test_every_table_of_every_role_has_a_rule(role: str):
    tables = set(METADATA[role].tables)
    assert unswept(role, tables) == set()
    assert {rule.table for rule in RULES if rule.role == role} == tables, "and no rule is of another table"
    assert unswept(role, {*tables, "forgotten"}) == {"forgotten"}, "the control"


def test_the_privacy_page_says_the_same():
    written = [
        (row.cells[0], row.marked("table")[0], row.cells[2], int(row.cells[3]))
        for row in rows("docs/privacy.md", "server", "table", "kept until", "and days more")
    ]
    assert written == [(rule.role, rule.table, rule.until, rule.days) for rule in RULES]


def test_a_table_of_a_role_that_is_new_would_be_missed():
    """The control of the walk over metadata."""
    metadata = MetaData()
    BALLOT_BOX_TABLES.metadata.tables["ballot"].to_metadata(metadata, name="ballot_by_time")
    assert unswept("ballot-box", metadata.tables) == {"ballot_by_time"}
