"""Whatever is not as it should be, an audit by anybody names it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from audit.claims import NoManifest
from audit.finding import Check, Outcome
from domain.result import Withheld
from i18n.wording import Wording
from protocol import paths
from protocol.blind_rsa import PublicKey
from protocol.canonical import b64, unb64
from protocol.manifest import TokenKeys
from protocol.messages import KeysMessage
from protocol.outcome import FeedbackDocument, write_document
from protocol.receipts import make_receipt
from protocol.signing import new_signing_key
from staff.audit_sentences import finding_line
from tests.audit.town_record import OLD, YOUNG, TownRecord, list_url
from tests.docs.reading import rows, text_of
from tests.support.small_town import BALLOT_BOX, ISSUER, SHUFFLER

Forgery = Callable[[TownRecord], None]
EEN, LEEFTIJD, CIJFER, CROSSED = range(4)


def test_everything_holds_of_a_poll_that_was_held_as_it_should(record):
    findings = record.audit(receipt=record.receipt, before=record.replies[ISSUER + paths.MANIFEST])

    assert {f.outcome for f in findings} == {Outcome.HELD}
    assert {f.check for f in findings} == set(Check) - {Check.STYLE}, "no house style was published"
    assert len(record.lines()) == YOUNG + OLD


def test_progress_ends_where_it_said_it_would(record):
    record.audit()
    assert [done for done, _ in record.progress] == [1, 2, 3]
    assert {total for _, total in record.progress} == {3}


def test_without_a_fingerprint_it_says_that_it_does_not_know_whose_it_is(record):
    [unknown] = [f for f in record.audit(root_fingerprint=None) if f.outcome is not Outcome.HELD]
    assert (unknown.check, unknown.outcome) == (Check.FINGERPRINT, Outcome.NOT_ASKED)
    assert unknown.details["found"] == record.root_fingerprint


@pytest.mark.parametrize("typed", [str.lower, lambda f: f.replace(" ", ""), lambda f: f.replace(" ", "-")])
def test_a_fingerprint_may_be_typed_in_any_way(record, typed):
    assert record.faults(root_fingerprint=typed(record.root_fingerprint)) == set()


def test_another_fingerprint_ends_the_audit(record):
    findings = record.audit(root_fingerprint="0" * 32)
    assert [(f.check, f.reason) for f in findings] == [(Check.FINGERPRINT, "other-fingerprint")]


def table(place: int, **changes: Any) -> Forgery:
    return lambda record: record.change_result(lambda data: data["tables"][place].update(changes))


def group(place: int, which: int = 0, **changes: Any) -> Forgery:
    return lambda record: record.change_result(
        lambda data: data["tables"][place]["groups"][which].update(changes)
    )


def row(place: int, which: int, **changes: Any) -> Forgery:
    return lambda record: record.change_result(
        lambda data: data["tables"][place]["groups"][0]["rows"][which].update(changes)
    )


def counts(**changes: Any) -> Forgery:
    return lambda record: record.change_result(lambda data: data["counts"].update(changes))


def replied(url: str, change: Callable[[bytes], bytes]) -> Forgery:
    return lambda record: record.replies.update({url: change(record.replies[url])})


def flipped(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


def unsigned(raw: bytes) -> bytes:
    data = json.loads(raw)
    data["manifest"]["name"] = "Gemeente Anders"
    return json.dumps(data).encode()


def document_of(record: TownRecord) -> str:
    return record.manifest.polls[0].entry.document


def other_keys(raw: bytes) -> bytes:
    found = KeysMessage.model_validate_json(raw)
    forged = found.model_copy(update={"signing": b64(new_signing_key().public)})
    return forged.model_dump_json().encode()


def with_exponent(encoded: str, e: int) -> str:
    key = PublicKey.from_bytes(unb64(encoded))
    return b64(PublicKey(key.n, e).to_bytes())


def cheap_exponent(record: TownRecord) -> None:
    keys = record.manifest.polls[0].entry.token_keys
    record.change_entry(token_keys=TokenKeys(choices=with_exponent(keys.choices, 3), texts=keys.texts))


def one_key_for_both(record: TownRecord) -> None:
    keys = record.manifest.polls[0].entry.token_keys
    record.change_entry(token_keys=TokenKeys(choices=keys.choices, texts=keys.choices))


def older_at_the_ballot_box(record: TownRecord) -> None:
    now = record.manifest
    record.publish(now.model_copy(update={"sequence": now.sequence - 1}), BALLOT_BOX)


def false_feedback(record: TownRecord) -> None:
    feedback = FeedbackDocument(
        poll="anders",
        published_on="2027-01-01",
        heard={"nl": "x"},
        actions=({"promise": "done", "text": {"nl": "x"}},),
    )
    record.change_state(feedback=record.put_document(write_document(feedback)))


def line_twice(record: TownRecord) -> None:
    lines = record.lines()
    record.change_list(lines=(lines[0], *lines[:-1]))


def small_crossed_group(record: TownRecord) -> None:
    def change(data: dict[str, Any]) -> None:
        first, second = data["tables"][CROSSED]["groups"]
        first["size"], second["size"] = 10, 45

    record.change_result(change)


def none_in_a_group(record: TownRecord) -> None:
    def change(data: dict[str, Any]) -> None:
        green = data["tables"][CROSSED]["groups"][0]["rows"][2]
        green.update(count=0, percent=0, withheld=None)

    record.change_result(change)


def swollen(record: TownRecord) -> None:
    def change(data: dict[str, Any]) -> None:
        [everybody] = data["tables"][EEN]["groups"]
        everybody["size"] = 100
        for found in everybody["rows"]:
            found["percent"] = found["count"]

    record.change_result(change)


def subtractable(record: TownRecord) -> None:
    """45, 5 and 0 are at most 47, 7 and 2: together the 56 who took part, so those three exactly."""

    def change(data: dict[str, Any]) -> None:
        [everybody] = data["tables"][EEN]["groups"]
        for found, count in zip(everybody["rows"], (45, 5, 0), strict=True):
            found.update(count=count, percent=round(100 * count / everybody["size"]))
        data["tables"][CROSSED].update(groups=[], withheld="too-few")

    record.change_result(change)


FORGERIES: dict[tuple[str, str], Forgery] = {
    ("manifest", "distrust-signature"): replied(ISSUER + paths.MANIFEST, unsigned),
    ("same-everywhere", "other-manifest"): older_at_the_ballot_box,
    ("same-everywhere", "no-manifest"): lambda record: record.replies.pop(BALLOT_BOX + paths.MANIFEST),
    ("server-keys", "other-keys"): replied(SHUFFLER + paths.KEYS, other_keys),
    ("server-keys", "no-keys"): replied(BALLOT_BOX + paths.KEYS, lambda _: b"<html>"),
    ("token-keys", "key-unfit"): cheap_exponent,
    ("token-keys", "key-twice"): one_key_for_both,
    ("documents", "document-false"): lambda r: replied(
        ISSUER + paths.DOCUMENT.format(digest=document_of(r)), flipped
    )(r),
    ("documents", "document-missing"): lambda r: r.replies.pop(
        BALLOT_BOX + paths.DOCUMENT.format(digest=document_of(r))
    ),
    ("documents", "feedback-of-other-poll"): false_feedback,
    ("documents", "not-feedback"): lambda r: r.change_state(feedback=r.put_document(b"{}")),
    ("poll", "entry-differs"): lambda r: r.change_entry(segments=("anders",)),
    ("poll", "poll-invalid"): lambda r: r.change_entry(document=r.put_document(b"{}")),
    ("list-genuine", "list-false"): lambda r: r.change_list(private=new_signing_key().private),
    ("list-genuine", "list-of-other-poll"): lambda r: r.change_list(poll="anders"),
    ("list-genuine", "no-list"): replied(list_url("choices"), lambda _: b"<html>"),
    ("list-order", "not-sorted"): lambda r: r.change_list(lines=r.lines()[::-1]),
    ("list-order", "line-twice"): line_twice,
    ("list-length", "list-length"): lambda r: r.change_list(lines=r.lines()[1:]),
    ("result", "not-a-result"): lambda r: r.change_state(result=r.put_document(b"[]")),
    ("result", "result-of-other-poll"): lambda r: r.change_result(lambda data: data.update(poll="anders")),
    ("counts", "result-and-list"): counts(received=YOUNG + OLD + 1),
    ("counts", "more-than-issued"): counts(issued=YOUNG),
    ("counts", "more-than-invited"): counts(invited=YOUNG),
    ("counts", "late-and-list"): counts(late=1),
    ("counts", "count-below-zero"): counts(late=-1),
    ("counts", "below-threshold"): counts(below_threshold=1000),
    ("tables-declared", "tables-differ"): lambda r: r.change_result(lambda data: data["tables"].pop()),
    ("tables-declared", "rows-differ"): row(EEN, 0, id="paars"),
    ("tables-rules", "few-invited"): counts(invited=19),
    ("tables-rules", "group-too-small"): small_crossed_group,
    ("tables-rules", "not-rounded"): row(EEN, 0, count=29),
    ("tables-rules", "percent"): row(EEN, 0, percent=1),
    ("tables-rules", "none-or-all"): none_in_a_group,
    ("tables-rules", "withheld-without-reason"): table(EEN, groups=[]),
    ("tables-rules", "one-group"): lambda r: r.change_result(merge_all),
    ("tables-rules", "average"): table(CIJFER, average="7.1"),
    ("figures", "more-than-received"): swollen,
    ("figures", "more-than-group"): row(EEN, 0, count=60, percent=109),
    ("figures", "rows-and-group"): row(EEN, 0, count=0, percent=0),
    ("nothing-derivable", "derivable"): subtractable,
}


def merge_all(data: dict[str, Any]) -> None:
    crossed = data["tables"][CROSSED]
    first = crossed["groups"][0]
    first["of"] = ["jong", "oud", "unknown"]
    crossed["groups"] = [first]


@pytest.mark.parametrize(("check", "reason"), FORGERIES, ids=lambda part: part)
def test_what_is_forged_is_named(record, check, reason):
    FORGERIES[check, reason](record)
    assert (check, reason) in record.faults()
    told = [finding_line(finding, Wording("nl", "staff")) for finding in record.audit()]
    assert [line for line in told if line.startswith("FOUT")]
    assert not [line for line in told if "{" in line]


def test_a_receipt_by_another_than_the_shuffler_is_named(record):
    forged = make_receipt(b"x", new_signing_key().private).model_dump_json().encode()
    assert record.faults(receipt=forged) == {("receipt", "receipt-false")}
    assert record.faults(receipt=b"<html>") == {("receipt", "not-a-receipt")}
    assert record.faults(receipt=record.receipt) == set(), "the control"


def test_a_second_result_of_one_poll_is_noticed_by_who_kept_the_first(record):
    before = record.replies[ISSUER + paths.MANIFEST]
    record.publish(record.manifest.model_copy(update={"sequence": record.manifest.sequence + 1}))
    assert record.faults(before=before) == set(), "a newer list with the same result follows"
    counts(issued=81)(record)
    assert record.faults(before=before) == {("follows", "distrust-changed-poll")}


def test_an_older_list_of_polls_than_the_last_time_is_noticed(record):
    now = record.manifest
    before = record.replies[ISSUER + paths.MANIFEST]
    record.publish(now.model_copy(update={"sequence": now.sequence - 1}))
    assert record.faults(before=before) == {("follows", "distrust-rolled-back")}


def test_a_poll_that_is_open_or_withdrawn_has_no_list_and_that_is_no_fault(record):
    record.now = record.now.replace(year=2026, month=11, day=30)
    [open_] = [f for f in record.audit() if f.outcome is not Outcome.HELD]
    assert (open_.check, open_.outcome, open_.reason) == (Check.LIST_GENUINE, Outcome.NOT_YET, "still-open")
    record.change_state(cancelled=True, result=None)
    [withdrawn] = [f for f in record.audit() if f.outcome is not Outcome.HELD]
    assert withdrawn.reason == "cancelled"


def test_what_is_no_list_of_polls_at_all_is_said_to_be_none(record):
    for raw in (b"<html>", b"\xff\xfe", b"[" * 100_000, b"{}", b'{"manifest": {}}', b'{"manifest": 3}'):
        record.replies[ISSUER + paths.MANIFEST] = raw
        with pytest.raises(NoManifest):
            record.audit()


def test_the_document_names_every_check_in_the_order_in_which_it_is_told():
    named = [row.marked("check")[0] for row in rows("docs/audit.md", "check", "holds when")]
    assert set(named) == {check.value for check in Check}
    assert len(named) == len(set(named))


def test_the_document_names_every_reason_to_withhold():
    page = text_of("docs/audit.md")
    assert [why.value for why in Withheld if f"`{why.value}`" not in page] == []
