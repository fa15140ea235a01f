"""Publishing, closing and cancelling: what cannot be done is said, and a command can be given again."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from protocol.manifest import PollState
from protocol.outcome import FeedbackDocument
from staff.publishing import AlreadyPublished, Publishing
from staff.servers import Servers, new_http_client
from tests.staff.conftest import DAY, NOW, PASSPHRASE, failed, iso, office_at
from tests.support.polls import DEMONSTRATION, document, raw
from theming.default_style import DEFAULT
from theming.house_style import to_document

POLL_FILE = DEMONSTRATION / "regiovervoer.json"
NO_REPLY = "antwoordt niet. Controleer de internetverbinding"


@pytest.fixture
def polls(publish_locally):
    """One poll for every moment of a poll's life."""
    publish_locally("bezig", opens_at=iso(NOW - DAY), closes_at=iso(NOW + 9 * DAY))
    publish_locally("later", opens_at=iso(NOW + DAY), closes_at=iso(NOW + 9 * DAY))
    publish_locally("voorbij", opens_at=iso(NOW - 9 * DAY), closes_at=iso(NOW - DAY))
    publish_locally(
        "ingetrokken", PollState(cancelled=True), opens_at=iso(NOW - DAY), closes_at=iso(NOW + DAY)
    )


def test_a_poll_with_faults_is_not_published_and_every_fault_is_named(run, office, tmp_path):
    path = tmp_path / "peiling.json"
    path.write_bytes(raw(document(smallest_group=3, titel={})))

    said = failed(run("publish", path))

    assert said.startswith("De peiling heeft 2 fouten:\n")
    assert "smallest_group: De kleinste groep moet 10 mensen of meer zijn." in said
    assert office.manifest() is None


def test_without_keys_or_addresses_the_next_step_is_said(run, office, tmp_path):
    empty = tmp_path / "leeg"
    assert "maak sleutels met: samenspraak keys new" in failed(run("publish", POLL_FILE, office=empty))
    assert not empty.exists()
    (office.folder / "addresses.json").unlink()
    assert failed(run("publish", POLL_FILE)).endswith("Geef ze op met: samenspraak servers\n")


def test_when_no_server_answers_nothing_is_published_and_its_address_is_said(run, office):
    said = failed(run("publish", POLL_FILE))

    assert f"De server {office.addresses().shuffler} {NO_REPLY}" in said
    assert office.manifest() is None


def test_a_poll_that_would_have_closed_already_is_refused(run, office, tmp_path):
    path = tmp_path / "peiling.json"
    path.write_bytes(raw(document(opens_at="2020-01-01T00:00:00Z", closes_at="2020-07-01T12:00:00Z")))

    assert "al gesloten zijn, op 1 juli 2020 om 14:00 uur." in failed(run("publish", path))


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("{", "Dit is geen JSON. Kijk op regel 1, plaats 2."),
        ("{}", "De app kan deze huisstijl niet gebruiken"),
        (json.dumps({**to_document(DEFAULT), "radius": 99}), "radius: not from 0 to 28.0 pixels"),
    ],
)
def test_a_house_style_that_the_app_cannot_use_is_not_published(style, said, run, office, tmp_path):
    (tmp_path / "stijl.json").write_text(style)

    assert said in failed(run("publish", POLL_FILE, "--style", tmp_path / "stijl.json"))
    assert office.manifest() is None


def test_a_poll_that_was_published_never_changes(office, publish_locally):
    publish_locally("regiovervoer")
    with new_http_client() as http, pytest.raises(AlreadyPublished):
        Publishing(office, Servers(office, http)).publish(raw(document(id="regiovervoer", smallest_group=12)))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("close", "onbekend"), "Vanuit deze map is geen peiling onbekend gepubliceerd."),
        (("cancel", "onbekend"), "Vanuit deze map is geen peiling onbekend gepubliceerd."),
        (("count", "onbekend"), "Vanuit deze map is geen peiling onbekend gepubliceerd."),
        (("close", "later"), "en kan niet eerder sluiten. Intrekken kan wel"),
        (("close", "voorbij"), "Deze peiling is gesloten op"),
        (("close", "ingetrokken"), "De peiling ingetrokken is ingetrokken."),
        (("close", "bezig", "--at", "2020-01-01T12:00"), "Dat moment is al voorbij."),
        (("close", "bezig", "--at", "2090-01-01T12:00"), "Deze peiling sluit al op"),
        (("count", "bezig"), "Er komen nog antwoorden binnen tot"),
        (("count", "ingetrokken"), "De peiling ingetrokken is ingetrokken."),
        (("count", "voorbij"), "poll-voorbij.key.json. Zonder die sleutel kan niemand de peiling tellen."),
        (("feedback", "onbekend", "x.json"), "Vanuit deze map is geen peiling onbekend gepubliceerd."),
        (("feedback", "bezig", "x.json"), "Er is geen bestand of map x.json."),
    ],
)
def test_what_cannot_be_done_now_is_said(words, said, run, polls):
    assert said in failed(run(*words))


