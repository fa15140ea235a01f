"""The preview as staff see it: the real app on both sides, and files that change while they look."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.async_playwright import Axe
from PIL import Image

from preview.browsers import CHOSEN
from tests.preview.conftest import BLUE, RED, write_style
from tests.support.browser import Browser, chromium
from tests.support.phone import Phone
from theming.contrast import channels
from theming.house_style import StyleWarning

pytestmark = pytest.mark.browser

GREEN = "#1E6B3A"
BEGIN = "Beginnen"


class Desk:
    """The preview's window. `app("left")` is the app in the left frame."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.phone: Phone = browser.phone(width=1440, height=900, accept_downloads=True)
        self.page = self.phone.page
        self.now(self.page.goto(address))
        for side in ("left", "right"):
            self.now(self.app(side).locator("h1").first.wait_for(state="attached"))

    def now(self, work: Any) -> Any:
        return self.phone.now(work)

    def until(self, happens: Any) -> None:
        self.phone.until(happens)

    def app(self, side: str) -> Any:
        return self.page.frame_locator(f"#{side} iframe")

    def heading(self, side: str) -> str:
        return str(self.now(self.app(side).locator("h1").first.text_content()))

    def choose(self, name: str, value: str) -> None:
        self.now(self.page.select_option(f"select[name={name}]", value))

    def tick(self, label: str) -> None:
        self.now(self.page.get_by_label(label, exact=True).check())

    def shows(self, side: str, colour: str, share: float = 0.02) -> bool:
        """Whether so much of the side is in this colour."""
        picture = Image.open(BytesIO(self.now(self.page.locator(f"#{side} iframe").screenshot()))).convert(
            "RGB"
        )
        found = sum(n for n, seen in picture.getcolors(1 << 24) or [] if seen == channels(colour))
        return found > share * picture.width * picture.height

    def has_colour(self, side: str) -> bool:
        picture = Image.open(BytesIO(self.now(self.page.locator(f"#{side} iframe").screenshot()))).convert(
            "HSV"
        )
        return picture.getchannel("S").getextrema()[1] > 60

    def height_of_heading(self, side: str) -> float:
        return float(self.phone.place(self.app(side).locator("h1").first)["height"])


@pytest.fixture
def desk(browser, served):
    found = Desk(browser, served)
    with found.phone:
        yield found


def test_both_sides_show_the_real_app_each_in_its_own_style(desk):
    assert desk.heading("left") == desk.heading("right") == "Uw reis met het regiovervoer"
    desk.until(lambda: desk.shows("left", RED))
    desk.until(lambda: desk.shows("right", BLUE))
    assert not desk.shows("left", BLUE)

    desk.now(desk.app("left").get_by_role("button", name=BEGIN, exact=True).click())
    desk.until(lambda: desk.heading("left") == "Hoe vaak reist u met het regiovervoer?")

    assert desk.heading("right") == "Uw reis met het regiovervoer", "pressing a button is for one side"
    desk.until(lambda: desk.now(desk.page.locator("#left .about").text_content()).startswith("Vraag 1"))
    assert desk.phone.errors == []
    assert desk.page.workers == [], "one thread draws each side"
    outside = [url for url in desk.phone.requests if "127.0.0.1" not in url and not url.startswith("blob:")]
    assert outside == []


def test_choices_change_the_app_in_place_on_one_side_or_both(desk):
    before = desk.height_of_heading("left")
    loaded = len(desk.phone.requests)

    desk.tick("Rechts")
    desk.choose("language", "ar")
    desk.tick("Donker")
    desk.tick("320 %")
    desk.until(lambda: desk.height_of_heading("right") > 2.5 * before)
    assert desk.now(desk.app("right").get_by_role("button", name="ابدأ").count()) == 1

    assert desk.height_of_heading("left") == before
    desk.tick("Links")
    desk.choose("sight", "achromatopsia")
    desk.until(lambda: not desk.has_colour("left"))
    desk.until(lambda: desk.has_colour("right"))  # the control: the other side keeps its colours
    again = [url for url in desk.phone.requests[loaded:] if url.endswith(("/left/", "/right/"))]
    assert again == [], "the app is not loaded again for what it can change itself"


def test_a_style_file_that_changes_changes_the_screen_and_a_broken_one_is_said(desk, styles):
    desk.until(lambda: desk.shows("left", RED))

    write_style(styles[0], "Heuvelland", GREEN)
    desk.until(lambda: desk.shows("left", GREEN))
    styles[0].write_bytes(b"{")

    desk.until(lambda: desk.now(desk.page.locator("#files").is_visible()))
    assert "Dit is geen JSON" in desk.now(desk.page.locator("#files").text_content())
    assert desk.shows("left", GREEN), "the last good one stays"


def test_a_warning_leads_to_the_screen_it_is_about_on_its_own_side(desk, styles):
    faint = StyleWarning("unreadable-heading", "utrecht.heading-1.color", "Koppen zijn niet te lezen.")
    write_style(styles[0], "Heuvelland", RED, faint)

    desk.now(desk.page.locator("#report-left").get_by_role("button", name="Bekijk: Vraag 1").click())

    desk.until(lambda: desk.heading("left") == "Hoe vaak reist u met het regiovervoer?")
    assert desk.heading("right") == "Uw reis met het regiovervoer"


def test_a_screen_that_was_passed_over_shows_the_apps_own_message(desk):
    desk.choose("screen", "missed")

    for side in ("left", "right"):
        desk.now(desk.app(side).get_by_text("Geef eerst een antwoord").first.wait_for(state="attached"))


def test_the_page_for_a_decision_is_saved_with_both_sides(desk, monkeypatch, tmp_path):
    monkeypatch.setenv(CHOSEN, chromium())

    async def save() -> Any:
        async with desk.page.expect_download(timeout=90_000) as coming:
            await desk.page.get_by_role("button", name="Blad voor een besluit").click()
        return await coming.value

    file = tmp_path / "blad.pdf"
    desk.now(desk.now(save()).save_as(file))

    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        text = document[0].get_textpage().get_text_range()
        picture = document[0].render(scale=2).to_pil().convert("RGB")
        assert len(document) == 1
    finally:
        document.close()
    assert "Links: Heuvelland" in text
    assert "Rechts: Rivierstad" in text
    colours = {seen for _, seen in picture.getcolors(1 << 24) or []}
    assert {channels(RED), channels(BLUE)} <= colours


def test_the_preview_itself_is_usable_by_keyboard_and_breaks_no_rule_that_a_machine_can_see(desk):
    desk.now(desk.page.locator("select[name=style]").focus())
    reached = []
    for _ in range(8):
        desk.phone.press("Tab")
        reached.append(
            desk.now(desk.page.evaluate("document.activeElement.name || document.activeElement.id"))
        )
    assert reached == ["poll", "previous", "next", "screen", "device", "language", "letters", "contrast"]

    for colours in ("light", "dark"):
        desk.now(desk.page.emulate_media(color_scheme=colours))
        found = desk.now(Axe().run(desk.page, options={"iframes": False}))
        assert [problem["id"] for problem in found.response["violations"]] == [], colours
    desk.now(desk.page.set_viewport_size({"width": 360, "height": 640}))
    assert desk.now(desk.page.evaluate("document.documentElement.scrollWidth")) == 360
