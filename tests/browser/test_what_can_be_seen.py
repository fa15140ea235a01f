"""With large letters on a narrow phone: what matters is on the screen, and the keyboard stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from PIL import Image

from domain.participation import Membership
from tests.shots.stage import Scene, Stage, staged
from tests.support.browser import Browser, Phone

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 700}
LARGEST = {"scale": "200", "brightness": "dark"}
RIGHTMOST = """
Math.max(...[...document.querySelectorAll("flt-semantics-host flt-semantics, flt-semantics-host h1")]
  .map((node) => node.getBoundingClientRect().right))
"""


@contextmanager
def on(browser: Browser, scene: Scene, chosen: dict[str, str], **settings: int) -> Iterator[Phone]:
    stage = Stage()
    stage.set(scene, chosen)
    with staged(stage) as address, browser.phone(**{**NARROW, **settings}) as phone:
        phone.open(f"{address}/#{scene.route}")
        phone.see_heading("")
        yield phone


def stands_high(phone: Phone, text: str) -> bool:
    """Whether it begins in the upper half of the screen; what was only said aloud is nowhere."""
    drawn = phone.page.locator("flt-semantics-host").get_by_text(text).first
    box = phone.now(drawn.bounding_box()) if phone.now(drawn.count()) else None
    return box is not None and 0 <= box["y"] < NARROW["height"] / 2


def test_what_is_wrong_with_a_code_comes_into_view_and_is_told_once(browser: Browser):
    with on(browser, Scene("/join", Membership.NONE), LARGEST) as phone:
        phone.type("Uw code", "een twee fits")
        phone.tap("Deze code gebruiken")
        said = "Woord 3 kennen we niet: “fits”. Bedoelt u fiets?"
        phone.until(lambda: said in phone.announced())
        phone.until(lambda: stands_high(phone, "Woord 3 kennen we niet"))
        phone.shot()
        assert phone.announced().count(said) == 1

        phone.tap("Maak van woord 3: fiets")
        phone.until(lambda: phone.focused() == ("textbox", "Uw code"))
        assert phone.now(phone.find("textbox", "Uw code").input_value()) == "een twee fiets"


def test_a_question_that_needs_an_answer_says_so_where_it_is_seen(browser: Browser):
    with on(browser, Scene("/polls/alle-soorten/questions/8"), LARGEST) as phone:
        for times in (1, 2):
            phone.tap("Volgende")
            phone.until(lambda: stands_high(phone, "Geef eerst een antwoord"))
            phone.until(lambda t=times: len([s for s in phone.announced() if "Geef eerst" in s]) == t)


def test_a_tick_too_many_is_told_and_stays_off(browser: Browser):
    with on(browser, Scene("/polls/regiovervoer/questions/2"), {}, width=412, height=1500) as phone:
        boxes = phone.page.get_by_role("checkbox")
        off = [n for n in range(4) if not phone.now(boxes.nth(n).is_checked())]
        for number in off:
            phone.now(boxes.nth(number).click())
        phone.until(lambda: any("Haal eerst een vinkje weg" in said for said in phone.announced()))
        assert not phone.now(boxes.nth(off[-1]).is_checked())


@pytest.mark.parametrize("group", ["Gewone letters", "Gewoon contrast", "Zoals mijn telefoon", "Nederlands"])
def test_choosing_how_the_app_reads_with_arrow_keys_keeps_the_focus(browser: Browser, group: str):
    with on(browser, Scene("/settings"), {}, width=412, height=900) as phone:
        for _ in range(25):
            if phone.focused() == ("radio", group):
                break
            phone.press("Tab")
        assert phone.focused() == ("radio", group)
        phone.press("ArrowDown")
        phone.until(lambda: phone.focused() not in (("radio", group), ("", "")))
        phone.shot()  # the new colours, letters or words are there: what Flutter moved lost the focus
        role, name = phone.focused()
        assert role == "radio"
        assert name != group


def test_the_header_is_one_row_of_targets_with_the_largest_letters(browser: Browser):
    with on(browser, Scene("/polls/regiovervoer"), LARGEST) as phone:
        boxes = [phone.place(phone.find("button", name)) for name in ("Terug", "Weergave", "Hulp")]
        assert len({box["y"] for box in boxes}) == 1
        assert all(box["height"] >= 48 and box["width"] >= 48 for box in boxes)
        assert boxes[0]["y"] + boxes[0]["height"] <= 110
        assert boxes[0]["x"] <= 16
        assert boxes[-1]["x"] + boxes[-1]["width"] <= NARROW["width"] - 10


@pytest.mark.parametrize("route", ["/polls/alle-soorten/questions/1", "/polls/regiovervoer/questions/2"])
def test_what_can_be_chosen_lines_up_with_the_buttons(browser: Browser, route: str):
    with on(browser, Scene(route), {}) as phone:
        row = phone.place(phone.page.locator("[role=radio], [role=checkbox]").first)
        button = phone.place(phone.find("button", "Volgende"))
        assert row["x"] == pytest.approx(button["x"], abs=0.5)
        assert row["width"] == pytest.approx(button["width"], abs=0.5)


@pytest.mark.parametrize("scene", [Scene("/", Membership.NONE, welcomed=False), Scene("/polls/regiovervoer")])
def test_nothing_is_cut_off_where_the_phone_and_the_app_both_double_the_letters(
    browser: Browser, scene: Scene
):
    with on(browser, scene, LARGEST, text=200) as phone:
        phone.shot()
        assert phone.now(phone.page.evaluate(RIGHTMOST)) <= NARROW["width"]


@pytest.mark.parametrize(("dark", "paper"), [(False, "rgb(255, 255, 255)"), (True, "rgb(18, 18, 18)")])
def test_until_the_first_screen_is_drawn_its_own_large_words_cover_the_page(
    browser: Browser, dark: bool, paper: str
):
    stage = Stage()
    stage.set(Scene("/polls"), {})
    with staged(stage) as address, browser.phone(dark=dark) as phone:
        phone.now(phone.page.goto(f"{address}/#/polls", wait_until="domcontentloaded"))
        cover = phone.page.locator("#cover")
        assert phone.now(cover.inner_text()) == "Samenspraak wordt geladen…"
        style = phone.now(cover.evaluate("(e) => ({...getComputedStyle(e), inner: innerHeight})"))
        assert style["backgroundColor"] == paper
        assert float(phone.now(cover.locator("p").evaluate("(e) => getComputedStyle(e).fontSize"))[:-2]) >= 32
        phone.now(cover.wait_for(state="detached"))
        heading = phone.place(phone.page.locator("h1"))
        picture = Image.open(BytesIO(phone.now(phone.page.screenshot()))).convert("RGB")
        left, top = heading["x"], heading["y"]
        drawn = picture.crop((left, top, left + heading["width"], top + heading["height"]))
        assert any(low != high for low, high in drawn.getextrema()), (
            "the heading is drawn when the cover goes"
        )
