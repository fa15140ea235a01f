"""Takes from every request what tells visitors apart, before Flet can keep it."""

from starlette.types import ASGIApp, Receive, Scope, Send

_NEEDED = (
    b"host",
    b"origin",
    b"connection",
    b"upgrade",
    b"accept-encoding",
    b"if-none-match",
    b"if-modified-since",
    b"if-range",
    b"range",
)


class Nameless:
    """Hands on a request without address, browser, languages, cookies or where it came from.

    Flet keeps an address and a browser's name with every session (`page.client_ip`,
    `page.client_user_agent`), and a digest of both: here all of them are empty.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            headers = [
                (name, value)
                for name, value in scope["headers"]
                if name in _NEEDED or name.startswith(b"sec-websocket-")
            ]
            scope = {**scope, "client": None, "headers": headers}
        await self.app(scope, receive, send)
