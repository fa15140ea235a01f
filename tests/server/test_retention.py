"""How long the servers keep what: still there the moment before, gone the moment after."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import MetaData
from sqlmodel import Session, select

from protocol import paths
from protocol.ballots import ENVELOPE_SIZES
from protocol.messages import IssuedMessage, ListMessage
from protocol.problems import Problem
from protocol.receipts import is_list_of, make_batch
from server.ballot_box_tables import TABLES as BALLOT_BOX_TABLES
from server.ballot_box_tables import BallotRow, BatchRow, FiguresRow, ListRow
from server.ballot_box_tables import DocumentRow as BallotBoxDocumentRow
from server.issuer_tables import TABLES as ISSUER_TABLES
from server.issuer_tables import DocumentRow as IssuerDocumentRow
from server.issuer_tables import DrawRow, InvitationRow, IssuedRow, OpenHolderRow, TokenKeyRow
from server.mixing import MixRule
from server.retention import RULES, unswept
from server.shuffler_tables import TABLES as SHUFFLER_TABLES
from server.shuffler_tables import EnvelopeRow
from server.sweeping import Retention
from tests.docs.reading import rows
from tests.support.clock import NOW
from tests.support.problems import refused
from tests.support.small_town import BALLOT_BOX, ISSUER, SmallTown, digest_of

POLL = "regiovervoer"
METADATA = {
    "issuer": ISSUER_TABLES.metadata,
    "shuffler": SHUFFLER_TABLES.metadata,
    "ballot-box": BALLOT_BOX_TABLES.metadata,
}
Ends = Callable[[SmallTown], Awaitable[datetime]]
"""Makes one row; returns the moment from which its rule's days count."""


def put(town: SmallTown, role: str, *found: object) -> None:
    with Session(engine(town, role)) as session, session.begin():
        session.add_all(found)


def count(town: SmallTown, role: str, row: type) -> int:
    with Session(engine(town, role)) as session:
        return len(session.exec(select(row)).all())


def engine(town: SmallTown, role: str):
    return getattr(town, role.replace("-", "_")).state.engine


def sweep(town: SmallTown, role: str) -> None:
    if role == "shuffler":
        Retention("shuffler", engine(town, role), town.clock, lambda: town.manifest).sweep()
    else:
        getattr(town, role.replace("-", "_")).state.retention.sweep()


async def end_of_poll(town: SmallTown, role: str, row: object, **state: object) -> datetime:
    entry = await town.publish_poll()
    if state:
        await town.change_poll(POLL, **state)
    put(town, role, row)
    poll = town.manifest.poll(entry.id)
    assert poll is not None
    return poll.ends_at()


def ballot(poll: str = POLL) -> BallotRow:
    return BallotRow(nullifier="A" * 43, poll=poll, kind="choices", revision=1, sealed=b"sealed")


def draw(poll: str = POLL) -> DrawRow:
    return DrawRow(secret_hash="s", poll=poll, kind="choices", blinded="b", signature=b"x")


async def an_invitation(town: SmallTown) -> datetime:
    await town.invite(days=30)
    return town.clock() + timedelta(days=30)


async def a_ballot_with_a_result(town: SmallTown) -> datetime:
    town.documents[digest_of(b"result")] = b"result"
    return await end_of_poll(town, "ballot-box", ballot(), result=digest_of(b"result"))


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
"""Their tests are further down: they go with something else, not after days."""


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


async def test_a_phone_without_a_code_is_forgotten_with_its_last_token(waterrijk: SmallTown):
    put(waterrijk, "issuer", OpenHolderRow(secret_hash="s"), OpenHolderRow(secret_hash="without"))
    ends = await end_of_poll(waterrijk, "issuer", draw())
    sweep(waterrijk, "issuer")
    assert count(waterrijk, "issuer", OpenHolderRow) == 1
    waterrijk.clock.moment = ends + timedelta(days=7)
    sweep(waterrijk, "issuer")
    assert count(waterrijk, "issuer", OpenHolderRow) == 0


async def test_the_counts_of_a_poll_outlive_what_they_count(waterrijk: SmallTown):
    await waterrijk.invite("vervoer")
    ends = await end_of_poll(waterrijk, "issuer", draw())
    url = ISSUER + paths.STAFF_ISSUED.format(poll=POLL)

    async def issued() -> IssuedMessage:
        return IssuedMessage.model_validate_json((await waterrijk.signed("GET", url, "counting")).content)

    before = await issued()
    assert (before.invited, before.issued) == (1, 1)
    waterrijk.clock.moment = ends + timedelta(days=600)
    sweep(waterrijk, "issuer")
    assert count(waterrijk, "issuer", DrawRow) == count(waterrijk, "issuer", InvitationRow) == 0
    assert await issued() == before
    await waterrijk.publish(polls=())
    sweep(waterrijk, "issuer")
    assert count(waterrijk, "issuer", IssuedRow) == 0


