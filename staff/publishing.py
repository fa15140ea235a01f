"""Publishing: polls, early closing, results and feedback, all under the root key's signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.poll import Poll
from protocol.manifest import Manifest, ManifestPoll, PollEntry, PollState, ServerKeys, Services, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.outcome import FeedbackDocument, ResultDocument, write_document
from protocol.poll_document import read_poll
from protocol.sealing import public_of
from staff.office import Office
from staff.servers import Servers


class AlreadyPublished(Exception):
    """A published poll never changes: cancel it and publish another."""


class ResultPublished(Exception):
    """A poll has one result: what differs between two would tell of a few people."""


class NotPublished(Exception):
    """There is no such poll in the manifest."""


@dataclass(frozen=True, slots=True)
class Publishing:
    office: Office
    servers: Servers

    def publish(self, raw: bytes) -> Poll:
        """Put a poll file in the manifest. Raises `PollInvalid`, `AlreadyPublished`, `SyncError`.

        Cut off anywhere, it can be run again: nothing is visible before the manifest is.
        """
        poll = read_poll(raw)
        manifest = self._manifest()
        before = manifest.poll(poll.id)
        digest = self.office.keep_document(raw)
        if before is not None:
            if before.entry.document != digest:
                raise AlreadyPublished(poll.id)
        else:
            keys = self.servers.token_keys(poll.id)
            token_keys = TokenKeys(choices=keys.choices, texts=keys.texts if poll.has_text() else None)
            counting_key = public_of(self.office.new_counting_key(poll.id))
            entry = PollEntry.of(poll, digest, token_keys, counting_key)
            manifest = manifest.model_copy(update={"polls": (*manifest.polls, ManifestPoll(entry=entry))})
        self._put(manifest, "poll", poll.id)
        return poll

    def set_style(self, raw: bytes) -> None:
        """Publish a house style document."""
        digest = self.office.keep_document(raw)
        self._put(self._manifest().model_copy(update={"style": digest}), "style")

    def close(self, poll: str, at: datetime) -> None:
        """End a poll earlier than published. Answers on their way still count until the end of grace."""
        self._change(poll, "closed", closed_at=at)

    def cancel(self, poll: str) -> None:
        """Withdraw a poll: no answer counts, and the app no longer shows it."""
        self._change(poll, "cancelled", cancelled=True)

    def check_only_result(self, document: ResultDocument) -> None:
        """Raise `ResultPublished` if the poll has another result already."""
        published = self._manifest().poll(document.poll)
        there = published.state.result if published else None
        if there is not None and self.office.document(there) != write_document(document):
            raise ResultPublished(document.poll)

    def publish_result(self, document: ResultDocument) -> None:
        """The same one again is fine. Raises `ResultPublished` for another."""
        self.check_only_result(document)
        self._change(document.poll, "result", result=self.office.keep_document(write_document(document)))

    def publish_feedback(self, document: FeedbackDocument) -> None:
        self._change(document.poll, "feedback", feedback=self.office.keep_document(write_document(document)))

    def publish_speech(self, poll: str, raw: bytes) -> None:
        """The voice of a poll (`protocol.speech`); another one takes its place."""
        self._change(poll, "speech", speech=self.office.keep_document(raw))

    def _change(self, poll: str, because: str, **changes: object) -> None:
        manifest = self._manifest()
        if manifest.poll(poll) is None:
            raise NotPublished(poll)
        polls = tuple(
            p.model_copy(update={"state": PollState(**{**p.state.model_dump(), **changes})})
            if p.entry.id == poll
            else p
            for p in manifest.polls
        )
        self._put(manifest.model_copy(update={"polls": polls}), because, poll)

    def _manifest(self) -> Manifest:
        """The last one with the addresses as they are now, or the start of the first."""
        card, addresses = self.office.card(), self.office.addresses()
        services = Services(
            issuer=addresses.issuer,
            shuffler=addresses.shuffler,
            ballot_box=addresses.ballot_box,
            mirror=addresses.ballot_box,
        )
        if (last := self.office.manifest()) is not None:
            return last.model_copy(update={"services": services, "telephone": addresses.telephone})
        shuffler = self.servers.keys(addresses.shuffler)
        box = self.servers.keys(addresses.ballot_box)
        return Manifest(
            municipality=card.id,
            name=card.name,
            root_key=card.root_key,
            sequence=1,
            issued_at=self.office.now(),
            services=services,
            telephone=addresses.telephone,
            keys=ServerKeys(
                shuffler_signing=shuffler.signing,
                ballot_box_sealing=box.sealing or "",
                ballot_box_signing=box.signing,
            ),
        )

    def _put(self, manifest: Manifest, because: str, poll: str = "") -> None:
        """Sign the manifest under the next number, keep it, and put it on the boards.

        An unchanged manifest keeps its number and is only put again. Nothing is sent that is not in the log.
        """
        self.put_signed_by(self.office.private_key("root"), manifest, because, poll)

    def put_signed_by(self, root: bytes, manifest: Manifest, because: str, poll: str = "") -> None:
        """The same, with the private `root` key of this moment."""
        last = self.office.manifest()
        if last is None or manifest != last:
            sequence = last.sequence + 1 if last else 1
            manifest = manifest.model_copy(update={"sequence": sequence, "issued_at": self.office.now()})
            self.office.keep_manifest(sign_manifest(manifest, root))
        self.office.record_manifest(root, because, poll)
        raw = (self.office.folder / "manifest.json").read_bytes()
        for digest in sorted(manifest.documents()):
            self.servers.put_document(digest, self.office.document(digest))
        self.servers.put_manifest(raw)
