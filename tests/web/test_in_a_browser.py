"""The host and the harness together, in a real browser."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.browser import Browser, Phone

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PROJECT = Path(__file__).parents[2]
CODE = "appel-molen-zeven"


def serve(app: str = "tests.web.small_app:main") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "web", "--port", "0", "--app", app]
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def invitation(server: subprocess.Popen[str]) -> str:
    """The link that a resident gets, once the server says where it is."""
    assert server.stdout
    return f"{server.stdout.readline().strip()}#/join/{CODE}"


@pytest.fixture(scope="module")
def link() -> Iterator[str]:
    with serve() as server:
        yield invitation(server)
        server.terminate()


def opened(browser: Browser, link: str, **settings: Any) -> Phone:
    phone = browser.phone(**settings)
    phone.open(link)
    phone.see_heading("Welkom")
    return phone


@pytest.fixture
def phone(browser: Browser, link: str) -> Iterator[Phone]:
    with opened(browser, link) as phone:
        yield phone


def test_an_invitation_reaches_the_app_but_no_request(phone):
    assert f"code {CODE}" in phone.texts()
    assert not [url for url in phone.requests if "appel" in url]


def test_nothing_is_asked_of_another_host(phone):
    here = urlsplit(phone.page.url).netloc

    assert {urlsplit(url).netloc for url in phone.requests if not url.startswith("blob:")} == {here}
    assert phone.errors == []
    assert all("rive" in url for url in phone.blocked), "the policy stops more than Flutter's rive_native.js"


def test_the_app_is_drawn_in_one_thread(phone):
    assert phone.page.workers == []


def test_flet_knows_neither_address_nor_browser(phone):
    assert "visitor '' ''" in phone.texts()


def test_the_code_does_not_stay_behind_in_the_history(phone):
    before = phone.now(phone.page.evaluate("history.length"))

    phone.tap("Verder")
    phone.see_heading("Peilingen")

    assert "appel" not in phone.page.url
    assert phone.now(phone.page.evaluate("history.length")) == before


def test_a_new_screen_begins_at_its_heading_and_a_translated_one_does_not(phone):
    focused = "document.activeElement.tagName + ' ' + document.activeElement.textContent"

    phone.tap("English")
    phone.see_heading("Welcome")
    assert "H1" not in phone.now(phone.page.evaluate(focused))

    phone.tap("Verder")
    phone.see_heading("Peilingen")
    phone.until(lambda: phone.now(phone.page.evaluate(focused)) == "H1 Peilingen")


def test_choosing_is_told_aloud(phone):
    phone.choose("Oneens")

    phone.until(lambda: "gekozen no" in phone.announced())


def test_a_control_without_that_name_cannot_be_pressed(phone):
    assert phone.has("Verder")
    assert not phone.has("Verd")


def test_what_is_kept_survives_closing_the_browser(browser, link, tmp_path):
    with opened(browser, link, profile=tmp_path) as phone:
        phone.type("Naam", "Sam")
        phone.tap("Bewaar")
        phone.until(lambda: phone.storage() == {"flutter.note": '"Sam"'})

    with opened(browser, link, profile=tmp_path) as phone:
        assert phone.storage() == {"flutter.note": '"Sam"'}


def test_larger_letters_and_dark_are_what_the_phone_asks_for(browser, link):
    heights, pictures = [], []
    for settings in ({}, {"text": 200, "dark": True}):
        with opened(browser, link, **settings) as phone:
            heights.append(phone.place(phone.page.locator("h1"))["height"])
            pictures.append(phone.shot())

    assert heights[1] == pytest.approx(2 * heights[0], rel=0.1)
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_within_two_seconds_with_a_visitor_and_says_nothing(browser, end):
    with serve() as server, opened(browser, invitation(server)):
        began = time.monotonic()
        server.send_signal(end)
        said = server.communicate(timeout=10)[0]

    assert time.monotonic() - began < 2
    assert said == ""
    assert server.returncode in (0, -end)
