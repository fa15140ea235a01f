"""By what stores and phones know the app: its name, its id, and the address its links have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from own_app.errors import AppUnfit

LONGEST_NAME = 30  # characters; App Store and Google Play both
LONGEST_ID = 100
OWN_HOST = "meedoen"
UNSAFE = frozenset('<>&"\\{}%$')
"""What Flet's templates would put into XML, C++ and Gradle as it is."""
_PART = re.compile(r"[a-z][a-z0-9]*", re.ASCII)

#: An id becomes a package of Kotlin and Java on Android, where these words cannot be names.
_KEYWORDS = frozenset(
    """
    abstract as assert boolean break byte case catch char class const continue default do double else enum
    extends false final finally float for fun goto if implements import in instanceof int interface is long
    native new null object package private protected public return short static strictfp super switch
    synchronized this throw throws transient true try typealias typeof val var void volatile when while
    """.replace("\n", " ").split(" ")
)


@dataclass(frozen=True, slots=True)
class Identity:
    """`bundle_id` can never change once the app is in a store. `host`: of the https links that open it."""

    name: str
    bundle_id: str
    municipality_id: str
    municipality: str
    host: str | None = None

    @property
    def company(self) -> str:
        """The municipality's name, without what templates cannot take."""
        return " ".join("".join(c for c in self.municipality if c not in UNSAFE).split())

    @property
    def organisation(self) -> str:
        """The id without its last part, as `nl.waterrijk` of `nl.waterrijk.samenspraak`."""
        return self.bundle_id.rpartition(".")[0]


def checked_name(name: str) -> str:
    """Raises `AppUnfit` (name-long, name-empty, name-letters)."""
    plain = " ".join(name.split())
    if not plain:
        raise AppUnfit("name-empty")
    if len(plain) > LONGEST_NAME:
        raise AppUnfit("name-long", name=plain, n=len(plain), most=LONGEST_NAME)
    if not plain.isprintable() or set(plain) & UNSAFE:
        raise AppUnfit("name-letters", name=plain)
    return plain


def checked_id(id: str) -> str:
    """An id that Android, iOS and Linux all take. Raises `AppUnfit` (id, id-word, id-example)."""
    parts = id.split(".")
    if len(parts) < 2 or len(id) > LONGEST_ID or not all(_PART.fullmatch(part) for part in parts):
        raise AppUnfit("id", id=id)
    if words := [part for part in parts if part in _KEYWORDS]:
        raise AppUnfit("id-word", id=id, word=words[0])
    if parts[:2] == ["com", "example"]:
        raise AppUnfit("id-example", id=id)
    return id


def checked_host(url: str) -> str:
    """The host of an https address that has nothing behind it. Raises `AppUnfit` (url)."""
    try:
        parts = urlsplit(url)
        bare = parts.scheme == "https" and parts.netloc == parts.hostname and parts.path in ("", "/")
    except ValueError:
        bare = False
    if not bare or parts.query or parts.fragment or "." not in (parts.hostname or ""):
        raise AppUnfit("url", url=url)
    return parts.netloc
