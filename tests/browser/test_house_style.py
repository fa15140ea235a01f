"""A municipality's own logo and letters reach the screen, and nothing is asked of another host for them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from domain.participation import Membership
from tests.shots.stage import ASSETS, Scene, Stage, staged
from tests.support.browser import Browser
from theming.default_style import DEFAULT
from theming.house_style import HouseStyle
from theming.logo import Logo
from theming.own_letters import OwnFont

pytestmark = pytest.mark.browser
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
    b'<rect width="80" height="40" fill="#C00000"/></svg>'
)
LETTERS = (ASSETS / "fonts" / "NotoSansArabic_700Bold.ttf").read_bytes()  # has no Latin: easily told apart


def style(**changes: object) -> HouseStyle:
    logo = Logo("svg", DRAWING, "Logo van Wijk", 80, 40)
    return replace(DEFAULT, logo=logo, body_font="Wijk", heading_font="Wijk", **changes)


def welcome(browser: Browser, dressed: HouseStyle) -> bytes:
    stage = Stage(style=dressed)
    stage.set(Scene("/", Membership.NONE, welcomed=False), {"plain-letters": "no", "brightness": "dark"})
    with staged(stage) as address, browser.phone() as phone:
        phone.open(address)
        phone.see_heading("Welkom")
        assert phone.has("Logo van Wijk", "img")
        picture = phone.shot()
        assert phone.errors == []
        hosts = {urlsplit(url).netloc for url in set(phone.requests) - set(phone.blocked)}
        assert hosts <= {urlsplit(address).netloc, ""}
    return picture


def test_a_logo_is_named_and_own_letters_are_drawn(browser: Browser):
    own = (OwnFont("Wijk", False, LETTERS), OwnFont("Wijk", True, LETTERS))
    assert welcome(browser, style(fonts=own)) != welcome(browser, style()), "the control: without its file"
