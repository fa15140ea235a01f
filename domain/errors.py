"""Every error the product raises on purpose, by what the caller does next.

* AnswerError            (the resident can put it right)
  x AnswerMissing
  x AnswerUnfit
* PollError
  x PollClosed           (say so; nothing can be sent any more)
  x PollInvalid          (staff put the file right; names every fault)
* CodeUnreadable         (the resident looks at the code again)
* SyncError
  x Unreachable          (keep what waits; try again later)
  x Refused              (the server understood and said no; trying again cannot help)
  x Distrusted           (what came is not from this municipality; use nothing of it)
    + LetterForeign      (the letter is not from this app's municipality; send nothing)
* StorageError
  x StorageFull          (free some space; what was saved stays saved)
  x StorageDamaged       (the file is put aside and kept; start anew)
  x StorageNewer         (install the newer app again; nothing was touched)
  x StorageBusy          (another program holds the file; try again)
  x KeyStoreFailed       (the key is kept in a file instead, for now)
  x KeyLost              (drafts and copies cannot be read any more and are gone; go on)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class AnswerError(Exception):
    """An answer breaks a rule of its question; the resident can put it right."""

    def __init__(self, question: str, rule: str) -> None:
        super().__init__(f"question {question}: {rule}")
        self.question, self.rule = question, rule


class AnswerMissing(AnswerError):
    """A required question on the route has no answer."""

    def __init__(self, question: str, statement: str | None = None) -> None:
        super().__init__(question, "answer-missing")
        self.statement = statement


class AnswerUnfit(AnswerError):
    """The answer does not fit its question; `rule` is one of `domain.fitting.RULES`."""


class PollError(Exception):
    """Something about a poll as a whole."""


class PollClosed(PollError):
    def __init__(self, poll: str) -> None:
        super().__init__(f"poll {poll} is closed")
        self.poll = poll


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that a poll file breaks: where, and which. `details` fills the sentence."""

    place: str
    rule: str
    details: Mapping[str, str] = field(default_factory=dict)


class PollInvalid(PollError):
    """A poll file breaks rules; `faults` names each."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.place}: {fault.rule}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A typed word that is in no code, at `position` from 1; `suggestions` are, the likeliest first."""

    position: int
    word: str
    suggestions: tuple[str, ...] = ()


class CodeUnreadable(Exception):
    """What was typed is no invitation code. `rule`: word-unknown, word-count, checksum or malformed.

    `typed`: the words as they were read; `unknown`: those that are in no code; `found`: how many there are.
    """

    def __init__(
        self,
        rule: str,
        typed: tuple[str, ...] = (),
        unknown: tuple[UnknownWord, ...] = (),
        found: int = 0,
    ) -> None:
        super().__init__(rule)
        self.rule, self.typed, self.unknown, self.found = rule, typed, unknown, found


class SyncError(Exception):
    """What can go wrong between the phone and the servers."""


class Unreachable(SyncError):
    """No usable reply. Keep what waits and try again, not before `retry_after` seconds if given."""

    def __init__(self, reason: str, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


class Refused(SyncError):
    """The server understood and refused with a problem code; trying again cannot help."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Distrusted(SyncError):
    """A manifest, key or document failed a check; `reason` is a problem code. Nothing of it was used."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LetterForeign(Distrusted):
    """The letter's link names another root key than this app has: one of the two is false."""

    def __init__(self) -> None:
        super().__init__("distrust-letter")


class StorageError(Exception):
    """The phone cannot keep what it should keep. `word` says why, for the sentence on the screen."""

    word = "unknown"


class StorageFull(StorageError):
    """No room left on the phone. The last thing that was confirmed as saved is still saved."""

    word = "full"


class StorageDamaged(StorageError):
    """The file on the phone cannot be read. It was put aside, not deleted; `kept_as` says where."""

    word = "damaged"

    def __init__(self, kept_as: str) -> None:
        super().__init__(kept_as)
        self.kept_as = kept_as


class StorageNewer(StorageError):
    """A later version of the app wrote the file: version `found`, where this one knows `known`."""

    word = "newer"

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"version {found}, this app knows {known}")
        self.found, self.known = found, known


class StorageBusy(StorageError):
    """Another program held the file for too long. Nothing changed; trying again may do."""

    word = "busy"


class KeyStoreFailed(StorageError):
    """The platform's key store does not answer, or keeps nothing. What it holds may turn up again."""


class KeyLost(StorageError):
    """The key of drafts and copies is gone, and so are they; what was sent is not touched."""

    word = "key-lost"
