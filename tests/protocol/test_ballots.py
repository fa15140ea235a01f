"""A ballot: bound to its poll, its token and its revision, and of a size that says little."""

from __future__ import annotations

import secrets
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.answers import Answer, Chosen, Declined, Declining, Figure, Rated, Written
from domain.errors import AnswerUnfit, PollInvalid
from domain.extent import ROOM, written_size
from domain.poll import Kind, Poll
from domain.response import BallotKind, Response, complete_response, split
from protocol import tokens
from protocol.ballots import (
    CONTENT_CLASSES,
    ENVELOPE_SIZES,
    BallotRefused,
    Token,
    _content_info,
    check_ballot,
    make_envelope,
    open_answers,
    open_envelope,
    seal_answers,
)
from protocol.canonical import b64
from protocol.manifest import ManifestPoll, PollEntry
from protocol.poll_document import read_poll
from protocol.sealing import OVERHEAD, new_sealing_key, seal
from protocol.signing import new_signing_key
from tests.protocol.test_manifest import entry as manifest_entry
from tests.support.polls import raw
from tests.support.small_poll import small_poll

COUNTING, BOX = new_sealing_key(), new_sealing_key()
ANSWERS: dict[str, Answer] = {"een": Chosen(("rood",)), "tekst": Written("Meer bankjes.")}


def an_entry(id: str = "poll", key: int = 1) -> PollEntry:
    return manifest_entry(id, key, counting_key=b64(COUNTING.public))


def a_token(poll: str = "poll") -> Token:
    """Everything is right but the signature: only the issuer can make that."""
    edit, opening = new_signing_key(), secrets.token_bytes(32)
    message = tokens.token_message(
        BallotKind.CHOICES, tokens.commitment(edit.public, opening), bytes(32), bytes(32)
    )
    return Token(
        poll=poll,
        kind=BallotKind.CHOICES,
        prefix=bytes(32),
        message=message,
        signature=bytes(384),
        edit_private=edit.private,
        edit_public=edit.public,
        opening=opening,
    )


def sealed_by(token: Token, answers: dict[str, Answer] = ANSWERS, revision: int = 1) -> bytes:
    return seal_answers(answers, token, an_entry(), revision)


def envelope(token: Token, sealed: bytes, revision: int = 1) -> bytes:
    return make_envelope(sealed, token, revision, BOX.public)


def opened(
    sealed: bytes, token: Token, entry: PollEntry | None = None, revision: int = 1
) -> dict[str, Answer]:
    return open_answers(sealed, COUNTING.private, entry or an_entry(), token.nullifier, revision)


def test_what_was_sealed_is_what_is_opened():
    token = a_token()
    assert opened(sealed_by(token), token) == ANSWERS
    assert sealed_by(token) != sealed_by(token), "and never the same bytes twice"


def test_a_ciphertext_is_good_for_one_ballot_of_one_poll_in_one_revision():
    token, other = a_token(), a_token()
    sealed = sealed_by(token)
    for attempt in (
        lambda: opened(sealed, other),
        lambda: opened(sealed, token, revision=2),
        lambda: opened(sealed, token, an_entry("elders", 2)),
        lambda: open_answers(sealed, BOX.private, an_entry(), token.nullifier, 1),
        lambda: opened(sealed[:-1] + bytes([sealed[-1] ^ 1]), token),
        lambda: opened(b"", token),
    ):
        with pytest.raises(BallotRefused, match="content-unreadable"):
            attempt()


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{"answers": []}', b'{"answers": {"a": {"chosen": 1}}}', b"\xff", b'{"answers": {"a": {}}}',
     b'{"answers": {"a": {"figure": "NaN"}}}', b'{"answers": {"a": {"figure": "9e999999"}}}', b"[" * 16_000,
     b'{"answers": {"a": {"declined": "never"}}}'],
)  # fmt: skip
def test_contents_that_no_app_of_ours_makes_are_refused_not_a_crash(content: bytes):
    """Sealed by somebody with a genuine token and a programme of her own."""
    token = a_token()
    info = _content_info(an_entry().digest(), token.nullifier, 1)
    for padded in (content + b"\x80" + bytes(100), content):
        sealed = seal(COUNTING.public, padded, info)
        with pytest.raises(BallotRefused, match="content-unreadable"):
            opened(sealed, token)


