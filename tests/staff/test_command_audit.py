"""`samenspraak audit`: anybody checks what a municipality published, and reads what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from audit.finding import About, Check, Finding, Outcome
from demonstration.processes import free_ports
from i18n.wording import Wording
from protocol.canonical import unb64
from protocol.problems import Distrust
from protocol.signing import fingerprint
from staff.audit_sentences import HELD, MARKS, NOTHING_THERE, REASONS, finding_line
from tests.docs.reading import text_of
from tests.staff.conftest import failed
from tests.support.polls import document, raw

DUTCH = Wording("nl", "staff")


class Server(BaseHTTPRequestHandler):
    """Replies to everything with what the test put in `reply`: status, headers, body."""

    reply: tuple[int, dict[str, str], bytes]

    def do_GET(self) -> None:
        status, headers, body = type(self).reply
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hostile() -> Iterator[str]:
    """The address of a server that replies with whatever `Server.reply` is."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        ((200, {}, b"<html>Welkom</html>"), "is geen bekendmaking"),
        ((200, {}, b"\xff\xfe\xfd"), "is geen bekendmaking"),
        ((200, {}, b'{"manifest": ' + b"[" * 100_000), "is geen bekendmaking"),
        ((200, {}, b"x" * (1024 * 1024 + 1)), "is te groot voor een bekendmaking"),
        ((302, {"location": "http://127.0.0.1:1/"}, b""), "stuurt bezoekers door naar een ander adres"),
        ((200, {"content-encoding": "gzip"}, b"x"), "Dat is niet gevraagd"),
        ((404, {}, b"<html>"), "is geen server van Samenspraak"),
        (
            (404, {}, b'{"type": "urn:samenspraak:problem:not-found", "title": "x", "status": 404}'),
            "is nog niets gepubliceerd",
        ),
        ((503, {}, b""), "Er is niets gecontroleerd"),
    ],
)
def test_whatever_a_server_sends_is_answered_with_one_sentence(run, hostile, reply, sentence):
    Server.reply = reply
    done = run("audit", hostile)
    assert sentence in failed(done)
    assert done.stdout == ""


def test_a_server_that_is_not_there_is_told_as_a_network_in_trouble(run):
    said = failed(run("audit", f"http://127.0.0.1:{free_ports(1)[0]}"))
    assert "antwoordt niet. Er is niets gecontroleerd." in said


@pytest.mark.parametrize(
    "words",
    [
        ["waterrijk"],
        ["ftp://waterrijk.example"],
        ["http://["],
        ["https://waterrijk.example/?x=1"],
        ["https://waterrijk.example", "--root-fingerprint", "12 34"],
        [],
    ],
)
def test_what_was_typed_wrong_ends_with_code_two(run, words):
    failed(run("audit", *words), code=2)


def test_a_receipt_that_is_not_there_is_told(run, tmp_path):
    said = failed(run("audit", "http://127.0.0.1:1", "--receipt", tmp_path / "geen.json"))
    assert "geen.json" in said


def all_findings() -> Iterator[Finding]:
    for check in Check:
        yield Finding(check, Outcome.HELD, "kleur", "texts")
    everything = {
        name: "7"
        for sentence in REASONS.values()
        for name in sentence.split("{")[1:]
        for name in [name.split("}")[0]]
    }
    for reason in REASONS:
        yield About("kleur").failed(Check.RESULT, reason, **everything, more=2)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_finding_has_its_sentence(language):
    say = Wording(language, "staff")
    said = [finding_line(finding, say) for finding in all_findings()]
    assert len(set(said)) == len(said)
    assert not [line for line in said if "{" in line or "\n" in line]
    assert set(HELD) == set(Check)
    assert set(MARKS) == set(Outcome)


def test_every_reason_in_the_code_has_a_sentence_and_none_is_left_over():
    code = "".join(
        text_of(f"audit/{name}")
        for name in ("run.py", "claims.py", "about_poll.py", "tables.py", "finding.py")
    )
    distrust = {
        code.value for code in (Distrust.SIGNATURE, Distrust.MUNICIPALITY, Distrust.KEY, Distrust.FORKED)
    }
    distrust |= {Distrust.ROLLED_BACK.value, Distrust.CHANGED_POLL.value}
    for reason in {**REASONS, **NOTHING_THERE}:
        source = text_of("audit/source.py") if reason in NOTHING_THERE else ""
        assert f'"{reason}"' in code + source or reason in distrust, reason


def test_what_a_server_sends_cannot_steer_the_terminal():
    forged = About().failed(Check.SAME_EVERYWHERE, "other-manifest", url="http://x\x1b[2J\r\n\x9b31m\u202e")
    assert finding_line(forged, DUTCH).isprintable()


@pytest.fixture(scope="module")
def audited(town, tmp_path_factory):
    """A town of real processes in which one poll was published."""
    path = tmp_path_factory.mktemp("poll") / "peiling.json"
    path.write_bytes(raw(document()))
    town.publish(path)
    return town


@pytest.mark.processes
def test_anybody_audits_real_servers_without_keys_or_folder(run, audited, tmp_path):
    at = audited.office.addresses()
    known = fingerprint(unb64(audited.office.card().root_key))
    nowhere = {"office": tmp_path / "nowhere", "SAMENSPRAAK_PASSPHRASE_FILE": None}
    memory = tmp_path / "vorige-keer.json"

    for _ in range(2):
        done = run("audit", at.issuer, "--root-fingerprint", known, "--keep", memory, **nowhere)
        assert done.exit_code == 0, done.output
    assert "goed        De hoofdsleutel heeft de vingerafdruk die u gaf." in done.stdout
    assert "goed        Ze volgt op wat er de vorige keer stond" in done.stdout
    assert "nog niet    regiovervoer: Er kunnen nog antwoorden binnenkomen tot" in done.stdout
    assert not (tmp_path / "nowhere").exists()

    data = json.loads(run("audit", at.ballot_box, "--json", SAMENSPRAAK_LANG="en", **nowhere).stdout)
    assert data["held"] is True
    assert {found["outcome"] for found in data["findings"]} == {"held", "not-yet", "not-asked"}

    other = run("audit", at.issuer, "--root-fingerprint", "0" * 32, **nowhere)
    assert other.exit_code == 1
    assert "FOUT        De hoofdsleutel heeft een andere vingerafdruk dan u gaf" in other.stdout


@pytest.mark.processes
def test_a_silent_server_is_told_apart_from_a_false_one(run, audited):
    at = audited.office.addresses()
    audited.shuffler.stop()
    try:
        done = run("audit", at.issuer)
    finally:
        audited.start(audited.shuffler)
    assert done.exit_code == 1
    assert "stil        " in done.stdout
    assert "Eén kon niet worden bekeken." in done.stdout
    assert "FOUT" not in done.stdout
