"""What the screens may ask of the phone: everything from storage, nothing from the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from domain.answers import Answer
from domain.errors import CodeUnreadable, Distrusted, PollClosed, StorageFull
from domain.participation import Joined, Membership, PollCard, Standing, SyncStatus
from domain.response import BallotKind, complete_response
from domain.result import Feedback, Result
from protocol.codes import ChecksumWrong, CodeError, WordCount, WordUnknown, parse
from protocol.manifest import ManifestPoll
from protocol.outcome import read_feedback, read_result
from protocol.problems import Problem
from storage.drafts import Draft
from storage.outbox import OutboxState, SealedBallot
from storage.wallet import Joining
from sync.draw import is_for
from sync.enrol import ask_to_join
from sync.phone import Phone
from sync.run import LAST_SUCCESS, PROBLEM
from sync.seal import seal_finished

T = TypeVar("T")
_STANDINGS = {
    OutboxState.WAITING: Standing.WAITING,
    OutboxState.HANDED_OVER: Standing.SENT,
    OutboxState.COUNTED: Standing.COUNTED,
    OutboxState.NOT_COUNTED: Standing.NOT_COUNTED,
    OutboxState.SET_ASIDE: Standing.SET_ASIDE,
    OutboxState.TOO_LATE: Standing.TOO_LATE,
}
_TOO_LATE = frozenset({Problem.POLL_CLOSED, Problem.POLL_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Desk:
    phone: Phone

    def join(self, text: str) -> None:
        """Keep a typed, pasted or linked code. Raises `CodeUnreadable`."""
        ask_to_join(self.phone, _code(text))

    def join_without_code(self) -> None:
        ask_to_join(self.phone, None)

    def joined(self) -> Joined:
        found = self.phone.wallet.membership(self.phone.municipality.id)
        if found is None:
            return Joined(Membership.NONE)
        if found.state is Joining.ASKING:
            return Joined(Membership.ASKING)
        if found.state is Joining.REFUSED:
            return Joined(Membership.REFUSED, found.problem)
        return Joined(Membership.INVITED if found.invited else Membership.OPEN)

    def cards(self) -> tuple[PollCard, ...]:
        """Every poll meant for this resident, in the order of the manifest."""
        manifest = self.phone.manifest()
        if manifest is None:
            return ()
        cards = [self._card(poll) for poll in manifest.polls if self._is_shown(poll)]
        return tuple(card for card in cards if card is not None)

    def card(self, poll: str) -> PollCard | None:
        return next((card for card in self.cards() if card.poll.id == poll), None)

    def answers(self, poll: str) -> Mapping[str, Answer]:
        draft = self.phone.drafts.get(self.phone.municipality.id, poll)
        return draft.answers if draft else {}

    def save(self, poll: str, answers: Mapping[str, Answer]) -> None:
        """Keep the answers so far. When this returns they survive the app being killed."""
        self.phone.drafts.put(Draft(self.phone.municipality.id, poll, answers))

    def send(self, poll: str, answers: Mapping[str, Answer]) -> None:
        """Seal the response into the outbox, or keep it until it can be sealed.

        Raises `AnswerError`, `PollClosed` or `StorageError`; then nothing changed.
        """
        card = self.card(poll)
        if card is None or card.ended or self.phone.now() >= card.closes_at:
            raise PollClosed(poll)
        response = complete_response(card.poll, answers)
        home = self.phone.municipality.id
        self.phone.drafts.put(Draft(home, poll, response.answers, finished=True))
        manifest = self.phone.manifest()
        if manifest is not None:
            with suppress(StorageFull):  # it is kept already, and every round tries to seal it
                seal_finished(self.phone, manifest)

    def result(self, poll: str) -> Result | None:
        return self._outcome(poll, "result", read_result)

    def feedback(self, poll: str) -> Feedback | None:
        return self._outcome(poll, "feedback", read_feedback)

    def status(self) -> SyncStatus:
        home = self.phone.municipality.id
        noted = self.phone.settings.all()
        waiting = {b.poll for b in self.phone.outbox.all(home) if b.state is OutboxState.WAITING}
        waiting |= {d.poll for d in self.phone.drafts.all(home) if d.finished and self._may_still_go(d.poll)}
        last = noted.get(LAST_SUCCESS)
        return SyncStatus(
            datetime.fromisoformat(last) if last else None, noted.get(PROBLEM) or None, len(waiting)
        )

    def settings(self) -> dict[str, str]:
        return self.phone.settings.all()

    def put_setting(self, name: str, value: str) -> None:
        self.phone.settings.put(name, value)

    def style_document(self) -> bytes | None:
        """The municipality's house style as published, if there is one."""
        manifest = self.phone.manifest()
        return self.phone.shelf.document(manifest.style) if manifest and manifest.style else None

    def _is_shown(self, poll: ManifestPoll) -> bool:
        membership = self.phone.wallet.membership(self.phone.municipality.id)
        if membership is None or (poll.state.cancelled and not self._took_part(poll.entry.id)):
            return False
        return membership.state is not Joining.REFUSED and is_for(poll, membership)

    def _card(self, poll: ManifestPoll) -> PollCard | None:
        read = self.phone.poll(poll)
        if read is None:
            return None
        standing, reason = self._standing(poll)
        return PollCard(
            poll=read,
            standing=standing,
            closes_at=poll.closes_at(),
            reason=reason,
            has_result=poll.state.result is not None,
            has_feedback=poll.state.feedback is not None,
            ended=self.phone.now() >= poll.closes_at(),
        )

    def _standing(self, poll: ManifestPoll) -> tuple[Standing, str | None]:
        home, id, now = self.phone.municipality.id, poll.entry.id, self.phone.now()
        if poll.state.cancelled:
            return Standing.WITHDRAWN, None
        if self.phone.drafts.finished(home, id):
            return self._unsealed(poll)
        draft = self.phone.drafts.get(home, id)
        ballots = [b for b in self.phone.outbox.all(home) if b.poll == id]
        if ballots:
            worst = min(ballots, key=_progress)
            return _STANDINGS[worst.state], worst.reason
        if now >= poll.closes_at():
            return Standing.MISSED, None
        if now < poll.entry.opens_at:
            return Standing.NOT_YET, None
        return (Standing.STARTED if draft else Standing.TO_ANSWER), None

    def _may_still_go(self, poll: str) -> bool:
        published = self._published(poll)
        return published is not None and self._unsealed(published)[0] is Standing.WAITING

    def _unsealed(self, poll: ManifestPoll) -> tuple[Standing, str | None]:
        """Of a response that waits for its token."""
        problem = self._token_problem(poll.entry.id)
        if problem in _TOO_LATE or self.phone.now() >= poll.ends_at():
            return Standing.TOO_LATE, problem
        return (Standing.WAITING if problem is None else Standing.SET_ASIDE), problem

    def _took_part(self, poll: str) -> bool:
        home = self.phone.municipality.id
        drafted = self.phone.drafts.get(home, poll) is not None
        return drafted or any(ballot.poll == poll for ballot in self.phone.outbox.all(home))

    def _token_problem(self, poll: str) -> str | None:
        for kind in BallotKind:
            token = self.phone.wallet.token(self.phone.municipality.id, poll, kind)
            if token is not None and token.problem is not None:
                return token.problem
        return None

    def _outcome(self, poll: str, which: str, read: Callable[[bytes], T]) -> T | None:
        """What was published of the poll; None also for what only a newer app can read."""
        published = self._published(poll)
        digest = getattr(published.state, which) if published else None
        raw = self.phone.shelf.document(digest) if digest else None
        with suppress(Distrusted):
            return read(raw) if raw else None
        return None

    def _published(self, poll: str) -> ManifestPoll | None:
        manifest = self.phone.manifest()
        return manifest.poll(poll) if manifest else None


def _code(text: str) -> bytes:
    try:
        return parse(text).value
    except WordUnknown as exc:
        raise CodeUnreadable("word-unknown", exc.position, exc.word, exc.suggestions) from exc
    except WordCount as exc:
        raise CodeUnreadable("word-count", found=exc.found) from exc
    except ChecksumWrong as exc:
        raise CodeUnreadable("checksum") from exc
    except CodeError as exc:
        raise CodeUnreadable("malformed") from exc


def _progress(ballot: SealedBallot) -> int:
    """Lower is what the resident should hear first when choices and texts differ."""
    order = [
        OutboxState.TOO_LATE,
        OutboxState.SET_ASIDE,
        OutboxState.NOT_COUNTED,
        OutboxState.WAITING,
        OutboxState.HANDED_OVER,
        OutboxState.COUNTED,
    ]
    return order.index(ballot.state)
