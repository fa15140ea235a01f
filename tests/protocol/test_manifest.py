"""The manifest: signed by one key, read by everybody, and only ever succeeded by what may succeed it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest

from domain.errors import Distrusted
from protocol.blind_rsa import PublicKey
from protocol.canonical import b64, canonical
from protocol.manifest import Manifest, ManifestPoll, PollEntry, PollState, ServerKeys, Services, TokenKeys
from protocol.manifest_trust import DOMAIN, LARGEST, check_follows, read_manifest, sign_manifest
from protocol.problems import Distrust
from protocol.signing import new_signing_key, sign
from tests.protocol.test_blind_rsa import VARIANTS, vector

ROOT = new_signing_key()
KEY = b64(bytes(32))
CLOSES = datetime(2026, 12, 31, 16, tzinfo=UTC)


@cache
def token_key(number: int) -> str:
    """Some 3072-bit keys; nobody signs with them, so no primes are needed."""
    modulus = (1 << 3071) + 2 * number + 1
    while any(modulus % small == 0 for small in range(3, 2048, 2)):
        modulus += 1 << 20
    return b64(PublicKey(modulus).to_bytes())


def entry(id: str = "poll", key: int = 1, **changes: object) -> PollEntry:
    fields = {
        "id": id,
        "document": "A" * 43,
        "opens_at": CLOSES - timedelta(days=30),
        "closes_at": CLOSES,
        "grace_hours": 72,
        "access": "invited",
        "segments": ("vervoer",),
        "token_keys": TokenKeys(choices=token_key(key)),
        "counting_key": KEY,
    }
    return PollEntry(**{**fields, **changes})


def manifest(*polls: PollEntry, **changes: object) -> Manifest:
    fields = {
        "municipality": "waterrijk",
        "name": "Gemeente Waterrijk",
        "root_key": b64(ROOT.public),
        "sequence": 1,
        "issued_at": CLOSES - timedelta(days=40),
        "services": Services(issuer="http://i.test", shuffler="http://s.test", ballot_box="http://b.test"),
        "keys": ServerKeys(shuffler_signing=KEY, ballot_box_sealing=KEY, ballot_box_signing=KEY),
        "polls": tuple(ManifestPoll(entry=poll) for poll in polls),
    }
    return Manifest(**{**fields, **changes})


def signed(of: Manifest) -> bytes:
    return sign_manifest(of, ROOT.private)


def signed_body(body: dict[str, object]) -> bytes:
    """Anything at all, under a good signature."""
    signature = b64(sign(ROOT.private, DOMAIN, canonical(body)))
    return canonical({"manifest": body, "signature": signature})


def distrust(raw: bytes, municipality: str = "waterrijk", root: bytes = ROOT.public) -> str:
    with pytest.raises(Distrusted) as distrusted:
        read_manifest(raw, municipality, root)
    return distrusted.value.reason


def test_what_was_signed_is_what_is_read():
    whole = manifest(
        entry("een", 1),
        entry("twee", 2, token_keys=TokenKeys(choices=token_key(2), texts=token_key(3))),
        style="B" * 43,
    )
    assert read_manifest(signed(whole), "waterrijk", ROOT.public) == whole
    assert signed(whole) == signed(whole), "the same bytes for the same manifest"


def test_a_moment_may_be_written_in_any_zone_but_is_one_moment():
    summer = timezone(timedelta(hours=2))
    other = entry(closes_at=CLOSES.astimezone(summer))
    assert read_manifest(signed(manifest(other)), "waterrijk", ROOT.public).polls[0].entry == other


def test_no_byte_can_be_changed():
    raw = signed(manifest(entry()))
    for at in range(0, len(raw), 37):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert distrust(changed) == Distrust.SIGNATURE


@pytest.mark.parametrize(
    "raw",
    [b"", b"null", b"[]", b'{"manifest": {}}', b'{"manifest": {}, "signature": 1}', b"\xff", b"[" * 50_000],
)
def test_what_is_no_manifest_is_refused_not_a_crash(raw: bytes):
    assert distrust(raw) == Distrust.SIGNATURE


def test_a_manifest_that_is_too_long_is_not_even_read():
    raw = signed(manifest())
    assert distrust(raw + b" " * (LARGEST + 1 - len(raw))) == Distrust.SIGNATURE
    padded = raw + b" " * (LARGEST - len(raw))
    assert read_manifest(padded, "waterrijk", ROOT.public), "the control: a little shorter it is read"


def test_it_is_for_one_municipality_and_one_root_key():
    other = new_signing_key()
    raw = signed(manifest())
    assert distrust(raw, root=other.public) == Distrust.SIGNATURE
    assert distrust(raw, municipality="elders") == Distrust.MUNICIPALITY
    assert distrust(signed(manifest(root_key=b64(other.public)))) == Distrust.MUNICIPALITY


@pytest.mark.parametrize("field", ["extra", "sequence", "name"])
def test_what_the_root_key_signed_must_still_make_sense(field: str):
    body = json.loads(signed(manifest()))["manifest"]
    body[field] = {"extra": 1, "sequence": 0, "name": ""}[field]
    assert distrust(signed_body(body)) == Distrust.SIGNATURE


@pytest.mark.parametrize(
    "changes",
    [{"closes_at": datetime(9999, 12, 31, tzinfo=UTC)}, {"grace_hours": 10**9}, {"grace_hours": -1}],
)
def test_a_date_beyond_all_dates_is_refused_before_it_breaks_every_phone(changes: dict[str, object]):
    body = json.loads(signed(manifest(entry())))["manifest"]
    body["polls"][0]["entry"].update(json.loads(json.dumps(changes, default=datetime.isoformat)))
    assert distrust(signed_body(body)) == Distrust.SIGNATURE


class TestTokenKeys:
    """A key of any other shape could mark the people it is shown to."""

    def test_each_is_used_once(self):
        twice = entry(token_keys=TokenKeys(choices=token_key(1), texts=token_key(1)))
        assert distrust(signed(manifest(twice))) == Distrust.KEY
        assert distrust(signed(manifest(entry("a", 1), entry("b", 1)))) == Distrust.KEY
        assert read_manifest(signed(manifest(entry("a", 1), entry("b", 2))), "waterrijk", ROOT.public)

    @pytest.mark.parametrize(
        "key",
        [
            PublicKey((1 << 3071) + 1, 3),
            PublicKey((1 << 3071) + 2**20 + 1, 65539),
            PublicKey((1 << 2047) + 1),
            PublicKey((1 << 4095) + 1),
            PublicKey(3 * ((1 << 3071) // 3 | 1)),
        ],
        ids=["exponent 3", "another exponent", "shorter", "longer", "a small factor"],
    )
    def test_of_another_shape_are_refused(self, key: PublicKey):
        odd = entry(token_keys=TokenKeys(choices=b64(key.to_bytes())))
        assert distrust(signed(manifest(odd))) == Distrust.KEY

    @pytest.mark.parametrize("text", ["", "A", "AAAA", b64(bytes(422))])
    def test_that_are_none_are_refused(self, text: str):
        assert distrust(signed(manifest(entry(token_keys=TokenKeys(choices=text))))) == Distrust.KEY

    def test_of_the_published_vectors_are_too_long_for_us(self):
        key = vector(VARIANTS[0]).key
        odd = entry(token_keys=TokenKeys(choices=b64(key.to_bytes())))
        assert distrust(signed(manifest(odd))) == Distrust.KEY


class TestFollowing:
    """Which manifest may take the place of which."""

    BEFORE = manifest(entry(), sequence=5)

    def follows(self, new: Manifest, before: Manifest | None = None) -> str | None:
        old = before or self.BEFORE
        try:
            check_follows(old, signed(old), new, signed(new))
        except Distrusted as distrusted:
            return distrusted.reason
        return None

    def with_state(self, **state: object) -> Manifest:
        polls = (ManifestPoll(entry=entry(), state=PollState(**state)),)
        return self.BEFORE.model_copy(update={"polls": polls, "sequence": 6})

    def test_the_same_and_a_newer_one_may(self):
        assert self.follows(self.BEFORE) is None
        newer = manifest(entry(), entry("twee", 2), sequence=9, name="Gemeente Waterrijk e.o.")
        assert self.follows(newer) is None

    def test_an_older_one_and_another_one_with_its_number_may_not(self):
        assert self.follows(manifest(entry(), sequence=4)) == Distrust.ROLLED_BACK
        assert self.follows(manifest(entry(), sequence=5, style="B" * 43)) == Distrust.FORKED

    @pytest.mark.parametrize(
        "changes",
        [
            {"document": "B" * 43},
            {"closes_at": CLOSES + timedelta(seconds=1)},
            {"grace_hours": 73},
            {"access": "open"},
            {"segments": ()},
            {"token_keys": TokenKeys(choices=token_key(9))},
            {"counting_key": b64(b"\x01" * 32)},
        ],
        ids=str,
    )
    def test_nothing_of_a_published_poll_may_change(self, changes: dict[str, object]):
        assert self.follows(manifest(entry(**changes), sequence=6)) == Distrust.CHANGED_POLL

    def test_what_happened_to_it_may_change(self):
        for state in ({"closed_at": CLOSES - timedelta(days=9)}, {"cancelled": True}, {"result": "C" * 43}):
            assert self.follows(self.with_state(**state)) is None

    def test_a_poll_has_one_result_for_good(self):
        told = self.with_state(result="C" * 43)
        newer = {"issued_at": told.issued_at, "sequence": told.sequence + 1}
        for state, reason in (
            ({"result": "C" * 43, "feedback": "D" * 43}, None),
            ({"result": "D" * 43}, Distrust.CHANGED_POLL),
            ({"result": None}, Distrust.CHANGED_POLL),
        ):
            assert self.follows(self.with_state(**state).model_copy(update=newer), before=told) == reason

    def test_a_poll_that_can_still_be_answered_may_not_vanish(self):
        end = CLOSES + timedelta(hours=72)
        early = manifest(sequence=6, issued_at=end - timedelta(seconds=1))
        assert self.follows(early) == Distrust.CHANGED_POLL
        assert self.follows(manifest(sequence=6, issued_at=end)) is None
        cancelled = self.with_state(cancelled=True)
        gone = manifest(sequence=7)
        assert self.follows(gone, before=cancelled) is None


def test_a_poll_ends_as_published_or_earlier_if_it_was_closed():
    poll = ManifestPoll(entry=entry())
    assert poll.ends_at() == CLOSES + timedelta(hours=72)
    early = CLOSES - timedelta(days=3)
    closed = ManifestPoll(entry=entry(), state=PollState(closed_at=early))
    assert (closed.closes_at(), closed.ends_at()) == (early, early + timedelta(hours=72))
    later = ManifestPoll(entry=entry(), state=PollState(closed_at=CLOSES + timedelta(days=3)))
    assert later.closes_at() == CLOSES, "closing can only be earlier"


def test_every_document_is_named_once():
    state = PollState(result="R" * 43, feedback="F" * 43)
    polls = (ManifestPoll(entry=entry("a", 1), state=state), ManifestPoll(entry=entry("b", 2)))
    whole = manifest(style="S" * 43).model_copy(update={"polls": polls})
    assert whole.documents() == {"A" * 43, "R" * 43, "F" * 43, "S" * 43}
