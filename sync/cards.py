"""What the screens show of every poll, read from storage in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.participation import PollCard, Standing
from domain.poll import Poll
from protocol.manifest import Manifest, ManifestPoll
from storage.outbox import OutboxState, Progress
from storage.wallet import Joining, Membership
from sync.draw import is_for
from sync.phone import Phone

_STANDINGS = {
    OutboxState.SEALED: Standing.WAITING,
    OutboxState.WAITING: Standing.WAITING,
    OutboxState.HANDED_OVER: Standing.SENT,
    OutboxState.COUNTED: Standing.COUNTED,
    OutboxState.NOT_COUNTED: Standing.NOT_COUNTED,
    OutboxState.SET_ASIDE: Standing.SET_ASIDE,
    OutboxState.TOO_LATE: Standing.TOO_LATE,
}
_FIRST_TO_TELL = (
    OutboxState.TOO_LATE,
    OutboxState.SET_ASIDE,
    OutboxState.NOT_COUNTED,
    OutboxState.SEALED,
    OutboxState.WAITING,
    OutboxState.HANDED_OVER,
    OutboxState.COUNTED,
)
"""What the resident should hear first when choices and texts differ."""
_REPLACEABLE = frozenset({Standing.WAITING, Standing.SENT, Standing.SET_ASIDE})


@dataclass(frozen=True, slots=True)
class Cards:
    """Everything about polls that one moment's storage says."""

    manifest: Manifest
    membership: Membership | None
    ballots: dict[str, Progress]
    drafts: frozenset[str]
    copies: frozenset[str]
    without_token: frozenset[str]
    forgotten: frozenset[str]
    now: datetime

    @classmethod
    def of(cls, phone: Phone, manifest: Manifest) -> Cards:
        home = phone.municipality.id
        return cls(
            manifest=manifest,
            membership=phone.wallet.membership(home),
            ballots=_worst(phone.outbox.progress(home)),
            drafts=phone.drafts.polls(home),
            copies=phone.copies.polls(home),
            without_token=phone.wallet.without_use(home),
            forgotten=phone.retention.forgotten(home),
            now=phone.now(),
        )

    def shown(self) -> list[ManifestPoll]:
        """The polls that are meant for this resident, in the order of the manifest."""
        return [poll for poll in self.manifest.polls if self.is_shown(poll)]

    def is_shown(self, poll: ManifestPoll) -> bool:
        if self.membership is None or self.membership.state is Joining.REFUSED:
            return False
        id = poll.entry.id
        took_part = id in self.ballots or id in self.drafts
        return is_for(poll, self.membership) and (took_part or not poll.state.cancelled)

    def card(self, published: ManifestPoll, poll: Poll) -> PollCard:
        id, ended = published.entry.id, self.now >= published.closes_at()
        standing, reason = self._standing(published)
        sent = standing in _REPLACEABLE and not ended
        return PollCard(
            poll=poll,
            standing=standing,
            closes_at=published.closes_at(),
            reason=reason,
            has_result=published.state.result is not None,
            has_feedback=published.state.feedback is not None,
            ended=ended,
            can_change=sent and id not in self.without_token,
            changing=sent and id in self.drafts,
            has_copy=id in self.copies,
            revised=id in self.ballots and self.ballots[id].revision > 1,
        )

    def _standing(self, poll: ManifestPoll) -> tuple[Standing, str | None]:
        id = poll.entry.id
        if poll.state.cancelled:
            return Standing.WITHDRAWN, None
        if ballot := self.ballots.get(id):
            return _STANDINGS[ballot.state], ballot.reason
        if id in self.forgotten:
            return Standing.OVER, None
        if self.now >= poll.closes_at():
            return Standing.MISSED, None
        if self.now < poll.entry.opens_at:
            return Standing.NOT_YET, None
        return (Standing.STARTED if id in self.drafts else Standing.TO_ANSWER), None


def _worst(ballots: Iterable[Progress]) -> dict[str, Progress]:
    """Of each poll the ballot that came least far."""
    found: dict[str, Progress] = {}
    for ballot in ballots:
        there = found.get(ballot.poll)
        if there is None or _FIRST_TO_TELL.index(ballot.state) < _FIRST_TO_TELL.index(there.state):
            found[ballot.poll] = ballot
    return found