def test_an_envelope_opens_for_the_ballot_box_alone():
    token = a_token()
    sent = envelope(token, sealed_by(token))
    ballot = open_envelope(sent, BOX.private)
    assert (ballot.poll, ballot.kind, ballot.revision) == ("poll", "choices", 1)
    with pytest.raises(BallotRefused, match="unreadable"):
        open_envelope(sent, COUNTING.private)
    for broken in (sent[:-1], sent[1:], b"", bytes(len(sent)), seal(BOX.public, b"{}\x80", b"")):
        with pytest.raises(BallotRefused, match="unreadable"):
            open_envelope(broken, BOX.private)


def test_a_ballot_without_a_signature_of_the_issuer_is_forged():
    """With one it is counted: tests/server/test_ballot_box.py."""
    token = a_token()
    ballot = open_envelope(envelope(token, sealed_by(token)), BOX.private)
    with pytest.raises(BallotRefused, match="token-forged"):
        check_ballot(ballot, ManifestPoll(entry=an_entry()))
    for field in ("prefix", "message", "signature", "edit_key", "opening", "edit_signature", "sealed"):
        with pytest.raises(BallotRefused):
            check_ballot(ballot.model_copy(update={field: "A"}), ManifestPoll(entry=an_entry()))
    texts = ballot.model_copy(update={"kind": "texts"})
    with pytest.raises(BallotRefused, match="no-such-token"):
        check_ballot(texts, ManifestPoll(entry=an_entry()))


class TestSizes:
    """All that an envelope shows is which of three sizes it has."""

    def size(self, answers: dict[str, Answer]) -> int:
        token = a_token()
        return len(envelope(token, sealed_by(token, answers)))

    def test_one_option_and_a_long_answer_of_the_same_class_look_the_same(self):
        short = self.size({"een": Chosen(("rood",))})
        assert self.size({}) == short
        assert self.size({"een": Chosen(("rood",)), "tekst": Written("x" * 900)}) == short
        assert self.size({"tekst": Written("x" * 1100)}) > short, "the control: the next class"

    def test_every_size_there_is_is_one_of_three(self):
        sizes = {self.size({"tekst": Written("x" * length)}) for length in (0, 980, 990, 4000, 4050, 16_000)}
        assert sizes == ENVELOPE_SIZES

    def test_the_sealed_answers_have_one_of_three_lengths_too(self):
        token = a_token()
        lengths = {len(sealed_by(token, {"tekst": Written("x" * n)})) for n in (1, 500, 3000, 9000)}
        assert lengths == {size + OVERHEAD for size in CONTENT_CLASSES}

    def test_a_revision_of_many_digits_changes_no_size(self):
        token = a_token()
        assert len(envelope(token, sealed_by(token), 10**6)) == len(envelope(token, sealed_by(token)))


