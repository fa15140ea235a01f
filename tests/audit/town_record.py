"""Everything a small town published about a poll that was held, as real servers gave it; and forgeries."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import httpx

from audit.finding import Finding, Outcome
from audit.run import Asked, Audit
from audit.source import Source
from domain.answers import Answer, Chosen, Declined, Declining, Figure, Written
from domain.response import BallotKind
from domain.result import Counts, Result
from protocol import paths
from protocol.manifest import Manifest
from protocol.manifest_trust import sign_manifest
from protocol.messages import ListMessage
from protocol.outcome import ResultDocument, write_document
from protocol.poll_document import read_poll
from protocol.receipts import make_receipt, sign_list
from protocol.signing import fingerprint
from results.disclosure import release
from results.tally import tally
from tests.support.ballots import Voter
from tests.support.polls import raw
from tests.support.small_poll import small_poll
from tests.support.small_town import BALLOT_BOX, ISSUER, SHUFFLER, SmallTown, digest_of

POLL = "kleur"
YOUNG, OLD, WRITERS = 32, 24, 3
Reply = Callable[[], httpx.Response]


def poll_document() -> dict[str, Any]:
    """One question, broken down by age; a mark; free text."""
    ages = [{"id": id, "label": {"nl": id}} for id in ("jong", "oud")]
    more = [
        {"id": "leeftijd", "kind": "one", "prefer_not": True, "text": {"nl": "Hoe oud?"}, "options": ages},
        {"id": "cijfer", "kind": "mark", "text": {"nl": "Cijfer?"}},
        {"id": "tekst", "kind": "text", "required": False, "text": {"nl": "Nog iets?"}},
    ]
    tables = [{"question": id} for id in ("een", "leeftijd", "cijfer")]
    return small_poll(
        POLL,
        access="invited",
        segments=["kleur"],
        questions=[*small_poll()["questions"], *more],
        tables=[*tables, {"question": "een", "by": "leeftijd"}],
    )


def answers() -> list[dict[str, Answer]]:
    young = {"een": Chosen(("rood",)), "leeftijd": Chosen(("jong",)), "cijfer": Figure(7)}  # type: ignore[arg-type]
    old = {**young, "leeftijd": Chosen(("oud",))}
    other = {"een": Chosen(("blauw",))}
    silent = {**old, "leeftijd": Declined(Declining.PREFER_NOT)}
    blue = [{**young, **other} for _ in range(12)] + [{**old, **other} for _ in range(12)]
    return [*blue, *[young] * (YOUNG - 12), *[old] * (OLD - 12 - 3), *[silent] * 3]


async def hold_poll(town: SmallTown) -> TownRecord:
    """Publish, answer, close, count, and write down what every public address says."""
    entry = await town.publish_poll(poll_document())
    envelopes = []
    for given in answers():
        voter = Voter(town, entry)
        envelopes.append(voter.envelope(sealed=voter.seal(answers=given)))
    for _ in range(WRITERS):
        writer = Voter(town, entry, BallotKind.TEXTS)
        envelopes.append(writer.envelope(sealed=writer.seal(answers={"tekst": Written("Groen!")})))
    for envelope in envelopes:
        headers = {"content-type": "application/octet-stream"}
        reply = await town.http.post(SHUFFLER + paths.ENVELOPES, content=envelope, headers=headers)
        assert reply.status_code in (200, 201), reply.text
    await town.mix()
    town.clock.advance(days=60)
    await _publish_result(town)
    replies = await _fetch_everything(town)
    receipt = make_receipt(envelopes[0], town.keys["shuffler"].signing_private).model_dump_json().encode()
    return TownRecord(town, town.manifest, replies, receipt, town.clock())


async def _publish_result(town: SmallTown) -> None:
    poll = read_poll(raw(poll_document()))
    reply = await town.http.get(BALLOT_BOX + paths.LIST.format(poll=POLL))
    listed = ListMessage.model_validate_json(reply.content)
    counts = Counts(100, 80, listed.received, listed.invalid, listed.late, listed.below_threshold)
    result = Result(POLL, counts, release(poll, tally(poll, answers()), counts))
    document = write_document(ResultDocument.from_domain(result))
    town.documents[digest_of(document)] = document
    await town.change_poll(POLL, result=digest_of(document))


async def _fetch_everything(town: SmallTown) -> dict[str, bytes]:
    urls = [base + paths.KEYS for base in (SHUFFLER, BALLOT_BOX)]
    for base in (ISSUER, BALLOT_BOX):
        urls.append(base + paths.MANIFEST)
        urls += [base + paths.DOCUMENT.format(digest=name) for name in town.manifest.documents()]
    urls += [list_url(kind) for kind in ("choices", "texts")]
    return {url: (await town.http.get(url)).raise_for_status().content for url in urls}


def list_url(kind: str) -> str:
    return f"{BALLOT_BOX}{paths.LIST.format(poll=POLL)}?kind={kind}"


@dataclass
class TownRecord:
    """`replies`: by URL. Forge something with the methods, then `audit` it. `copy` first."""

    town: SmallTown
    manifest: Manifest
    replies: dict[str, bytes | Reply]
    receipt: bytes
    now: datetime
    progress: list[tuple[int, int]] = field(default_factory=list)

    def copy(self) -> TownRecord:
        return replace(self, replies=copy(self.replies), progress=[])

    @property
    def root_fingerprint(self) -> str:
        return fingerprint(self.town.root.public)

    def audit(self, **asked: Any) -> list[Finding]:
        with httpx.Client(transport=httpx.MockTransport(self.answer)) as http:
            tell = lambda done, total: self.progress.append((done, total))  # noqa: E731
            asked = {"root_fingerprint": self.root_fingerprint, **asked}
            work = Audit(Source(http), Asked(ISSUER, **asked), self.now, tell)
            return list(work.findings(work.fetch()))

    def faults(self, **asked: Any) -> set[tuple[str, str]]:
        """(check, reason) of everything that did not hold."""
        return {(f.check.value, f.reason) for f in self.audit(**asked) if f.outcome is Outcome.FAILED}

    def answer(self, request: httpx.Request) -> httpx.Response:
        reply = self.replies.get(str(request.url))
        if callable(reply):
            return reply()
        found = httpx.ByteStream(reply or b"{}")  # to be read in pieces, as from a network
        return httpx.Response(200 if reply is not None else 404, stream=found)

    def publish(self, manifest: Manifest, *bases: str) -> None:
        """As the municipality would, with its root key."""
        for base in bases or (ISSUER, BALLOT_BOX):
            self.replies[base + paths.MANIFEST] = sign_manifest(manifest, self.town.root.private)
        self.manifest = manifest

    def change_entry(self, **changes: Any) -> None:
        [poll] = self.manifest.polls
        entry = poll.entry.model_copy(update=changes)
        self.publish(self.manifest.model_copy(update={"polls": (poll.model_copy(update={"entry": entry}),)}))

    def put_document(self, document: bytes) -> str:
        name = digest_of(document)
        for base in (ISSUER, BALLOT_BOX):
            self.replies[base + paths.DOCUMENT.format(digest=name)] = document
        return name

    def result(self) -> dict[str, Any]:
        [poll] = self.manifest.polls
        found = self.replies[ISSUER + paths.DOCUMENT.format(digest=poll.state.result)]
        return ResultDocument.model_validate_json(found).model_dump(mode="json")

    def change_result(self, change: Callable[[dict[str, Any]], None]) -> None:
        data = self.result()
        change(data)
        name = self.put_document(write_document(ResultDocument.model_validate(data)))
        self.change_state(result=name)

    def change_state(self, **changes: Any) -> None:
        [poll] = self.manifest.polls
        state = poll.state.model_copy(update=changes)
        self.publish(self.manifest.model_copy(update={"polls": (poll.model_copy(update={"state": state}),)}))

    def change_list(self, private: bytes | None = None, **changes: Any) -> None:
        """Another list, signed by the ballot box, or with another key."""
        found = ListMessage.model_validate_json(self.replies[list_url("choices")])
        key = private or self.town.keys["ballot-box"].signing_private
        forged = sign_list(found.model_copy(update=changes), key)
        self.replies[list_url("choices")] = forged.model_dump_json().encode()

    def lines(self) -> tuple[str, ...]:
        return ListMessage.model_validate_json(self.replies[list_url("choices")]).lines
