"""Answers that the phone can read are sealed there, come back as they were given, and go without a trace."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated, Written
from domain.errors import KeyLost, StorageError
from storage.database import FILE, open_phone
from storage.kept_answers import KeptAnswers
from storage.outbox import Outbox, SealedBallot
from storage.tables import CopyRow, DraftRow
from tests.storage.conftest import KEY, at_rest, drafts_of

EVERY_KIND: dict[str, Answer] = {
    "een": Chosen(("rood",)),
    "meer": Chosen(("appel", "peer")),
    "getal": Figure(Decimal("7.50")),
    "stellingen": Rated({"schoon": "ja", "veilig": Declining.DONT_KNOW}),
    "gezicht": Declined(Declining.PREFER_NOT),
    "tekst": Written('Regel 1\nRegel "2" \\ é 🚌 \u0000'),
}
OTHER_KEY = bytes(reversed(KEY))
MARKER = b"onvindbaar-7c1f"
MARKED: dict[str, Answer] = {"wens": Written(MARKER.decode())}


def copies_of(engine: Engine, *keys: bytes) -> KeptAnswers:
    return KeptAnswers(engine, at_rest(*keys), CopyRow)


def files(folder: Path) -> bytes:
    """Every byte of the database and its log, as a thief of the phone's disk reads them."""
    found = [path for path in folder.iterdir() if path.name.startswith(FILE)]
    return b"".join(path.read_bytes() for path in found)


def row(engine: Engine, poll: str = "poll") -> bytes:
    with Session(engine) as session:
        return session.get_one(DraftRow, ("waterrijk", poll)).answers


def test_every_kind_of_answer_comes_back_as_it_was_given(engine: Engine):
    drafts = drafts_of(engine)
    drafts.put("waterrijk", "poll", EVERY_KIND)
    assert drafts.get("waterrijk", "poll") == EVERY_KIND
    assert drafts.polls("waterrijk") == {"poll"}
    assert drafts.get("waterrijk", "other") is None
    assert drafts.polls("elders") == frozenset()


def test_the_last_change_counts(engine: Engine):
    drafts = drafts_of(engine)
    drafts.put("waterrijk", "poll", EVERY_KIND)
    drafts.put("waterrijk", "poll", {})
    assert drafts.get("waterrijk", "poll") == {}
    drafts.remove("waterrijk", "poll")
    assert drafts.get("waterrijk", "poll") is None


def test_a_draft_and_a_copy_of_one_poll_do_not_touch_each_other(engine: Engine):
    drafts_of(engine).put("waterrijk", "poll", EVERY_KIND)
    copies_of(engine).put("waterrijk", "poll", MARKED)
    drafts_of(engine).remove("waterrijk", "poll")
    assert copies_of(engine).get("waterrijk", "poll") == MARKED


class TestAtRest:
    def test_no_file_holds_a_word_of_an_answer(self, engine: Engine, tmp_path: Path):
        drafts_of(engine).put("waterrijk", "poll", MARKED)
        copies_of(engine).put("waterrijk", "poll", MARKED)
        assert MARKER not in files(tmp_path)

    def test_the_search_finds_what_is_not_sealed(self, engine: Engine, tmp_path: Path):
        """The control."""
        with Session(engine) as session, session.begin():
            session.add(DraftRow(municipality="waterrijk", poll="poll", answers=MARKER))
        assert MARKER in files(tmp_path)

    def test_a_row_that_was_put_in_another_place_does_not_open(self, engine: Engine):
        drafts = drafts_of(engine)
        drafts.put("waterrijk", "poll", MARKED)
        with Session(engine) as session, session.begin():
            session.add(DraftRow(municipality="waterrijk", poll="other", answers=row(engine)))
        assert drafts.get("waterrijk", "other") is None
        assert drafts.get("waterrijk", "poll") == MARKED, "the control"

    def test_the_same_answers_never_look_the_same(self, engine: Engine):
        drafts, seen = drafts_of(engine), set()
        for _ in range(20):
            drafts.put("waterrijk", "poll", MARKED)
            seen.add(row(engine))
        assert len(seen) == 20

    @pytest.mark.parametrize("forgetting", [True, False])
    def test_sending_leaves_nothing_of_the_draft_in_the_files(
        self, engine: Engine, tmp_path: Path, forgetting: bool
    ):
        """Not even its sealed bytes: a key may be found some day. The control: without `secure_delete`."""
        if not forgetting:

            @event.listens_for(engine, "connect")
            def remember(connection: object, _record: object) -> None:
                connection.execute("PRAGMA secure_delete=OFF")

            engine.dispose()
        drafts = drafts_of(engine)
        for length in range(5):  # every change leaves an older version
            drafts.put("waterrijk", "poll", {"wens": Written("x" * 40 * length)})
        draft = row(engine)
        assert draft in files(tmp_path)
        Outbox(engine).put([SealedBallot("waterrijk", "poll", "choices", 1, b"envelope", "line")])
        assert (draft[-40:] in files(tmp_path)) is not forgetting

    def test_removing_a_copy_leaves_nothing_of_it(self, engine: Engine, tmp_path: Path):
        copies = copies_of(engine)
        copies.put("waterrijk", "poll", MARKED)
        with Session(engine) as session:
            sealed = session.get_one(CopyRow, ("waterrijk", "poll")).answers
        assert sealed in files(tmp_path)
        copies.remove("waterrijk", "poll")
        assert sealed[-20:] not in files(tmp_path)


class TestAnotherKey:
    def test_that_is_lost_costs_drafts_and_copies_and_says_so_once(self, engine: Engine):
        drafts_of(engine).put("waterrijk", "poll", MARKED)
        found = drafts_of(engine, OTHER_KEY)
        with pytest.raises(KeyLost) as lost:
            found.protect()
        assert isinstance(lost.value, StorageError)
        assert lost.value.word == "key-lost"
        assert found.polls("waterrijk") == frozenset()
        found.protect()

    def test_that_may_turn_up_again_costs_nothing(self, engine: Engine):
        drafts_of(engine).put("waterrijk", "poll", MARKED)
        without = KeptAnswers(engine, at_rest(OTHER_KEY, complete=False), DraftRow)
        without.protect()
        assert without.get("waterrijk", "poll") is None
        assert drafts_of(engine).get("waterrijk", "poll") == MARKED

    def test_that_was_used_before_still_opens_and_is_replaced(self, engine: Engine):
        drafts_of(engine).put("waterrijk", "poll", MARKED)
        drafts_of(engine, OTHER_KEY, KEY).protect()
        assert drafts_of(engine, OTHER_KEY).get("waterrijk", "poll") == MARKED


def test_answers_of_the_first_version_are_sealed_at_the_first_start(tmp_path: Path):
    engine = open_phone(tmp_path)
    plain = b'{"wens": {"written": "%s"}}' % MARKER
    with Session(engine) as session, session.begin():
        session.add(DraftRow(municipality="waterrijk", poll="poll", answers=plain))
    drafts = drafts_of(engine)
    assert drafts.get("waterrijk", "poll") == MARKED
    drafts.protect()
    assert MARKER not in files(tmp_path)
    assert drafts.get("waterrijk", "poll") == MARKED
    engine.dispose()