def test_a_moment_that_cannot_be_read_is_said(run, polls):
    said = failed(run("close", "bezig", "--at", "morgen"), code=2)
    assert said.startswith("--at: Schrijf een datum en een tijd zoals 2026-11-30T17:00.")


def test_a_moment_without_a_zone_is_a_time_in_the_netherlands(run, office, publish_locally):
    publish_locally("regiovervoer", opens_at=iso(NOW - DAY), closes_at="2090-08-01T00:00:00Z")

    failed(run("close", "regiovervoer", "--at", "2090-07-01T17:00"))

    closed_at = office.manifest().poll("regiovervoer").state.closed_at
    assert closed_at == datetime(2090, 7, 1, 15, tzinfo=UTC)


def test_closing_that_no_server_heard_can_be_done_again(run, office, polls):
    assert NO_REPLY in failed(run("close", "bezig"))
    closed_at = office.manifest().poll("bezig").state.closed_at

    assert NO_REPLY in failed(run("close", "bezig"))
    assert office.manifest().poll("bezig").state.closed_at == closed_at


@pytest.mark.parametrize(
    ("typed", "is_cancelled"), [("bezig\n", True), ("ja\n", False), ("later\n", False), ("\n", False)]
)
def test_a_poll_is_cancelled_only_by_who_types_its_name(typed, is_cancelled, run, office, polls, tmp_path):
    secret = {"SAMENSPRAAK_PASSPHRASE_FILE": str(tmp_path / "passphrase.txt")}

    said = failed(run("cancel", "bezig", typed=typed, **secret))

    assert office.manifest().poll("bezig").state.cancelled is is_cancelled
    assert (NO_REPLY in said) is is_cancelled


def test_a_wrong_passphrase_changes_nothing(run, office, polls):
    before = (office.folder / "manifest.json").read_bytes()

    assert failed(run("close", "bezig", typed="een verkeerde zin\n")).endswith("Het wachtwoord klopt niet.\n")
    assert (office.folder / "manifest.json").read_bytes() == before

    assert NO_REPLY in failed(run("close", "bezig", typed=f"{PASSPHRASE}\n"))  # the control
    assert (office.folder / "manifest.json").read_bytes() != before


def test_new_addresses_are_in_what_is_published_next(office, polls):
    moved = office.addresses().model_copy(update={"issuer": "https://nieuw.example"})
    office.set_addresses(moved)

    with new_http_client() as http:
        manifest = Publishing(office, Servers(office, http))._manifest()

    assert manifest.services.issuer == "https://nieuw.example"


def test_an_example_of_feedback_is_feedback_in_every_language_of_the_poll(run, publish_locally, office):
    publish_locally("regiovervoer")

    done = run("feedback", "regiovervoer", "--example")

    document = FeedbackDocument.model_validate_json(done.stdout)
    assert document.poll == "regiovervoer"
    assert document.heard["nl"].startswith("Schrijf hier")
    assert document.heard["en"].startswith("Write here")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(poll="ander"), "poll: Dit gaat over de peiling ander, niet over regiovervoer."),
        (lambda d: d["heard"].pop("en"), "heard: De tekst in de taal en ontbreekt."),
        (
            lambda d: d["actions"][1]["when"].update(nl=" "),
            "actions[2].when: De tekst in de taal nl ontbreekt.",
        ),
        (lambda d: d["actions"][0]["text"].update(fy="x"), "maar die taal staat niet bij languages."),
        (
            lambda d: d["actions"][0].update(promise="maybe"),
            "actions[1].promise: Kies uit: done, will, wont.",
        ),
        (lambda d: d.update(published_on="gisteren"), "published_on: Hier moet een datum staan"),
        (lambda d: d.update(actions=[]), "actions: Hier staat te weinig: minstens 1."),
        (lambda d: d.pop("heard"), "heard: Dit onderdeel ontbreekt."),
    ],
)
def test_feedback_with_faults_is_not_published(change, said, run, office, publish_locally, tmp_path):
    publish_locally("regiovervoer")
    data = json.loads(run("feedback", "regiovervoer", "--example").stdout)
    change(data)
    (tmp_path / "feedback.json").write_text(json.dumps(data))
    before = office_at(office.folder).manifest()

    assert said in failed(run("feedback", "regiovervoer", tmp_path / "feedback.json"))
    assert office_at(office.folder).manifest() == before
