"""One sequence of bytes for one JSON value (RFC 8785), and bytes as text (RFC 4648, section 5)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """The value has no canonical form: a NaN, an integer beyond 2**53, a lone surrogate, a foreign type."""


class NotBase64(ValueError):
    """The text is not what `b64` makes of any bytes."""


def canonical(obj: Any) -> bytes:
    """RFC 8785 bytes of what `json.loads` can give. Raises `NotCanonical`."""
    try:
        return rfc8785.dumps(obj)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as exc:
        raise NotCanonical(str(exc)) from exc


def digest(obj: Any) -> str:
    """SHA-256 of the canonical bytes, 43 characters of base64url. Raises `NotCanonical`."""
    return b64(hashlib.sha256(canonical(obj)).digest())


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes `b64` made the text of: no padding, no other alphabet, no stray bits. Raises `NotBase64`."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as exc:
        raise NotBase64 from exc
    if b64(data) != text:
        raise NotBase64
    return data