class TestTheLongestAnswers:
    """A resident never meets a ballot that does not fit: the poll itself would have been refused."""

    @staticmethod
    def poll(*questions: dict[str, Any]) -> Poll:
        text = {"nl": "?"}
        whole = [{"text": text, **question} for question in questions]
        return read_poll(raw(small_poll(questions=whole, tables=[])))

    @staticmethod
    def texts(*lengths: int) -> list[dict[str, Any]]:
        return [{"id": f"{'t' * 36}-{n}", "kind": "text", "max_length": m} for n, m in enumerate(lengths)]

    @staticmethod
    def options(count: int, prefix: str = "o") -> list[dict[str, Any]]:
        return [{"id": f"{prefix * 37}-{n:02}", "label": {"nl": "?"}} for n in range(count)]

    def largest(self, poll: Poll) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for question in poll.questions:
            ids = tuple(option.id for option in question.options)
            match question.kind:
                case Kind.TEXT:
                    answers[question.id] = Written("🚌" * question.max_length)
                case Kind.STATEMENTS:
                    answers[question.id] = Rated({s.id: ids[-1] for s in question.statements})
                case Kind.MARK | Kind.NUMBER:
                    answers[question.id] = Declined(Declining.PREFER_NOT)
                case _:
                    answers[question.id] = Chosen(ids)
        return answers

    def check(self, poll: Poll) -> int:
        """Seal the largest answers; how large the largest ballot was."""
        response = complete_response(poll, self.largest(poll))
        sizes = []
        for kind, answers in split(poll, response).items():
            token = replace(a_token(), kind=kind)
            sealed = sealed_by(token, answers)
            assert len(envelope(token, sealed)) in ENVELOPE_SIZES
            sizes.append(len(sealed))
        return max(sizes)

    def test_of_the_largest_poll_with_texts_fit(self):
        one = {"id": "een", "kind": "one", "options": self.options(2)}
        poll = self.poll({**one, "kind": "several"}, *self.texts(2000, 2000))
        assert self.check(poll) == max(CONTENT_CLASSES) + OVERHEAD
        with pytest.raises(PollInvalid, match="answers-too-large"):
            self.poll(one, *self.texts(2000, 2000, 200))

    def test_of_the_largest_poll_with_choices_fit(self):
        def several(count: int) -> list[dict[str, Any]]:
            return [
                {"id": f"{'q' * 36}-{n:02}", "kind": "several", "options": self.options(40)}
                for n in range(count)
            ]

        assert self.check(self.poll(*several(9))) == max(CONTENT_CLASSES) + OVERHEAD
        with pytest.raises(PollInvalid, match="answers-too-large"):
            self.poll(*several(10))

    def test_of_the_largest_poll_with_statements_fit(self):
        def statements(count: int) -> list[dict[str, Any]]:
            judged = [{"id": f"{'s' * 37}-{n:02}", "text": {"nl": "?"}} for n in range(20)]
            return [
                {"id": f"q-{n}", "kind": "statements", "statements": judged, "options": self.options(2)}
                for n in range(count)
            ]

        assert self.check(self.poll(*statements(9))) == max(CONTENT_CLASSES) + OVERHEAD
        with pytest.raises(PollInvalid, match="answers-too-large"):
            self.poll(*statements(10))

    def test_are_never_estimated_too_small(self):
        """Fifty questions of each kind in turn: what is let through always fits."""
        for kind in ("one", "agreement", "smiley", "ranking", "mark", "number"):
            extra = {} if kind in ("mark", "number") else {"options": self.options(3)}
            if kind in ("mark", "number"):
                extra = {"prefer_not": True}
            questions = [{"id": f"{'q' * 36}-{n:02}", "kind": kind, **extra} for n in range(50)]
            poll = self.poll(*questions)
            if kind in ("one", "agreement", "smiley"):
                answers = {q.id: Chosen((q.options[0].id,)) for q in poll.questions}
            else:
                answers = self.largest(poll)
            [ballot] = split(poll, Response(poll.id, answers)).values()
            assert sealed_by(a_token(), ballot)

    def test_count_what_json_makes_of_them(self):
        """Pasted control characters take six bytes each: they count as what they take."""
        poll = self.poll({"id": "een", "kind": "one", "options": self.options(2)}, *self.texts(100))
        text = poll.questions[1]
        base: dict[str, Answer] = {"een": Chosen((poll.questions[0].options[0].id,))}
        assert complete_response(poll, {**base, text.id: Written("🚌" * 100)})
        assert complete_response(poll, {**base, text.id: Written("\n" * 50 + "x" * 50)})
        with pytest.raises(AnswerUnfit, match="text-too-long"):
            complete_response(poll, {**base, text.id: Written("\x0b" * 99 + "x")})
        assert (written_size("é"), written_size("🚌"), written_size('"'), written_size("\x0b")) == (
            2,
            4,
            2,
            6,
        )

    def test_leave_room_for_what_stands_around_them(self):
        assert ROOM + len('{"answers":{}}') < max(CONTENT_CLASSES)


def test_a_figure_keeps_every_digit_it_was_given():
    token = a_token()
    answers: dict[str, Answer] = {"a": Figure(Decimal("0.10")), "b": Figure(Decimal("999999999.99"))}
    assert opened(sealed_by(token, answers), token) == answers
    assert str(opened(sealed_by(token, answers), token)["a"].value) == "0.10"
