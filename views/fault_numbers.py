"""Numbers for faults, to say on the telephone: a code in English is hard to say, and hard to hear."""

from __future__ import annotations

from i18n.wording import Wording

UNLISTED = 99
"""A fault that a later version of the servers knows."""

NUMBERS: dict[str, int] = {
    "distrust-signature": 11,
    "distrust-rolled-back": 12,
    "distrust-forked": 13,
    "distrust-changed-poll": 14,
    "distrust-key": 15,
    "distrust-document": 16,
    "distrust-token": 17,
    "distrust-list": 18,
    "distrust-letter": 19,
    "distrust-municipality": 20,
    "malformed": 31,
    "too-large": 32,
    "too-slow": 33,
    "media-type": 34,
    "not-found": 35,
    "method-not-allowed": 36,
    "credential-unknown": 37,
    "signature-invalid": 38,
    "right-missing": 39,
    "code-unknown": 40,
    "code-used": 41,
    "code-expired": 42,
    "poll-unknown": 43,
    "poll-closed": 44,
    "poll-not-for-you": 45,
    "token-drawn": 46,
    "blinded-message-invalid": 47,
    "envelope-size": 48,
    "list-not-ready": 49,
    "ballots-not-ready": 50,
    "ballots-gone": 51,
    "manifest-invalid": 52,
    "manifest-older": 53,
    "manifest-forked": 54,
    "document-mismatch": 55,
    "document-missing": 56,
    "queue-full": 57,
    "too-many-requests": 58,
    "internal": 59,
}
"""By code of docs/protocol.md, which lists them too. A number never gets another meaning."""


def fault_number(code: str | None, words: Wording) -> str:
    return words.text("fault {number}", number=NUMBERS.get(code or "", UNLISTED))
