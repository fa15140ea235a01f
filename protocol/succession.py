"""Successions: a root key names the next, so that whoever knows an old one can go on."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import Distrusted
from protocol.canonical import NotBase64, b64, canonical, unb64
from protocol.messages import B64, Message
from protocol.problems import Distrust
from protocol.signing import new_signing_key, sign, verify

DOMAIN = "samenspraak/succession/v1"
MOST = 16
"""A municipality has at most so many root keys after its first; a longer chain is refused before
any signature is checked."""


class Succession(Message):
    """The root key `old` says that `new` takes its place."""

    old: B64
    new: B64
    signature: B64


def sign_succession(municipality: str, old_private: bytes, new: bytes) -> Succession:
    """The old key's word for its successor, good in this municipality only. The same keys give the same word.

    `new`: the public key, 32 bytes.
    """
    old = new_signing_key(lambda _: old_private).public
    signature = sign(old_private, DOMAIN, _statement(municipality, b64(old), b64(new)))
    return Succession(old=b64(old), new=b64(new), signature=b64(signature))


def keys_of(successions: Sequence[Succession], first: str) -> tuple[str, ...]:
    """Every root key in the order of their use; `first` is the only one where there was no succession."""
    return (successions[0].old, *(one.new for one in successions)) if successions else (first,)


def key_now(successions: Sequence[Succession], municipality: str, known: bytes) -> bytes:
    """The root key that signs now, for a reader that knows this one or a later one than the first.

    Raises `Distrusted` unless the chain has at most `MOST` links, each signed by the key before it, none of
    its keys twice, and `known` among them.
    """
    if not successions:
        return known
    keys = keys_of(successions, "")
    if len(successions) > MOST or len(set(keys)) != len(keys) or b64(known) not in keys:
        raise Distrusted(Distrust.SIGNATURE)
    for last, link in zip(keys, successions, strict=False):
        if link.old != last or not _is_genuine(link, municipality):
            raise Distrusted(Distrust.SIGNATURE)
    return unb64(keys[-1])


def check_grown(before: Sequence[Succession], now: Sequence[Succession]) -> None:
    """Raise `Distrusted` unless the chain is the one that was seen before, or that one with more links."""
    if tuple(now[: len(before)]) != tuple(before):
        is_shorter = tuple(before[: len(now)]) == tuple(now)
        raise Distrusted(Distrust.ROLLED_BACK if is_shorter else Distrust.FORKED)


def _is_genuine(link: Succession, municipality: str) -> bool:
    try:
        old, new, signature = unb64(link.old), unb64(link.new), unb64(link.signature)
    except NotBase64:
        return False
    statement = _statement(municipality, link.old, link.new)
    return len(new) == len(old) and verify(old, DOMAIN, statement, signature)


def _statement(municipality: str, old: str, new: str) -> bytes:
    return canonical({"municipality": municipality, "old": old, "new": new})
