"""Is the log of actions as it was written? Needs no passphrase: public keys and digests are enough."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from protocol.canonical import NotBase64, NotCanonical, canonical, unb64
from protocol.municipality import MunicipalityCard
from protocol.signing import verify
from staff.action_log import BEFORE_THE_FIRST, DOMAIN, STARTING, digest_of, head_of, is_accepted, whole_lines

_FORM = {
    "number": int,
    "previous": str,
    "at": str,
    "action": str,
    "details": dict,
    "key": str,
    "signature": str,
}
_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError, NotBase64, NotCanonical)
NAMES_A_MANIFEST = ("manifest", "manifest-fetched", "log-started")


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line that is wrong, and why.

    `half`: not written to its end. `changed`: not as it was signed, or signed by no key of that moment.
    `missing`: lines before it are gone, doubled or in another order. `start`: no first line.
    `keys`, `manifest`, `head`: the end does not fit the keys or the manifest of the folder, or what staff
    wrote down: lines at the end are gone, or all was written anew.
    """

    number: int
    reason: str


def check(
    raw: bytes, card: MunicipalityCard, manifest_digest: str | None = None, head: str | None = None
) -> Broken | None:
    """The first fault of the log `raw`, or None.

    `manifest_digest`: of the manifest in the folder. `head`: what staff wrote down earlier (`head_of`).
    """
    lines = whole_lines(raw)
    keys: dict[str, str] = {}
    previous, named = BEFORE_THE_FIRST, None
    for number, line in enumerate(lines, start=1):
        try:
            entry = _read(line)
            if entry["number"] != number or entry["previous"] != previous:
                return Broken(number, "missing")
            _verify(entry, keys)
        except _MALFORMED:
            return Broken(number, "changed")
        if entry["action"] in NAMES_A_MANIFEST:
            named = entry["details"].get("digest", named)
        previous = digest_of(line)
    if not raw.endswith(b"\n"):
        return Broken(len(lines) + 1, "half" if raw else "start")
    if keys != public_keys(card):
        return Broken(len(lines), "keys")
    if head and not _has_head(lines, head):
        return Broken(len(lines), "head")
    if manifest_digest is not None and named != manifest_digest:
        return Broken(len(lines), "manifest")
    return None


def digest_of_file(path: Path) -> str | None:
    return digest_of(path.read_bytes()) if path.exists() else None


def public_keys(card: MunicipalityCard) -> dict[str, str]:
    return {"root": card.root_key, **card.staff.model_dump()}


def _read(line: bytes) -> dict[str, Any]:
    """The line in the one form it can have. Raises one of `_MALFORMED`."""
    entry: dict[str, Any] = json.loads(line)
    if canonical(entry) != line or {name: type(value) for name, value in entry.items()} != _FORM:
        raise ValueError("not as it was written")
    return entry


def _verify(entry: dict[str, Any], keys: dict[str, str]) -> None:
    """Check the signature, and learn of new keys. Raises one of `_MALFORMED`."""
    details = entry["details"]
    if not keys:
        if entry["action"] not in STARTING:
            raise ValueError("no first line")
        keys.update(details["keys"])
    body = {name: value for name, value in entry.items() if name != "signature"}
    if not verify(unb64(keys[entry["key"]]), DOMAIN, canonical(body), unb64(entry["signature"])):
        raise ValueError("not signed")
    if entry["action"] == "key-replaced":
        right, new = details["right"], details["new"]
        if not is_accepted(right, keys[right], new, details["accepted"]):
            raise ValueError("not accepted by the new key")
        keys[right] = new


def _has_head(lines: list[bytes], head: str) -> bool:
    number, _, _ = head.partition("-")
    at = int(number) if number.isdecimal() else 0
    return 0 < at <= len(lines) and head_of(at, lines[at - 1]) == head.strip().upper()
