"""What the screens may ask of the phone: everything from storage, nothing from the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from domain.answers import Answer
from domain.errors import CodeUnreadable, Distrusted, LetterForeign, PollClosed, UnknownWord
from domain.participation import Joined, Membership, PollCard, SyncStatus, Voice
from domain.response import complete_response
from domain.result import Feedback, Result
from protocol import signing
from protocol.codes import (
    ChecksumWrong,
    CodeError,
    WordCount,
    WordUnknown,
    parse,
    root_key_mark,
    typed_words,
)
from protocol.outcome import read_feedback, read_result
from storage.outbox import TO_GO, OutboxState
from storage.wallet import Joining
from sync.cards import Cards
from sync.enrol import ask_to_join, is_of_this_town
from sync.export import set_aside_document
from sync.phone import Phone
from sync.run import LAST_SUCCESS, PROBLEM
from sync.seal import seal_response
from sync.voice import voice_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    phone: Phone

    def join(self, text: str) -> None:
        """Keep a typed, pasted or linked code. Raises `CodeUnreadable`, or `LetterForeign` for a link that
        names another root key than this app's, its predecessors and successors: then nothing is kept, and
        nothing will be sent. Successors are known with the first manifest; until then the next round looks.
        """
        code, mark = _code(text), root_key_mark(text)
        if self.phone.manifest() is not None and not is_of_this_town(self.phone, mark):
            raise LetterForeign
        ask_to_join(self.phone, code, mark)

    def join_without_code(self) -> None:
        ask_to_join(self.phone, None)

    def joined(self) -> Joined:
        home = self.phone.municipality.id
        found = self.phone.wallet.membership(home)
        if found is None:
            return Joined(Membership.NONE)
        if found.state is Joining.ASKING:
            return Joined(Membership.ASKING)
        if found.state is Joining.REFUSED:
            return Joined(Membership.REFUSED, found.problem)
        other = self.phone.wallet.candidate(home)
        asking = other is not None and other.state is Joining.ASKING
        as_what = Membership.INVITED if found.invited else Membership.OPEN
        return Joined(as_what, other.problem if other else None, asking)

    def cards(self) -> tuple[PollCard, ...]:
        """Every poll meant for this resident, in the order of the manifest."""
        manifest = self.phone.manifest()
        if manifest is None:
            return ()
        cards = Cards.of(self.phone, manifest)
        shown = cards.shown()
        readable = self.phone.polls(shown)
        return tuple(cards.card(poll, readable[poll.entry.id]) for poll in shown if poll.entry.id in readable)

    def card(self, poll: str) -> PollCard | None:
        manifest = self.phone.manifest()
        published = manifest.poll(poll) if manifest else None
        if manifest is None or published is None:
            return None
        cards = Cards.of(self.phone, manifest)
        read = self.phone.poll(published) if cards.is_shown(published) else None
        return cards.card(published, read) if read else None

    def answers(self, poll: str) -> Mapping[str, Answer]:
        """What is being answered now."""
        return self.phone.drafts.get(self.phone.municipality.id, poll) or {}

    def save(self, poll: str, answers: Mapping[str, Answer]) -> None:
        """Keep the answers so far. When this returns they survive the app being killed."""
        self.phone.drafts.put(self.phone.municipality.id, poll, answers)

    def send(self, poll: str, answers: Mapping[str, Answer], keep_copy: bool = False) -> None:
        """Seal the response into the outbox, in place of what was sent before.

        When this returns nobody can read the answers on this phone, but in the copy if one is kept.
        Raises `AnswerError`, `PollClosed` or `StorageError`; then nothing changed.
        """
        manifest, card = self.phone.manifest(), self.card(poll)
        published = manifest.poll(poll) if manifest else None
        if manifest is None or published is None or card is None or card.ended:
            raise PollClosed(poll)
        response = complete_response(card.poll, answers)
        seal_response(self.phone, manifest, published, card.poll, response, keep_copy)

    def copy(self, poll: str) -> Mapping[str, Answer] | None:
        """What was sent last, where the resident kept a copy that can be read."""
        return self.phone.copies.get(self.phone.municipality.id, poll)

    def remove_copy(self, poll: str) -> None:
        self.phone.copies.remove(self.phone.municipality.id, poll)

    def change(self, poll: str) -> None:
        """Begin to answer again: from the copy, else from nothing. Until it is sent, the earlier answer
        counts. Raises `PollClosed` where nothing can be changed.
        """
        card = self.card(poll)
        if card is None or not card.can_change:
            raise PollClosed(poll)
        if not card.changing:
            self.save(poll, self.copy(poll) or {})

    def stop_changing(self, poll: str) -> None:
        """Drop what was begun; what was sent before stays as it is."""
        self.phone.drafts.remove(self.phone.municipality.id, poll)

    def result(self, poll: str) -> Result | None:
        return self._outcome(poll, "result", read_result)

    def feedback(self, poll: str) -> Feedback | None:
        return self._outcome(poll, "feedback", read_feedback)

    def voice(self, poll: str, tag: str, screen: str) -> Voice:
        """Of one screen of a poll. `tag`: of the language, such as `nl-x-plain`."""
        return voice_of(self.phone, poll, tag, screen)

    def telephone(self) -> str | None:
        """The number where the municipality helps residents, if it published one."""
        manifest = self.phone.manifest()
        return manifest.telephone if manifest else None

    def status(self) -> SyncStatus:
        noted = self.phone.settings.all()
        ballots = self.phone.outbox.progress(self.phone.municipality.id)
        last = noted.get(LAST_SUCCESS)
        return SyncStatus(
            last_success_at=datetime.fromisoformat(last) if last else None,
            problem=noted.get(PROBLEM) or None,
            waiting=len({ballot.poll for ballot in ballots if ballot.state in TO_GO}),
            set_aside=len({ballot.poll for ballot in ballots if ballot.state is OutboxState.SET_ASIDE}),
        )

    def export_set_aside(self) -> bytes:
        """What could not be delivered, sealed as it is: docs/protocol.md has the format."""
        home = self.phone.municipality.id
        return set_aside_document(home, self.phone.outbox.set_aside(home))

    def fingerprint(self) -> str:
        """Of the root key that this app believes, as the letter prints it: eight groups of four digits."""
        return signing.fingerprint(self.phone.root_keys()[-1])

    def settings(self) -> dict[str, str]:
        return self.phone.settings.all()

    def put_setting(self, name: str, value: str) -> None:
        self.phone.settings.put(name, value)

    def style_document(self) -> bytes | None:
        """The municipality's house style as published, if there is one."""
        manifest = self.phone.manifest()
        return self.phone.shelf.document(manifest.style) if manifest and manifest.style else None

    def _outcome(self, poll: str, which: str, read: Callable[[bytes], T]) -> T | None:
        """What was published of the poll; None also for what only a newer app can read."""
        manifest = self.phone.manifest()
        published = manifest.poll(poll) if manifest else None
        digest = getattr(published.state, which) if published else None
        raw = self.phone.shelf.document(digest) if digest else None
        with suppress(Distrusted):
            return read(raw) if raw else None
        return None


def _code(text: str) -> bytes:
    try:
        return parse(text).value
    except WordUnknown as exc:
        unknown = tuple(UnknownWord(one.position, one.word, one.suggestions) for one in exc.all_of_them)
        raise CodeUnreadable("word-unknown", tuple(typed_words(text)), unknown) from exc
    except WordCount as exc:
        raise CodeUnreadable("word-count", found=exc.found) from exc
    except ChecksumWrong as exc:
        raise CodeUnreadable("checksum") from exc
    except CodeError as exc:
        raise CodeUnreadable("malformed") from exc
