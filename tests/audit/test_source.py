"""What a server may send: it is read to a limit, never obeyed, and trouble on the way is no verdict."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import httpx
import pytest

from audit.claims import NoManifest
from audit.finding import Check, Outcome
from audit.source import LONGEST, NoAnswer, NotOurs, Source, new_http_client
from domain.errors import Refused
from protocol import paths
from protocol.manifest_trust import LARGEST
from tests.audit.town_record import list_url
from tests.support.small_town import BALLOT_BOX, ISSUER

URL = "http://issuer.test/v1/manifest"


class Drip(httpx.SyncByteStream):
    """A body in pieces that never ends; `pieces` counts what was read of it."""

    def __init__(self, piece: bytes) -> None:
        self.piece, self.pieces = piece, 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.pieces += 1
            yield self.piece


def source(reply: httpx.Response, seconds: float = 0.0) -> Source:
    """A server that always replies this; each look at the clock is so many seconds later."""
    looks = iter(range(1_000_000))
    http = httpx.Client(transport=httpx.MockTransport(lambda _: reply))
    return Source(http, lambda: next(looks) * seconds)


def test_a_reply_without_end_is_read_no_further_than_its_limit():
    drip = Drip(b"x" * 1000)
    with pytest.raises(NotOurs) as refused:
        source(httpx.Response(200, stream=drip)).get(URL, 10_000)
    assert (refused.value.reason, drip.pieces) == ("too-large", 11)


def test_a_reply_that_drips_in_is_given_up_after_a_minute():
    drip = Drip(b"x")
    with pytest.raises(NoAnswer):
        source(httpx.Response(200, stream=drip), seconds=1.0).get(URL, 10_000)
    assert drip.pieces == int(LONGEST) + 1


def test_a_packed_reply_is_not_unpacked():
    packed = gzip.compress(b"0" * 10_000_000)
    reply = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(packed))
    with pytest.raises(NotOurs, match="packed"):
        source(reply).get(URL, 20_000_000)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status):
    elsewhere = {"location": "http://other.test/"}
    with pytest.raises(NotOurs, match="redirect"):
        source(httpx.Response(status, headers=elsewhere, stream=httpx.ByteStream(b""))).get(URL, 100)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_a_server_that_is_busy_or_ill_gave_no_answer(status):
    with pytest.raises(NoAnswer):
        source(httpx.Response(status)).get(URL, 100)


def test_a_refusal_counts_only_in_our_own_words():
    problem = b'{"type": "urn:samenspraak:problem:list-not-ready", "title": "x", "status": 404}'
    with pytest.raises(Refused, match="list-not-ready"):
        source(httpx.Response(404, stream=httpx.ByteStream(problem))).get(URL, 100)
    with pytest.raises(NotOurs, match="status"):
        source(httpx.Response(404, stream=httpx.ByteStream(b"<html>nothing</html>"))).get(URL, 100)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://x", "http://[", "nothing", ""])
def test_an_address_that_is_none_gives_no_answer_instead_of_a_crash(url):
    with new_http_client() as http, pytest.raises(NoAnswer):
        Source(http).get(url, 100)


def unplugged() -> httpx.Response:
    raise httpx.ConnectError("no network")


def test_network_trouble_is_not_a_fault_of_the_poll(record):
    for url in (BALLOT_BOX + paths.MANIFEST, BALLOT_BOX + paths.KEYS, list_url("choices"), list_url("texts")):
        silent = record.copy()
        silent.replies[url] = unplugged
        assert silent.faults() == set()
        assert [f.reason for f in silent.audit() if f.outcome is Outcome.UNREACHABLE] == ["no-answer"]
    record.replies[ISSUER + paths.MANIFEST] = unplugged
    with pytest.raises(NoAnswer):
        record.audit()


def test_a_list_that_is_not_ready_is_not_a_fault(record):
    problem = b'{"type": "urn:samenspraak:problem:list-not-ready", "title": "x", "status": 404}'
    record.replies[list_url("choices")] = lambda: httpx.Response(404, stream=httpx.ByteStream(problem))
    [waiting] = [f for f in record.audit() if f.outcome is Outcome.NOT_YET]
    assert (waiting.check, waiting.reason) == (Check.LIST_GENUINE, "list-not-ready")


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"[" * 200_000, b'{"poll": NaN}', b"null", b""])
def test_nonsense_in_the_place_of_a_list_is_named_as_no_list(record, raw):
    record.replies[list_url("choices")] = raw
    assert ("list-genuine", "no-list") in record.faults()


def test_a_list_of_polls_that_is_too_long_is_no_list_of_polls(record):
    record.replies[ISSUER + paths.MANIFEST] = b" " * (LARGEST + 1)
    with pytest.raises(NoManifest, match="too-large"):
        record.audit()
