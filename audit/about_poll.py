"""What can be checked of one poll: its document, its list after closing, its result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from pydantic import ValidationError

from audit.finding import About, Check, Finding
from audit.source import NoAnswer, NotOurs, Source
from audit.tables import audit_tables
from domain.errors import Distrusted, PollInvalid, Refused
from domain.poll import Access, Poll
from domain.result import Counts
from protocol import paths
from protocol.canonical import NotBase64, unb64
from protocol.manifest import Manifest, ManifestPoll
from protocol.messages import ListMessage
from protocol.outcome import read_feedback, read_result
from protocol.poll_document import read_poll
from protocol.problems import Problem
from protocol.receipts import is_list_of

LARGEST_LIST = 32 * 1024 * 1024
"""Bytes: some 700,000 lines."""


def audit_poll(
    source: Source, manifest: Manifest, published: ManifestPoll, found: Mapping[str, bytes], now: datetime
) -> Iterator[Finding]:
    """`found`: documents by digest, genuine; the poll's own is among them."""
    about = About(published.entry.id)
    try:
        poll = read_poll(found[published.entry.document])
    except PollInvalid as exc:
        yield about.failed(Check.POLL, "poll-invalid", rule=exc.faults[0].rule)
        return
    yield _is_as_the_entry_says(poll, published, about)
    if published.state.cancelled:
        yield about.not_asked(Check.LIST_GENUINE, "cancelled")
        return
    if now < published.ends_at():
        yield about.not_yet(Check.LIST_GENUINE, "still-open", until=published.ends_at().isoformat())
        return
    lists: dict[str, ListMessage] = {}
    for kind in ("choices", "texts"):
        if published.entry.token_keys.has(kind):
            yield from _audit_list(source, manifest, About(about.poll, kind), lists)
    if (digest := published.state.result) is None:
        yield about.not_yet(Check.RESULT, "no-result")
    elif digest in found:
        yield from _audit_result(poll, about, found[digest], lists.get("choices"))
    if published.state.feedback in found:
        try:
            if read_feedback(found[published.state.feedback or ""]).poll != poll.id:
                yield about.failed(Check.DOCUMENTS, "feedback-of-other-poll")
        except Distrusted:
            yield about.failed(Check.DOCUMENTS, "not-feedback")


def _is_as_the_entry_says(poll: Poll, published: ManifestPoll, about: About) -> Finding:
    entry = published.entry
    same = (
        poll.id == entry.id
        and poll.opens_at == entry.opens_at
        and poll.closes_at == entry.closes_at
        and poll.grace.total_seconds() == entry.grace_hours * 3600
        and poll.access == entry.access
        and poll.segments == entry.segments
        and poll.has_text() == entry.token_keys.has("texts")
    )
    return about.held(Check.POLL) if same else about.failed(Check.POLL, "entry-differs")


def _audit_list(
    source: Source, manifest: Manifest, about: About, lists: dict[str, ListMessage]
) -> Iterator[Finding]:
    base, kind = manifest.services.ballot_box.rstrip("/"), about.kind or ""
    url = f"{base}{paths.LIST.format(poll=about.poll)}?kind={kind}"
    try:
        message = ListMessage.model_validate_json(source.get(url, LARGEST_LIST))
    except NoAnswer:
        yield about.unreachable(Check.LIST_GENUINE, base)
        return
    except (NotOurs, Refused, ValidationError) as exc:
        early = isinstance(exc, Refused) and exc.code == Problem.LIST_NOT_READY
        told = about.not_yet if early else about.failed
        yield told(Check.LIST_GENUINE, "list-not-ready" if early else "no-list", url=base)
        return
    if (message.poll, message.kind) != (about.poll, kind):
        yield about.failed(Check.LIST_GENUINE, "list-of-other-poll")
        return
    if not _is_genuine(message, manifest):
        yield about.failed(Check.LIST_GENUINE, "list-false")
        return
    lists[kind] = message
    yield about.held(Check.LIST_GENUINE)
    yield about.first(Check.LIST_ORDER, _order_faults(message.lines))
    if len(message.lines) == message.received:
        yield about.held(Check.LIST_LENGTH)
    else:
        numbers = {"lines": len(message.lines), "received": message.received}
        yield about.failed(Check.LIST_LENGTH, "list-length", **numbers)


def _order_faults(lines: tuple[str, ...]) -> list[tuple[str, dict[str, object]]]:
    faults: list[tuple[str, dict[str, object]]] = []
    if len(set(lines)) != len(lines):
        faults.append(("line-twice", {"count": len(lines) - len(set(lines))}))
    if list(lines) != sorted(lines):
        faults.append(("not-sorted", {}))
    return faults


def _is_genuine(message: ListMessage, manifest: Manifest) -> bool:
    try:
        return is_list_of(message, unb64(manifest.keys.ballot_box_signing))
    except NotBase64:
        return False


def _audit_result(poll: Poll, about: About, raw: bytes, listed: ListMessage | None) -> Iterator[Finding]:
    try:
        result = read_result(raw)
    except Distrusted:
        yield about.failed(Check.RESULT, "not-a-result")
        return
    if result.poll != poll.id:
        yield about.failed(Check.RESULT, "result-of-other-poll", other=result.poll)
        return
    yield about.held(Check.RESULT)
    yield about.first(Check.COUNTS, _count_faults(poll, result.counts, listed))
    yield from audit_tables(poll, result, about)


def _count_faults(
    poll: Poll, counts: Counts, listed: ListMessage | None
) -> list[tuple[str, dict[str, object]]]:
    """Numbers that contradict each other, or the list."""
    faults: list[tuple[str, dict[str, object]]] = []
    numbers = [getattr(counts, name) for name in Counts.__dataclass_fields__]
    if min(numbers) < 0:
        faults.append(("count-below-zero", {}))
    if counts.received > counts.issued:
        faults.append(("more-than-issued", {"received": counts.received, "issued": counts.issued}))
    if poll.access is Access.INVITED and counts.issued > counts.invited:
        faults.append(("more-than-invited", {"issued": counts.issued, "invited": counts.invited}))
    if counts.below_threshold > counts.received + counts.invalid:
        faults.append(("below-threshold", {"count": counts.below_threshold}))
    if listed is None:
        return faults
    # What could not be read when it was opened moves from "received" to "invalid": their sum stays.
    in_list, in_result = listed.received + listed.invalid, counts.received + counts.invalid
    if in_list != in_result or counts.received > listed.received:
        faults.append(("result-and-list", {"result": counts.received, "list": listed.received}))
    if (counts.late, counts.below_threshold) != (listed.late, listed.below_threshold):
        faults.append(("late-and-list", {}))
    return faults