async def test_the_list_outlives_the_ballots_so_that_every_phone_still_finds_its_own(waterrijk: SmallTown):
    ends = await a_ballot_with_a_result(waterrijk)
    put(
        waterrijk, "ballot-box", FiguresRow(poll=POLL, kind="choices", late=1), FiguresRow(poll="-", kind="-")
    )
    waterrijk.clock.moment = ends + timedelta(days=89)

    async def found() -> ListMessage:
        reply = await waterrijk.http.get(BALLOT_BOX + paths.LIST.format(poll=POLL))
        return ListMessage.model_validate_json(reply.content)

    before = await found()
    assert (before.received, before.late) == (1, 1)
    waterrijk.clock.advance(days=1)
    sweep(waterrijk, "ballot-box")
    sweep(waterrijk, "ballot-box")
    assert count(waterrijk, "ballot-box", BallotRow) == 0
    after = await found()
    assert after.lines == before.lines
    assert is_list_of(after, waterrijk.keys["ballot-box"].signing_public)
    staff = BALLOT_BOX + paths.STAFF_BALLOTS.format(poll=POLL)
    assert refused(await waterrijk.signed("GET", staff, "counting")) is Problem.BALLOTS_GONE, "not: none"
    await waterrijk.publish(polls=())
    sweep(waterrijk, "ballot-box")
    assert count(waterrijk, "ballot-box", ListRow) == 0
    assert count(waterrijk, "ballot-box", FiguresRow) == 1, "counts of what was of no poll stay"


@pytest.mark.parametrize("says_so", [True, False])
async def test_batches_are_forgotten_when_the_shuffler_has_nothing_left(waterrijk: SmallTown, says_so: bool):
    await waterrijk.publish()
    put(waterrijk, "ballot-box", BatchRow(digest="x"))
    if says_so:
        word = make_batch([], False, waterrijk.keys["shuffler"].signing_private, swept_at=NOW)
        assert await waterrijk.hand_on("", word.model_dump(mode="json"))
    sweep(waterrijk, "ballot-box")
    assert count(waterrijk, "ballot-box", BatchRow) == (0 if says_so else 1)


@pytest.mark.parametrize("role", METADATA)
async def test_without_a_manifest_nothing_is_deleted_for_want_of_a_name(waterrijk: SmallTown, role: str):
    put(waterrijk, "issuer", draw(), TokenKeyRow(poll="p", kind="choices", private_pem=b"k"))
    put(waterrijk, "issuer", IssuerDocumentRow(digest="d", raw=b""), IssuedRow(poll="p", invited=1, issued=1))
    put(waterrijk, "ballot-box", ballot(), BallotBoxDocumentRow(digest="d", raw=b""))
    waterrijk.clock.advance(days=4000)
    for _ in range(2):
        sweep(waterrijk, role)
        waterrijk.clock.advance(days=2)
    for row in (DrawRow, TokenKeyRow, IssuerDocumentRow, IssuedRow):
        assert count(waterrijk, "issuer", row) == 1
    for row in (BallotRow, BallotBoxDocumentRow):
        assert count(waterrijk, "ballot-box", row) == 1


async def test_a_key_made_for_a_poll_that_is_about_to_be_published_stays(waterrijk: SmallTown):
    await waterrijk.publish_poll()
    put(waterrijk, "issuer", TokenKeyRow(poll="next-week", kind="choices", private_pem=b"k"))
    waterrijk.clock.advance(days=4000)
    sweep(waterrijk, "issuer")
    with Session(engine(waterrijk, "issuer")) as session:
        assert session.exec(select(TokenKeyRow.poll)).all() == ["next-week"]


async def test_what_was_deleted_is_nowhere_in_the_files(waterrijk: SmallTown):
    marker = secrets.token_bytes(64)
    row = ballot()
    row.sealed = marker
    ends = await end_of_poll(waterrijk, "ballot-box", row)
    files = [waterrijk.folder / f"ballot-box.sqlite{part}" for part in ("", "-wal")]
    assert any(marker in file.read_bytes() for file in files), "the control"
    waterrijk.clock.moment = ends + timedelta(days=365)
    sweep(waterrijk, "ballot-box")
    assert not any(marker in file.read_bytes() for file in files)


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
