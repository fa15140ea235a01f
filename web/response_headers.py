"""What every answer tells the browser it may do, keep and pass on."""

from starlette.datastructures import MutableHeaders

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self' data:",  # Flutter fetches own letters from what came with the style
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' data: blob:",  # the player makes a data address of a sound
        "worker-src 'self' blob:",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-resource-policy": "same-origin",
}
_A_WEEK = "public, max-age=604800"
_ASK_FIRST = "no-cache"  # keep it, but ask with its ETag: names carry no version


def respond_safely(headers: MutableHeaders, path: str) -> None:
    """For `web.headers.Headers`, around everything that a resident's browser gets."""
    headers.update(_ALWAYS)
    headers["cache-control"] = _A_WEEK if "/fonts/" in path else _ASK_FIRST
    del headers["access-control-allow-origin"]  # Flet lets every site read everything
    del headers["cross-origin-embedder-policy"]  # with it Flutter draws in two threads, and stops (ADR 0017)
