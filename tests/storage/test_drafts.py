"""Answers that are being given survive everything; what was sent stays sent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.engine import Engine

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated, Written
from storage.drafts import Draft, Drafts
from storage.outbox import Outbox, SealedBallot

EVERY_KIND: dict[str, Answer] = {
    "een": Chosen(("rood",)),
    "meer": Chosen(("appel", "peer")),
    "getal": Figure(Decimal("7.50")),
    "stellingen": Rated({"schoon": "ja", "veilig": Declining.DONT_KNOW}),
    "gezicht": Declined(Declining.PREFER_NOT),
    "tekst": Written('Regel 1\nRegel "2" \\ é 🚌 \u0000'),
}


@pytest.fixture
def drafts(engine: Engine) -> Drafts:
    return Drafts(engine)


def test_every_kind_of_answer_comes_back_as_it_was_given(drafts: Drafts):
    draft = Draft("waterrijk", "poll", EVERY_KIND)
    drafts.put(draft)
    assert drafts.get("waterrijk", "poll") == draft
    assert drafts.all("waterrijk") == [draft]
    assert drafts.get("waterrijk", "other") is None
    assert drafts.all("elders") == []


def test_the_last_change_counts(drafts: Drafts):
    drafts.put(Draft("waterrijk", "poll", EVERY_KIND))
    drafts.put(Draft("waterrijk", "poll", {}))
    assert drafts.get("waterrijk", "poll") == Draft("waterrijk", "poll", {})
    drafts.remove("waterrijk", "poll")
    assert drafts.get("waterrijk", "poll") is None


def test_looking_again_at_what_was_sent_does_not_take_it_back(drafts: Drafts, engine: Engine):
    sent = Draft("waterrijk", "poll", {"a": Written("sent")}, finished=True)
    changing = Draft("waterrijk", "poll", {"a": Written("another")})
    drafts.put(Draft("waterrijk", "poll", {"a": Written("first")}))
    drafts.put(sent)
    assert drafts.all("waterrijk") == [sent], "sending removes what was being answered"
    drafts.put(changing)
    assert drafts.finished("waterrijk", "poll") == sent
    assert drafts.get("waterrijk", "poll") == changing
    Outbox(engine).put([SealedBallot("waterrijk", "poll", "choices", 1, b"", "line")])
    assert drafts.finished("waterrijk", "poll") is None
    assert drafts.get("waterrijk", "poll") == changing, "and sealing does not touch the change"
