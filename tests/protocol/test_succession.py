"""A root key names the next: whoever knows an old one goes on, and nobody else can step in between."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from domain.errors import Distrusted
from protocol.canonical import b64, canonical
from protocol.manifest import Manifest
from protocol.manifest_trust import check_follows, read_manifest, sign_manifest
from protocol.problems import Distrust
from protocol.signing import SigningKey, new_signing_key, sign
from protocol.succession import DOMAIN, MOST, Succession, key_now, sign_succession
from tests.protocol.test_manifest import manifest

KEYS = [new_signing_key(lambda n, seed=seed: bytes([seed]) * n) for seed in range(MOST + 3)]
STRANGER = new_signing_key()


def link(old: SigningKey, new: SigningKey, municipality: str = "waterrijk") -> Succession:
    return sign_succession(municipality, old.private, new.public)


def chain(length: int) -> tuple[Succession, ...]:
    return tuple(link(old, new) for old, new in pairwise(KEYS[: length + 1]))


def published(links: tuple[Succession, ...], signer: SigningKey, **changes: object) -> bytes:
    whole = manifest(root_key=b64(signer.public), successions=links, **changes)
    return sign_manifest(whole, signer.private)


def read(raw: bytes, known: SigningKey) -> Manifest:
    return read_manifest(raw, "waterrijk", known.public)


def distrust(raw: bytes, known: SigningKey) -> str:
    with pytest.raises(Distrusted) as distrusted:
        read(raw, known)
    return distrusted.value.reason


@pytest.mark.parametrize("length", [1, 2, MOST])
def test_whoever_knows_any_key_of_the_chain_reads_what_the_last_one_signed(length):
    raw = published(chain(length), KEYS[length])

    for known in KEYS[: length + 1]:
        assert read(raw, known).root_keys() == tuple(b64(key.public) for key in KEYS[: length + 1])
    assert distrust(raw, KEYS[length + 1]) == Distrust.SIGNATURE
    assert distrust(raw, STRANGER) == Distrust.SIGNATURE


def test_without_a_succession_there_is_one_root_key():
    assert read(published((), KEYS[0]), KEYS[0]).root_keys() == (b64(KEYS[0].public),)


def test_a_key_that_was_succeeded_signs_nothing_any_more():
    assert distrust(published(chain(1), KEYS[0]), KEYS[0]) == Distrust.SIGNATURE


def test_who_holds_only_an_old_key_convinces_nobody_who_knows_the_new_one():
    """A stolen key: neither alone, nor with a successor of the thief's."""
    assert distrust(published((), KEYS[0]), KEYS[1]) == Distrust.SIGNATURE
    assert distrust(published((link(KEYS[0], STRANGER),), STRANGER), KEYS[1]) == Distrust.SIGNATURE


FORGED = {
    "signed by a stranger": (
        Succession(**{**link(STRANGER, KEYS[1]).model_dump(), "old": b64(KEYS[0].public)}),
    ),
    "a stranger at the start": (link(STRANGER, KEYS[0]), link(KEYS[0], KEYS[1]), link(STRANGER, KEYS[2])),
    "of another municipality": (link(KEYS[0], KEYS[1], "elders"),),
    "swapped": (link(KEYS[1], KEYS[2]), link(KEYS[0], KEYS[1])),
    "with a gap": (link(KEYS[0], KEYS[1]), link(KEYS[2], KEYS[3])),
    "in a loop": (link(KEYS[0], KEYS[1]), link(KEYS[1], KEYS[0])),
    "to itself": (link(KEYS[0], KEYS[0]),),
    "one link twice": (link(KEYS[0], KEYS[1]),) * 2,
    "too long": tuple(link(old, new) for old, new in pairwise(KEYS[: MOST + 2])),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_chain_that_does_not_hold_is_refused(forged):
    links = FORGED[forged]
    last = next(key for key in (*KEYS, STRANGER) if b64(key.public) == links[-1].new)

    assert distrust(published(links, last), KEYS[0]) == Distrust.SIGNATURE


def test_a_new_key_is_a_key():
    old = KEYS[0]
    short = b64(bytes(31))
    said = canonical({"municipality": "waterrijk", "old": b64(old.public), "new": short})
    links = (Succession(old=b64(old.public), new=short, signature=b64(sign(old.private, DOMAIN, said))),)

    with pytest.raises(Distrusted):
        key_now(links, "waterrijk", old.public)
    assert key_now(chain(1), "waterrijk", old.public) == KEYS[1].public  # the control


@pytest.mark.parametrize(
    "successions", [None, 1, "x", {}, [1], [[]], [{"old": "A"}], [{"old": "!", "new": "", "signature": ""}]]
)
def test_what_is_no_chain_is_refused_not_a_crash(successions):
    body = {**json.loads(published((), KEYS[0]))["manifest"], "successions": successions}
    if successions == {}:  # no links: then the signature counts, and the form
        body["successions"] = {"a": 1}
    signature = b64(sign(KEYS[0].private, "samenspraak/manifest/v1", canonical(body)))

    assert distrust(canonical({"manifest": body, "signature": signature}), KEYS[0]) == Distrust.SIGNATURE


def test_the_chain_is_under_the_signature_too():
    document = json.loads(published(chain(2), KEYS[2]))
    document["manifest"]["successions"] = document["manifest"]["successions"][1:]

    assert distrust(canonical(document), KEYS[1]) == Distrust.SIGNATURE


class TestFollowing:
    """A phone that saw a chain goes on with that chain only."""

    def follows(
        self, before: tuple[int, tuple[Succession, ...]], now: tuple[int, tuple[Succession, ...]]
    ) -> str:
        old, new = (
            manifest(
                root_key=links[-1].new if links else b64(KEYS[0].public), successions=links, sequence=number
            )
            for number, links in (before, now)
        )
        try:
            check_follows(old, b"old", new, b"new")
        except Distrusted as distrusted:
            return distrusted.reason
        return "follows"

    def test_the_same_one_or_a_longer_one(self):
        assert self.follows((1, ()), (2, chain(1))) == "follows"
        assert self.follows((1, chain(1)), (2, chain(1))) == "follows"
        assert self.follows((1, chain(1)), (2, chain(3))) == "follows"

    def test_not_a_shorter_one(self):
        assert self.follows((1, chain(2)), (2, chain(1))) == Distrust.ROLLED_BACK
        assert self.follows((1, chain(1)), (2, ())) == Distrust.ROLLED_BACK

    def test_not_another_one(self):
        """The holder of a stolen old key names a successor of his own."""
        other = (link(KEYS[0], STRANGER),)
        assert self.follows((1, chain(1)), (2, other)) == Distrust.FORKED
        assert self.follows((1, chain(1)), (2, (*other, link(STRANGER, KEYS[1])))) == Distrust.FORKED
        assert self.follows((1, chain(2)), (2, chain(2)[1:])) == Distrust.FORKED
