"""The door for staff: opens for the right key, over this very request, now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms

from protocol import paths
from protocol.problems import Problem
from protocol.signing import new_signing_key
from protocol.staff_requests import COVERED, TAG, SignedRequest
from server.door import UNLIMITED, Door
from server.issuer import create_issuer
from tests.support.polls import document
from tests.support.problems import refused
from tests.support.real_http import served
from tests.support.small_town import BALLOT_BOX, ISSUER, SmallTown, digest_of

PAPER = b"a document"
PUT = ISSUER + paths.STAFF_DOCUMENT.format(digest=digest_of(PAPER))
STAFF_ROUTES = [
    ("PUT", PUT, "publishing"),
    ("PUT", ISSUER + paths.STAFF_MANIFEST, "publishing"),
    ("PUT", BALLOT_BOX + paths.STAFF_MANIFEST, "publishing"),
    ("POST", ISSUER + paths.STAFF_TOKEN_KEYS.format(poll="regiovervoer"), "publishing"),
    ("POST", ISSUER + paths.STAFF_INVITATIONS, "invitation"),
    ("GET", ISSUER + paths.STAFF_ISSUED.format(poll="regiovervoer"), "counting"),
    ("GET", BALLOT_BOX + paths.STAFF_BALLOTS.format(poll="regiovervoer"), "counting"),
]


async def test_a_signed_request_goes_through(waterrijk: SmallTown):
    """The control of every refusal below."""
    assert (await waterrijk.signed("PUT", PUT, body=PAPER)).status_code == 204
    assert (await waterrijk.http.get(f"{ISSUER}/v1/documents/{digest_of(PAPER)}")).content == PAPER


@pytest.mark.parametrize(("method", "url", "right"), STAFF_ROUTES)
async def test_every_route_of_staff_asks_for_a_signature_of_its_own_right(
    waterrijk: SmallTown, method: str, url: str, right: str
):
    waterrijk.entry(document())
    waterrijk.give_token_keys()
    json = "application/json" if url.endswith("invitations") else "application/octet-stream"
    body = b'{"invitations": []}' if url.endswith("invitations") else b""
    unsigned = await waterrijk.http.request(method, url, content=body, headers={"content-type": json})
    assert refused(unsigned) is Problem.SIGNATURE_INVALID
    for other in {"publishing", "invitation", "counting"} - {right}:
        reply = await waterrijk.signed(method, url, other, body, media_type=json)
        assert refused(reply) is Problem.RIGHT_MISSING
    allowed = await waterrijk.signed(method, url, right, body, media_type=json)
    assert allowed.status_code not in (401, 403), allowed.text


def test_no_route_of_staff_is_missing_above(waterrijk: SmallTown):
    found = set()
    for app in (waterrijk.issuer, waterrijk.ballot_box, waterrijk.shuffler):
        for path, operations in app.openapi()["paths"].items():
            if path.startswith("/v1/staff/"):
                found |= {(method.upper(), path.split("/")[-1]) for method in operations}
    assert found == {(method, url.split("/")[-1]) for method, url, _ in STAFF_ROUTES[1:]} | {
        ("PUT", "{digest}")
    }


async def test_a_body_that_was_changed_on_the_way_is_refused(waterrijk: SmallTown):
    other = b"another document"
    request = waterrijk.request("PUT", PUT, body=PAPER)
    forged = waterrijk.http.build_request("PUT", PUT, content=other, headers=request.headers)
    forged.headers["content-length"] = str(len(other))
    assert refused(await waterrijk.http.send(forged)) is Problem.SIGNATURE_INVALID


@pytest.mark.parametrize("minutes", [-7, -60, 2, 60])
async def test_a_signature_of_another_moment_is_refused(waterrijk: SmallTown, minutes: float):
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    assert refused(await waterrijk.signed("PUT", PUT, body=PAPER, at=at)) is Problem.SIGNATURE_INVALID


async def test_a_signature_cannot_make_itself_last_longer(waterrijk: SmallTown):
    """Neither to be good for hours nor for ever."""
    key = Ed25519PrivateKey.from_private_bytes(waterrijk.staff["publishing"].private)
    keys = MappingKeyResolver(public_keys={}, private_keys={"publishing": key})
    now = datetime.now(UTC).replace(microsecond=0)
    for made, until, accepted in ((7, now + timedelta(hours=1), False), (7, None, False), (1, None, True)):
        headers = {"content-type": "application/octet-stream"}
        request = waterrijk.http.build_request("PUT", PUT, content=PAPER, headers=headers)
        HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys).sign(
            SignedRequest("PUT", PUT, request.headers),
            key_id="publishing",
            created=now - timedelta(minutes=made),
            expires=until,
            tag=TAG,
            covered_component_ids=COVERED,
            body=PAPER,
        )
        reply = await waterrijk.http.send(request)
        assert (reply.status_code == 204) is accepted, (made, until)


@pytest.mark.parametrize("seconds", [-240, -30, 30])
async def test_a_clock_that_is_half_a_minute_off_locks_nobody_out(waterrijk: SmallTown, seconds: float):
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    assert (await waterrijk.signed("PUT", PUT, body=PAPER, at=at)).status_code == 204


async def test_a_request_to_one_server_is_no_good_at_another(waterrijk: SmallTown):
    request = waterrijk.request("PUT", PUT, body=PAPER)
    there = PUT.replace(ISSUER, BALLOT_BOX)
    del request.headers["host"]
    moved = waterrijk.http.build_request("PUT", there, content=PAPER, headers=request.headers)
    assert refused(await waterrijk.http.send(moved)) is Problem.SIGNATURE_INVALID


async def test_a_signature_is_for_one_path(waterrijk: SmallTown):
    request = waterrijk.request("GET", f"{ISSUER}/v1/staff/polls/regiovervoer/issued", "counting")
    request.url = request.url.copy_with(path="/v1/staff/polls/buurt/issued")
    assert refused(await waterrijk.http.send(request)) is Problem.SIGNATURE_INVALID


async def test_a_key_nobody_knows_opens_nothing(waterrijk: SmallTown):
    waterrijk.staff["publishing"] = new_signing_key()
    assert refused(await waterrijk.signed("PUT", PUT, body=PAPER)) is Problem.SIGNATURE_INVALID


@pytest.mark.parametrize(
    "headers",
    [
        {"signature": "x", "signature-input": "x"},
        {"signature": "staff=:AA==:", "signature-input": "staff=()"},
        {"signature": "staff=:AA==:", "signature-input": 'staff=("@method");keyid="publishing"'},
        {"signature": "staff=1", "signature-input": 'staff=("@method");created=9e99'},
        {"signature": '"', "signature-input": "(((", "content-digest": "::::"},
    ],
)
async def test_nonsense_in_the_signature_is_refused_not_a_crash(waterrijk: SmallTown, headers):
    headers = {"content-type": "application/octet-stream", **headers}
    reply = await waterrijk.http.put(PUT, content=PAPER, headers=headers)
    assert refused(reply) is Problem.SIGNATURE_INVALID


async def test_nonsense_beside_a_good_signature_is_refused_not_a_crash(waterrijk: SmallTown):
    for name, value in (
        ("content-digest", "sha-256=:AA==:"),
        ("content-digest", "md5=1"),
        ("signature-input", 'staff=();created=99999999999999999;keyid="publishing"'),
        ("signature", "staff=:AAAA:"),
    ):
        request = waterrijk.request("PUT", PUT, body=PAPER)
        request.headers[name] = value
        assert refused(await waterrijk.http.send(request)) is Problem.SIGNATURE_INVALID, name


async def test_the_poll_itself_is_never_touched_by_a_refused_request(waterrijk: SmallTown):
    waterrijk.entry(document())
    before = await waterrijk.publish()
    raw = waterrijk.sign()
    assert (
        refused(await waterrijk.signed("PUT", ISSUER + paths.STAFF_MANIFEST, "counting", raw))
        is Problem.RIGHT_MISSING
    )
    assert (await waterrijk.http.get(ISSUER + paths.MANIFEST)).content == before


@pytest.mark.parametrize("knows_itself", [True, False])
async def test_a_request_replayed_at_another_server_with_the_host_it_was_signed_for_is_refused(
    waterrijk: SmallTown, knows_itself: bool
):
    """And the control: an issuer that took the ballot box's name for its own would take the request too."""
    names = (ISSUER,) if knows_itself else (ISSUER, BALLOT_BOX)
    app = create_issuer(waterrijk.folder, waterrijk.card, waterrijk.clock, Door(names, UNLIMITED))
    request = waterrijk.request("PUT", PUT.replace(ISSUER, BALLOT_BOX), body=PAPER)
    assert (await waterrijk.http.send(request)).status_code == 204, "where it was meant to go"
    with served(app) as issuer:
        async with httpx.AsyncClient() as http:
            moved = http.build_request("PUT", issuer + request.url.path, content=PAPER)
            moved.headers = request.headers  # Host with them
            reply = await http.send(moved)
    assert moved.headers["host"] == "ballot-box.test"
    if knows_itself:
        assert refused(reply) is Problem.SIGNATURE_INVALID
    else:
        assert reply.status_code == 204


async def test_a_server_that_was_told_no_name_of_its_own_takes_nothing_from_staff(waterrijk: SmallTown):
    app = create_issuer(waterrijk.folder, waterrijk.card, waterrijk.clock, Door())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
        reply = await http.send(waterrijk.request("PUT", PUT, body=PAPER))
    app.state.engine.dispose()
    assert refused(reply) is Problem.SIGNATURE_INVALID


async def test_behind_a_proxy_that_speaks_another_name_inside_staff_are_let_in(waterrijk: SmallTown):
    """What counts is what was signed, not what the proxy put in the Host header."""
    request = waterrijk.request("PUT", PUT, body=PAPER)
    request.headers["host"] = "127.0.0.1:8401"
    assert (await waterrijk.http.send(request)).status_code == 204
