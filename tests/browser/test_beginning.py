"""Every screen of the real app begins at its heading, also after it has come to rest."""

from __future__ import annotations

import pytest

from domain.participation import Membership
from tests.shots.stage import Scene, Stage, staged
from tests.support.browser import Browser, Phone

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement.tagName + ' ' + document.activeElement.textContent"


def begins(phone: Phone, heading: str) -> None:
    phone.see_heading(heading)
    phone.shot()  # the screen rests: Flutter has moved its elements, and what is moved loses the focus
    assert phone.now(phone.page.evaluate(FOCUSED)).startswith(f"H1 {heading}")


def test_every_screen_begins_at_its_heading_and_stays_there(browser: Browser):
    stage = Stage()
    stage.set(Scene("/join", Membership.NONE, welcomed=False), {})
    with staged(stage) as address, browser.phone() as phone:
        phone.open(f"{address}/#/join")
        begins(phone, "Welkom")
        phone.tap("Verder")  # another screen at the same address
        begins(phone, "Meedoen")
        phone.tap("Hulp")
        begins(phone, "Hulp")
        phone.tap("Uw privacy")
        begins(phone, "Uw privacy")
        phone.tap("Terug")
        begins(phone, "Meedoen")
