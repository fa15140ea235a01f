"""The audit as a whole: from one address to everything that is published, one finding after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pydantic import ValidationError

from audit.about_poll import audit_poll
from audit.claims import NoManifest, boards, claimed_by, receipt_finding, token_key_findings
from audit.finding import About, Check, Finding
from audit.source import NoAnswer, NotOurs, Source
from domain.errors import Distrusted, Refused
from protocol import paths
from protocol.canonical import b64, unb64
from protocol.manifest import Manifest
from protocol.manifest_trust import LARGEST, check_follows, read_manifest
from protocol.messages import KeysMessage
from protocol.signing import fingerprint

LARGEST_DOCUMENT = 8 * 1024 * 1024
NOBODY = About()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the one who audits has: a fingerprint from a letter, a receipt, what was there the last time."""

    address: str
    root_fingerprint: str | None = None
    receipt: bytes | None = None
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    source: Source
    asked: Asked
    now: datetime
    on_progress: Callable[[int, int], None]

    def fetch(self) -> bytes:
        """The manifest as it is at the address. Raises `NoManifest` or `NoAnswer`."""
        url = self.asked.address.rstrip("/") + paths.MANIFEST
        try:
            return self.source.get(url, LARGEST)
        except NotOurs as exc:
            raise NoManifest(url, exc.reason) from exc
        except Refused as exc:
            raise NoManifest(url, "refused") from exc

    def findings(self, raw: bytes) -> Iterator[Finding]:
        """Everything that can be looked at. Where the manifest itself is false, the rest means nothing."""
        url = self.asked.address.rstrip("/") + paths.MANIFEST
        claimed = claimed_by(raw, url)
        keys = [unb64(key) for key in claimed.root_keys()]
        known = self._known(keys)
        if known is None:
            yield NOBODY.failed(Check.FINGERPRINT, "other-fingerprint", found=fingerprint(keys[-1]))
            return
        yield self._fingerprint_finding(keys)
        try:
            manifest = read_manifest(raw, claimed.municipality, known)
        except Distrusted as exc:
            yield NOBODY.failed(Check.MANIFEST, exc.reason)
            yield from (f for f in token_key_findings(claimed) if f.reason)
            return
        yield NOBODY.held(Check.MANIFEST)
        yield from self._whole(manifest, raw)

    def _known(self, keys: list[bytes]) -> bytes | None:
        """The root key that the auditor knows; without a fingerprint whichever is first."""
        if self.asked.root_fingerprint is None:
            return keys[0]
        wanted = bare(self.asked.root_fingerprint)
        return next((key for key in keys if bare(fingerprint(key)) == wanted), None)

    def _fingerprint_finding(self, keys: list[bytes]) -> Finding:
        if self.asked.root_fingerprint is None:
            return NOBODY.not_asked(Check.FINGERPRINT, "no-fingerprint", found=fingerprint(keys[-1]))
        return NOBODY.held(Check.FINGERPRINT)

    def _whole(self, manifest: Manifest, raw: bytes) -> Iterator[Finding]:
        steps, done = len(manifest.polls) + 2, 0
        yield self._same_everywhere(manifest, raw)
        if self.asked.before is not None:
            yield self._follows(manifest, raw)
        self.on_progress(done := done + 1, steps)
        yield from self._server_keys(manifest)
        if manifest.style is not None:
            yield self._documents(manifest, About(), Check.STYLE, [manifest.style])[0]
        if self.asked.receipt is not None:
            yield receipt_finding(self.asked.receipt, manifest)
        yield from token_key_findings(manifest)
        self.on_progress(done := done + 1, steps)
        for poll in manifest.polls:
            about = About(poll.entry.id)
            names = [poll.entry.document, poll.state.result, poll.state.feedback]
            finding, found = self._documents(manifest, about, Check.DOCUMENTS, [n for n in names if n])
            yield finding
            if poll.entry.document in found:
                yield from audit_poll(self.source, manifest, poll, found, self.now)
            self.on_progress(done := done + 1, steps)

    def _same_everywhere(self, manifest: Manifest, raw: bytes) -> Finding:
        for base in boards(manifest):
            url = base + paths.MANIFEST
            try:
                if self.source.get(url, LARGEST) != raw:
                    return NOBODY.failed(Check.SAME_EVERYWHERE, "other-manifest", url=base)
            except NoAnswer:
                return NOBODY.unreachable(Check.SAME_EVERYWHERE, base)
            except (NotOurs, Refused):
                return NOBODY.failed(Check.SAME_EVERYWHERE, "no-manifest", url=base)
        return NOBODY.held(Check.SAME_EVERYWHERE)

    def _follows(self, manifest: Manifest, raw: bytes) -> Finding:
        before = self.asked.before or b""
        try:
            old = claimed_by(before, "")
            check_follows(old, before, manifest, raw)
        except NoManifest:
            return NOBODY.not_asked(Check.FOLLOWS, "memory-unreadable")
        except Distrusted as exc:
            return NOBODY.failed(Check.FOLLOWS, exc.reason)
        return NOBODY.held(Check.FOLLOWS)

    def _server_keys(self, manifest: Manifest) -> Iterator[Finding]:
        """Whether the servers say of themselves what the manifest says of them."""
        wanted = (
            (manifest.services.shuffler, None, manifest.keys.shuffler_signing),
            (
                manifest.services.ballot_box,
                manifest.keys.ballot_box_sealing,
                manifest.keys.ballot_box_signing,
            ),
        )
        for base, sealing, signing in wanted:
            try:
                found = KeysMessage.model_validate_json(self.source.get(base + paths.KEYS, LARGEST))
            except NoAnswer:
                yield NOBODY.unreachable(Check.SERVER_KEYS, base)
                return
            except (NotOurs, Refused, ValidationError):
                yield NOBODY.failed(Check.SERVER_KEYS, "no-keys", url=base)
                return
            if found.signing != signing or (sealing is not None and found.sealing != sealing):
                yield NOBODY.failed(Check.SERVER_KEYS, "other-keys", url=base)
                return
        yield NOBODY.held(Check.SERVER_KEYS)

    def _documents(
        self, manifest: Manifest, about: About, check: Check, names: list[str]
    ) -> tuple[Finding, dict[str, bytes]]:
        """Fetched from every board; those that are what their name says."""
        found: dict[str, bytes] = {}
        for base in boards(manifest):
            for name in names:
                try:
                    raw = self.source.get(base + paths.DOCUMENT.format(digest=name), LARGEST_DOCUMENT)
                except NoAnswer:
                    return about.unreachable(check, base), found
                except (NotOurs, Refused):
                    return about.failed(check, "document-missing", url=base), found
                if b64(sha256(raw).digest()) != name:
                    return about.failed(check, "document-false", url=base), found
                found[name] = raw
        return about.held(check), found


def bare(fingerprint_: str) -> str:
    """A fingerprint as one word: people type it with spaces, dashes, small letters."""
    return "".join(fingerprint_.replace("-", " ").split()).upper()
