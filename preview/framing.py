"""What browsers may do with the preview: show the app in a frame on its own page, and nowhere else."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

_PAGE = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_OF_THE_PAGE = {
    "content-security-policy": _PAGE,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def let_frame(headers: MutableHeaders, _path: str) -> None:
    """The preview's page may show what the resident's host forbids every page to show."""
    policy = headers.get("content-security-policy", "")
    headers["content-security-policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def add_page_rules(headers: MutableHeaders, _path: str) -> None:
    """The preview's own rules for what says none: its page, its pictures, its data."""
    if "content-security-policy" not in headers:
        headers.update({**_OF_THE_PAGE, "cache-control": "no-cache"})
