"""Invitations: every letter that exists has a code that works, and says a day on which it does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from protocol.manifest import ManifestPoll, PollEntry, PollState, TokenKeys
from staff.dutch_time import end_of, last_whole_day
from staff.inviting import InvitationUnfit, Terms, held_back
from tests.staff.conftest import DAY, NOW, failed, iso

CLOSES_AT = datetime(2026, 12, 31, 16, tzinfo=UTC)
DURING = datetime(2026, 12, 1, tzinfo=UTC)


def a_poll(segments: tuple[str, ...] = ("vervoer",), **state: object) -> ManifestPoll:
    entry = PollEntry(
        id="regiovervoer",
        document="A" * 43,
        opens_at=datetime(2026, 11, 1, tzinfo=UTC),
        closes_at=CLOSES_AT,
        grace_hours=72,
        access="invited",
        segments=segments,
        token_keys=TokenKeys(choices="A"),
        counting_key="A",
    )
    return ManifestPoll(entry=entry, state=PollState(**state))


@pytest.mark.parametrize(
    ("closes_at", "day"),
    [
        ("2026-12-31T16:00+00:00", "2026-12-30"),  # 17:00 in winter: not until midnight
        ("2026-12-31T23:00+00:00", "2026-12-31"),  # midnight in winter
        ("2026-12-31T22:59+00:00", "2026-12-30"),
        ("2026-06-30T22:00+00:00", "2026-06-30"),  # midnight in summer
        ("2026-06-30T23:00+00:00", "2026-06-30"),
        ("2026-07-01T00:00+02:00", "2026-06-30"),
    ],
)
def test_the_letter_names_the_last_day_on_which_the_poll_is_open_until_midnight(closes_at, day):
    moment = datetime.fromisoformat(closes_at)

    assert last_whole_day(moment) == date.fromisoformat(day)
    assert end_of(last_whole_day(moment)) <= moment < end_of(last_whole_day(moment) + timedelta(days=1))


def test_a_code_is_for_the_poll_s_segments_until_it_closes_unless_staff_say_otherwise():
    terms = Terms.of(a_poll(), (), None, DURING)
    assert (terms.segments, terms.expires_at, terms.closes_on) == (
        ("vervoer",),
        CLOSES_AT,
        date(2026, 12, 30),
    )

    terms = Terms.of(a_poll(), ("vervoer", "jong"), date(2026, 12, 10), DURING)
    assert terms.segments == ("vervoer", "jong")
    assert terms.expires_at == datetime(2026, 12, 10, 23, tzinfo=UTC)
    assert terms.closes_on == date(2026, 12, 10)

    assert Terms.of(a_poll(), (), date(2030, 1, 1), DURING).closes_on == date(2026, 12, 30)
    closing_early = a_poll(closed_at=datetime(2026, 12, 5, 12, tzinfo=UTC))
    assert Terms.of(closing_early, (), None, DURING).closes_on == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("poll", "segments", "valid_until", "now", "reason"),
    [
        (a_poll(), (), None, CLOSES_AT, "ended"),
        (a_poll(cancelled=True), (), None, DURING, "ended"),
        (a_poll(), (), None, CLOSES_AT - timedelta(hours=1), "past"),
        (a_poll(), (), date(2026, 11, 30), DURING, "past"),
        (a_poll(), (), date(2026, 10, 30), datetime(2026, 10, 1, tzinfo=UTC), "before-opening"),
        (a_poll(), ("jong",), None, DURING, "segments"),
    ],
)
def test_letters_that_would_be_of_no_use_are_not_made(poll, segments, valid_until, now, reason):
    with pytest.raises(InvitationUnfit) as unfit:
        Terms.of(poll, segments, valid_until, now)
    assert unfit.value.reason == reason


def test_a_poll_for_everybody_takes_any_segment():
    assert Terms.of(a_poll(segments=()), ("jong",), None, DURING).segments == ("jong",)


@pytest.fixture
def poll(publish_locally):
    return publish_locally("regiovervoer", opens_at=iso(NOW - DAY), closes_at=iso(NOW + 9 * DAY))


@pytest.fixture
def out(tmp_path):
    """Where letters go; nothing else is there."""
    folder = tmp_path / "druk"
    folder.mkdir()
    return folder


def test_when_the_issuer_does_not_answer_no_letter_remains(run, office, poll, out):
    words = ("invite", "regiovervoer", "--count", 3, "--letters", out / "b.pdf", "--csv", out / "c.csv")

    said = failed(run(*words))

    assert f"De server {office.addresses().issuer} antwoordt niet." in said
    assert said.endswith("Er zijn geen brieven bewaard.\n")
    assert list(out.iterdir()) == []


def test_letters_that_are_there_are_not_overwritten(run, poll, out):
    words = ("invite", "regiovervoer", "--count", 3, "--letters", out / "b.pdf", "--csv", out / "c.csv")
    for there in ("b.pdf", "c.csv", "c.csv.part"):
        (out / there).write_text("eerder")

        assert f"Het bestand {out / there} bestaat al. Er is niets veranderd." in failed(run(*words))
        assert {path.name: path.read_text() for path in out.iterdir()} == {there: "eerder"}
        (out / there).unlink()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--count", 3), "Geef --letters, --csv of allebei"),
        (("--count", 3, "--csv", "x", "--letters", "x"), "Geef --letters, --csv of allebei"),
        (("--count", 0, "--csv", "x"), "De waarde bij --count is niet bruikbaar."),
        (("--csv", "x"), "--count ontbreekt."),
        (("--count",), "Achter --count ontbreekt een waarde."),
        (("--count", 3, "--csv", "x", "--segment", "Ver voer"), "--segment: Gebruik kleine letters"),
        (("--count", 3, "--csv", "x", "--valid-until", "morgen"), "--valid-until: Schrijf een datum"),
        (("--count", 3, "--csv", "x", "--language", "fr"), "De waarde bij --language is niet bruikbaar."),
        (("--aantal", 3), "Er is geen optie --aantal."),
    ],
)
def test_what_was_typed_wrong_is_said(words, said, run, poll):
    assert failed(run("invite", "regiovervoer", *words), code=2).startswith(said)


def test_a_segment_that_is_not_the_poll_s_is_refused(run, poll, out):
    words = ("invite", "regiovervoer", "--count", 3, "--segment", "jong", "--csv", out / "c.csv")
    assert "Deze doelgroepen horen niet bij de peiling." in failed(run(*words))


def test_a_letter_that_cannot_be_printed_is_said(run, publish_locally, out):
    publish_locally(
        "lang", opens_at=iso(NOW), closes_at=iso(NOW + 9 * DAY), title={"nl": "Ja " * 120, "en": "🚌"}
    )
    words = ("invite", "lang", "--count", 3, "--letters", out / "b.pdf")

    assert "samen te lang voor een brief" in failed(run(*words))
    assert "Deze tekens kunnen niet in een brief staan: 🚌" in failed(run(*words, "--language", "en"))
    assert list(out.iterdir()) == []


def test_held_back_files_appear_together_at_the_end_and_not_before(out):
    paths = (out / "b.pdf", out / "c.csv")
    with held_back(paths) as parts:
        for part in parts:
            part.write_text("code")
        assert not [path for path in paths if path.exists()]
    assert sorted(out.iterdir()) == sorted(paths)


@pytest.mark.parametrize("end", [KeyboardInterrupt, ValueError])
def test_held_back_files_are_gone_when_something_else_ends_it(end, out):
    def break_off(part):
        part.write_text("code")
        raise end

    with pytest.raises(end), held_back([out / "b.pdf"]) as [part]:
        break_off(part)
    assert list(out.iterdir()) == []


class HalfAnIssuer(BaseHTTPRequestHandler):
    """Takes one request with codes, and breaks at the next."""

    asked = 0

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        type(self).asked += 1
        self.send_response(200 if self.asked == 1 else 500)
        self.end_headers()
        self.wfile.write(b'{"added": 1000, "already_there": 0}')

    def log_message(self, *_: object) -> None:
        pass


def test_codes_that_were_registered_before_it_broke_off_are_told(run, office, poll, out):
    with ThreadingHTTPServer(("127.0.0.1", 0), HalfAnIssuer) as issuer:
        Thread(target=issuer.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{issuer.server_port}"
        office.set_addresses(office.addresses().model_copy(update={"issuer": base}))

        said = failed(run("invite", "regiovervoer", "--count", 1001, "--csv", out / "c.csv"))
        issuer.shutdown()

    assert f"De server {base} antwoordt niet." in said
    assert "Er waren al 1.000 codes aangemeld. Niemand heeft die codes" in said
    assert list(out.iterdir()) == []
