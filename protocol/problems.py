"""Problem codes: the one list of what a server can refuse, and why the phone distrusts something.

On the wire a problem is an RFC 9457 document; its `type` is `urn:samenspraak:problem:CODE`.
Sentences for people are made where people read them.
"""

from __future__ import annotations

from enum import StrEnum

TYPE_PREFIX = "urn:samenspraak:problem:"
MEDIA_TYPE = "application/problem+json"


class Problem(StrEnum):
    """Code -> HTTP status is in `STATUS`; the title is the code's English reading."""

    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    MEDIA_TYPE = "media-type"
    NOT_FOUND = "not-found"
    METHOD = "method-not-allowed"
    CREDENTIAL_UNKNOWN = "credential-unknown"
    SIGNATURE_INVALID = "signature-invalid"
    RIGHT_MISSING = "right-missing"
    CODE_UNKNOWN = "code-unknown"
    CODE_USED = "code-used"
    CODE_EXPIRED = "code-expired"
    POLL_UNKNOWN = "poll-unknown"
    POLL_CLOSED = "poll-closed"
    POLL_NOT_FOR_YOU = "poll-not-for-you"
    TOKEN_DRAWN = "token-drawn"  # noqa: S105
    BLINDED_MESSAGE_INVALID = "blinded-message-invalid"
    ENVELOPE_SIZE = "envelope-size"
    LIST_NOT_READY = "list-not-ready"
    BALLOTS_NOT_READY = "ballots-not-ready"
    BALLOTS_GONE = "ballots-gone"
    MANIFEST_INVALID = "manifest-invalid"
    MANIFEST_OLDER = "manifest-older"
    MANIFEST_FORKED = "manifest-forked"
    DOCUMENT_MISMATCH = "document-mismatch"
    DOCUMENT_MISSING = "document-missing"
    QUEUE_FULL = "queue-full"
    TOO_MANY = "too-many-requests"
    INTERNAL = "internal"


STATUS: dict[Problem, int] = {
    Problem.MALFORMED: 400,
    Problem.TOO_LARGE: 413,
    Problem.TOO_SLOW: 408,
    Problem.MEDIA_TYPE: 415,
    Problem.NOT_FOUND: 404,
    Problem.METHOD: 405,
    Problem.CREDENTIAL_UNKNOWN: 401,
    Problem.SIGNATURE_INVALID: 401,
    Problem.RIGHT_MISSING: 403,
    Problem.CODE_UNKNOWN: 404,
    Problem.CODE_USED: 409,
    Problem.CODE_EXPIRED: 410,
    Problem.POLL_UNKNOWN: 404,
    Problem.POLL_CLOSED: 410,
    Problem.POLL_NOT_FOR_YOU: 403,
    Problem.TOKEN_DRAWN: 409,
    Problem.BLINDED_MESSAGE_INVALID: 422,
    Problem.ENVELOPE_SIZE: 422,
    Problem.LIST_NOT_READY: 404,
    Problem.BALLOTS_NOT_READY: 409,
    Problem.BALLOTS_GONE: 410,
    Problem.MANIFEST_INVALID: 422,
    Problem.MANIFEST_OLDER: 409,
    Problem.MANIFEST_FORKED: 409,
    Problem.DOCUMENT_MISMATCH: 422,
    Problem.DOCUMENT_MISSING: 409,
    Problem.QUEUE_FULL: 503,
    Problem.TOO_MANY: 429,
    Problem.INTERNAL: 500,
}


class Distrust(StrEnum):
    """Why a phone uses nothing of what came. Carried by `domain.errors.Distrusted`."""

    SIGNATURE = "distrust-signature"
    MUNICIPALITY = "distrust-municipality"
    ROLLED_BACK = "distrust-rolled-back"
    FORKED = "distrust-forked"
    CHANGED_POLL = "distrust-changed-poll"
    KEY = "distrust-key"
    DOCUMENT = "distrust-document"
    TOKEN = "distrust-token"  # noqa: S105
    LIST = "distrust-list"
    LETTER = "distrust-letter"
