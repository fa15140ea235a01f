"""Paths of the servers, the one definition for phone, staff and servers."""

from __future__ import annotations

HEALTH = "/v1/health"
KEYS = "/v1/keys"
MANIFEST = "/v1/manifest"
DOCUMENT = "/v1/documents/{digest}"

ENROLMENTS = "/v1/enrolments"
TOKENS = "/v1/tokens"

ENVELOPES = "/v1/envelopes"
BATCHES = "/v1/batches"
LIST = "/v1/polls/{poll}/list"

STAFF_MANIFEST = "/v1/staff/manifest"
STAFF_DOCUMENT = "/v1/staff/documents/{digest}"
STAFF_TOKEN_KEYS = "/v1/staff/polls/{poll}/token-keys"  # noqa: S105
STAFF_INVITATIONS = "/v1/staff/invitations"
STAFF_ISSUED = "/v1/staff/polls/{poll}/issued"
STAFF_BALLOTS = "/v1/staff/polls/{poll}/ballots"
