"""Counting: open the ballots on this computer, check each against the poll, tally, protect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import SystemRandom

from domain.answers import Answer, Written
from domain.errors import AnswerError
from domain.fitting import check_answer
from domain.poll import Poll
from domain.response import BallotKind, complete_response
from domain.result import Counts, Result
from protocol.ballots import BallotRefused, open_answers
from protocol.canonical import unb64
from protocol.manifest import PollEntry
from protocol.messages import BallotsMessage
from protocol.poll_document import read_poll
from results.disclosure import release
from results.tally import ExactTable, tally
from staff.office import Office
from staff.publishing import NotPublished
from staff.servers import Servers


@dataclass(frozen=True, slots=True)
class Counted:
    """`result` may be published; `exact` and `texts` stay on this computer."""

    result: Result
    exact: tuple[ExactTable, ...]
    texts: Mapping[str, tuple[str, ...]]


def count(
    office: Office, servers: Servers, poll_id: str, on_progress: Callable[[int, int], None] | None = None
) -> Counted:
    """Count a poll that has ended.

    Raises `NotPublished`, `KeyFileError` (missing: another computer published it), or `Refused`
    (ballots-not-ready).
    """
    manifest = office.manifest()
    published = manifest.poll(poll_id) if manifest else None
    if published is None:
        raise NotPublished(poll_id)
    poll = read_poll(office.document(published.entry.document))
    private = office.counting_key(poll_id)
    issued = servers.issued(poll_id)
    ballots = servers.ballots(poll_id)
    opened, unreadable = _open(poll, published.entry, private, ballots, on_progress)
    exact = tally(poll, opened[BallotKind.CHOICES])
    counts = Counts(
        invited=issued.invited,
        issued=issued.issued,
        received=len(opened[BallotKind.CHOICES]),
        invalid=ballots.invalid + unreadable,
        late=ballots.late,
        below_threshold=ballots.below_threshold,
    )
    result = Result(poll_id, counts, release(poll, exact, counts))
    return Counted(result, exact, _texts(poll, opened[BallotKind.TEXTS]))


def _open(
    poll: Poll,
    entry: PollEntry,
    private: bytes,
    ballots: BallotsMessage,
    on_progress: Callable[[int, int], None] | None,
) -> tuple[dict[BallotKind, list[Mapping[str, Answer]]], int]:
    """Opened ballots by kind, and how many could not be counted."""
    opened: dict[BallotKind, list[Mapping[str, Answer]]] = {kind: [] for kind in BallotKind}
    refused = 0
    for number, ballot in enumerate(ballots.ballots, start=1):
        kind = BallotKind(ballot.kind)
        try:
            sealed, nullifier = unb64(ballot.sealed), unb64(ballot.nullifier)
            answers = open_answers(sealed, private, entry, nullifier, ballot.revision)
            opened[kind].append(_valid(poll, kind, answers))
        except (BallotRefused, AnswerError):
            refused += 1
        if on_progress:
            on_progress(number, len(ballots.ballots))
    return opened, refused


def _valid(poll: Poll, kind: BallotKind, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """The answers, if they are what this app could have sent. Raises `AnswerError`."""
    if kind is BallotKind.TEXTS:
        for id, answer in answers.items():
            question = poll.question(id)
            if question is None or not isinstance(answer, Written):
                raise AnswerError(id, "wrong-kind")
            check_answer(question, answer)
        return answers
    return complete_response(poll, answers).answers


def _texts(poll: Poll, ballots: list[Mapping[str, Answer]]) -> dict[str, tuple[str, ...]]:
    """What was written, per question, shuffled; empty where fewer wrote than the smallest group."""
    written: dict[str, list[str]] = {}
    for ballot in ballots:
        for question, answer in ballot.items():
            if isinstance(answer, Written):
                written.setdefault(question, []).append(answer.text)
    for texts in written.values():
        SystemRandom().shuffle(texts)
    return {q: tuple(texts) for q, texts in written.items() if len(texts) >= poll.smallest_group}
