"""An invitation (uitnodiging): a code, and the link that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protocol.codes import LINK_MARK, Code, to_link_part
from protocol.signing import fingerprint
from staff.letter_errors import AddressUnfit


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a letter gives to whoever opens it. It knows no resident.

    `root_key`: the municipality's public one. The link names it, so that a false app refuses the letter.
    """

    code: Code
    root_key: bytes

    def link(self, app_link: str) -> str:
        """Opens the app with the code. No server is sent what is behind `#`. Raises `AddressUnfit`."""
        part = to_link_part(self.code, fingerprint(self.root_key))
        return f"{checked_address(app_link)}/#{LINK_MARK}{part}"


def checked_address(app_link: str) -> str:
    """The app's address, without a slash at its end. Raises `AddressUnfit`."""
    try:
        parts = urlsplit(app_link)
    except ValueError as exc:
        raise AddressUnfit(app_link) from exc
    plain = app_link.isascii() and app_link.isprintable() and not set(app_link) & set(' "<>?#')
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        raise AddressUnfit(app_link)
    return app_link.rstrip("/")
