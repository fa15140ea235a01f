"""A sweep takes what nobody needs any more, leaves what somebody does, and nothing of it in the files."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from protocol import paths
from protocol.messages import IssuedMessage, ListMessage
from protocol.problems import Problem
from protocol.receipts import is_list_of, make_batch
from server.ballot_box_tables import BallotRow, BatchRow, FiguresRow, ListRow
from server.ballot_box_tables import DocumentRow as BallotBoxDocumentRow
from server.issuer_tables import DocumentRow as IssuerDocumentRow
from server.issuer_tables import DrawRow, InvitationRow, IssuedRow, OpenHolderRow, TokenKeyRow
from tests.support.clock import NOW
from tests.support.kept import (
    METADATA,
    POLL,
    a_ballot_with_a_result,
    ballot,
    count,
    draw,
    end_of_poll,
    engine,
    put,
    sweep,
)
from tests.support.problems import refused
from tests.support.small_town import BALLOT_BOX, ISSUER, SmallTown


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
