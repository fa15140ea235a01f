"""What an audit says: one finding for each thing that it looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Check(StrEnum):
    """What is looked at, in this order."""

    MANIFEST = "manifest"
    FINGERPRINT = "fingerprint"
    SAME_EVERYWHERE = "same-everywhere"
    FOLLOWS = "follows"
    SERVER_KEYS = "server-keys"
    STYLE = "style"
    RECEIPT = "receipt"
    TOKEN_KEYS = "token-keys"  # noqa: S105
    DOCUMENTS = "documents"
    POLL = "poll"
    LIST_GENUINE = "list-genuine"
    LIST_ORDER = "list-order"
    LIST_LENGTH = "list-length"
    RESULT = "result"
    COUNTS = "counts"
    TABLES_DECLARED = "tables-declared"
    TABLES_RULES = "tables-rules"
    FIGURES = "figures"
    NOTHING_DERIVABLE = "nothing-derivable"


class Outcome(StrEnum):
    """`not-asked`: it could not be looked at for want of something. `unreachable`: of a network."""

    HELD = "held"
    FAILED = "failed"
    NOT_YET = "not-yet"
    NOT_ASKED = "not-asked"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Finding:
    """`reason`: a word for what is wrong, or for why it is not known; `details` fills its sentence."""

    check: Check
    outcome: Outcome
    poll: str | None = None
    kind: str | None = None
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """Makes findings about one poll, or about none."""

    poll: str | None = None
    kind: str | None = None

    def held(self, check: Check) -> Finding:
        return Finding(check, Outcome.HELD, self.poll, self.kind)

    def failed(self, check: Check, reason: str, **details: object) -> Finding:
        return self._because(check, Outcome.FAILED, reason, details)

    def not_yet(self, check: Check, reason: str, **details: object) -> Finding:
        return self._because(check, Outcome.NOT_YET, reason, details)

    def not_asked(self, check: Check, reason: str, **details: object) -> Finding:
        return self._because(check, Outcome.NOT_ASKED, reason, details)

    def unreachable(self, check: Check, url: str) -> Finding:
        return self._because(check, Outcome.UNREACHABLE, "no-answer", {"url": url})

    def first(self, check: Check, faults: list[tuple[str, dict[str, object]]]) -> Finding:
        """Held without faults; else the first, and how many more there are."""
        if not faults:
            return self.held(check)
        reason, details = faults[0]
        return self.failed(check, reason, **details, more=len(faults) - 1)

    def _because(self, check: Check, outcome: Outcome, reason: str, details: Mapping[str, object]) -> Finding:
        told = {name: str(value) for name, value in details.items()}
        return Finding(check, outcome, self.poll, self.kind, reason, told)
