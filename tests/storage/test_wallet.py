"""What gives this phone the right to answer is written before it is asked for, and is never lost."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.engine import Engine

from storage.shelf import Shelf
from storage.wallet import Joining, Membership, StoredToken, Wallet

TOKEN = StoredToken("waterrijk", "poll", "choices", *(bytes([n]) * 32 for n in range(7)))


def test_a_membership_comes_back_as_it_was_put(engine: Engine):
    wallet = Wallet(engine)
    asking = Membership("waterrijk", bytes(32), bytes(13), Joining.ASKING)
    assert wallet.membership("waterrijk") is None
    wallet.put_membership(asking)
    assert wallet.membership("waterrijk") == asking
    member = replace(asking, state=Joining.MEMBER, invited=True, segments=("vervoer", "huishouden"))
    wallet.put_membership(member)
    assert wallet.membership("waterrijk") == member


def test_another_code_stands_beside_the_first_until_it_is_accepted(engine: Engine):
    wallet = Wallet(engine)
    member = Membership("waterrijk", bytes(32), bytes(13), Joining.MEMBER, True, ("vervoer",))
    other = Membership("waterrijk", bytes([1]) * 32, bytes([1]) * 13, Joining.ASKING)
    wallet.put_membership(member)
    wallet.put_candidate(other)
    assert (wallet.membership("waterrijk"), wallet.candidate("waterrijk")) == (member, other)
    wallet.drop_candidate("waterrijk")
    assert (wallet.membership("waterrijk"), wallet.candidate("waterrijk")) == (member, None)
    wallet.put_candidate(other)
    wallet.put_token(TOKEN)
    wallet.refuse_token(TOKEN, "poll-not-for-you")
    accepted = replace(other, state=Joining.MEMBER, invited=True)
    wallet.accept(accepted)
    assert (wallet.membership("waterrijk"), wallet.candidate("waterrijk")) == (accepted, None)
    assert wallet.token("waterrijk", "poll", "choices") == TOKEN, "asked for anew"


def test_a_token_keeps_what_it_was_asked_with(engine: Engine):
    """Another blinded message would be refused for ever."""
    wallet = Wallet(engine)
    wallet.put_token(TOKEN)
    wallet.put_token(replace(TOKEN, blinded=b"another"))
    assert wallet.token("waterrijk", "poll", "choices") == TOKEN
    assert wallet.token("waterrijk", "poll", "texts") is None


def test_a_token_is_finished_or_refused(engine: Engine):
    wallet = Wallet(engine)
    wallet.put_token(TOKEN)
    assert wallet.without_use("waterrijk") == {"poll"}
    wallet.refuse_token(TOKEN, "poll-closed")
    assert wallet.token("waterrijk", "poll", "choices").problem == "poll-closed"
    wallet.finish_token(TOKEN, b"signature")
    assert wallet.token("waterrijk", "poll", "choices") == replace(TOKEN, signature=b"signature")
    assert wallet.without_use("waterrijk") == frozenset()


def test_what_was_published_is_kept_as_it_came(engine: Engine):
    shelf = Shelf(engine)
    assert shelf.manifest("waterrijk") is None
    for raw in (b"first", b"second"):
        shelf.put_manifest("waterrijk", raw)
        assert shelf.manifest("waterrijk") == raw
    shelf.put_document("a", b"A")
    assert shelf.missing({"a", "b", "c"}) == ["b", "c"]
    assert (shelf.document("a"), shelf.document("b")) == (b"A", None)
    shelf.put_list("waterrijk", "poll", "choices", b"list")
    assert shelf.list_of("waterrijk", "poll", "choices") == b"list"
    assert shelf.list_of("waterrijk", "poll", "texts") is None
