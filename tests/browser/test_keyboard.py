"""A poll of each kind of question, answered by keyboard alone."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

import pytest

from demonstration.town import Town
from domain.answers import to_plain
from storage.database import open_phone
from storage.kept_answers import KeptAnswers
from storage.key_store import from_file
from storage.tables import DraftRow
from tests.support.browser import Browser, Phone

pytestmark = pytest.mark.browser

MOST_TABS = 40
NOTHING = ("", "")


def reach(phone: Phone, name: str, role: str = "button") -> None:
    """Tab until the control with this name has the focus, as someone without a mouse does."""
    for _ in range(MOST_TABS):
        if phone.focused() == (role, name):
            return
        phone.press("Tab")
    raise AssertionError(f"{role} {name} was not reached with Tab; focus is on {phone.focused()}")


def arrow_down(phone: Phone, times: int) -> None:
    """The focus goes on each time; a key that comes before it has moved would be lost."""
    for _ in range(times):
        here = phone.focused()
        phone.press("ArrowDown")
        phone.until(lambda before=here: phone.focused() not in (before, NOTHING))


def press(phone: Phone, name: str) -> None:
    reach(phone, name)
    phone.press("Enter")


def test_every_kind_of_question_is_answered_by_keyboard_alone(browser: Browser, running_town: Town):
    with browser.phone() as phone:
        phone.open(running_town.office.addresses().app)
        phone.see_heading("Welkom")
        press(phone, "Verder")
        phone.see_heading("Meedoen")
        press(phone, "Verder zonder code")
        phone.see("Alle soorten vragen")
        phone.until(lambda: any("Alles is bijgewerkt" in text for text in phone.texts()))
        press(phone, "Alle soorten vragen U kunt meedoen tot 31 december 2027.")
        phone.see_heading("Alle soorten vragen")
        press(phone, "Beginnen")

        phone.see_heading("Welke kleur kiest u?")
        reach(phone, "Rood", "radio")
        phone.press("Space")
        press(phone, "Volgende")

        phone.see_heading("Welk fruit eet u?")
        reach(phone, "Peer", "checkbox")
        phone.press("Space")
        reach(phone, "Kers", "checkbox")
        phone.press("Space")
        press(phone, "Volgende")

        phone.see_heading("De bus is fijn.")
        reach(phone, "Mee eens", "radio")
        phone.press("Space")
        arrow_down(phone, 1)
        press(phone, "Volgende")

        phone.see_heading("Hoe gaat het?")
        reach(phone, "Slecht", "radio")
        phone.press("Space")
        arrow_down(phone, 2)
        press(phone, "Volgende")

        phone.see_heading("Welk cijfer geeft u?")
        reach(phone, "1", "radio")
        phone.press("Space")
        arrow_down(phone, 6)
        press(phone, "Volgende")

        phone.see_heading("Hoeveel uren helpt u?")
        reach(phone, "Uw antwoord, in uren per week", "textbox")
        phone.press("1", "2")
        press(phone, "Volgende")

        phone.see_heading("Wat is het belangrijkst?")
        press(phone, "Groen omlaag")
        phone.see("Uw volgorde: Licht, Groen en Rust.")
        press(phone, "Volgende")

        phone.see_heading("Mijn straat is schoon.")
        reach(phone, "Ja", "radio")
        phone.press("Space")
        press(phone, "Volgende")
        phone.see_heading("Mijn straat is veilig.")
        reach(phone, "Ja", "radio")
        phone.press("Space")
        arrow_down(phone, 2)
        press(phone, "Volgende")

        phone.see_heading("Wat wilt u nog zeggen?")
        reach(phone, "Uw antwoord", "textbox")
        phone.press("D", "a", "g")
        phone.until(lambda: drafted(running_town).get("tekst") == {"written": "Dag"})
        assert drafted(running_town) == {
            "een": {"chosen": ["rood"]},
            "meer": {"chosen": ["peer", "kers"]},
            "eens": {"chosen": ["tussen"]},
            "gezicht": {"chosen": ["goed"]},
            "cijfer": {"figure": "7"},
            "getal": {"figure": "12"},
            "volgorde": {"chosen": ["licht", "groen", "rust"]},
            "stellingen": {"rated": {"schoon": "ja", "veilig": "dont-know"}},
            "tekst": {"written": "Dag"},
        }
        press(phone, "Volgende")
        phone.see_heading("Uw antwoorden")
        press(phone, "Versturen")
        phone.see_heading("Dank u wel.")  # kept or sent: the network may be quicker
        phone.see_exactly("Verstuurd.")
        assert phone.errors == []
        home = urlsplit(running_town.office.addresses().app).netloc
        assert {urlsplit(url).netloc for url in set(phone.requests) - set(phone.blocked)} <= {home, ""}


def drafted(town: Town) -> dict[str, object]:
    """What the phone itself has kept so far."""
    [folder] = (town.folder / "phones").iterdir()
    engine = open_phone(folder)
    try:
        drafts = KeptAnswers(engine, from_file(engine, secrets.token_bytes), DraftRow)
        found = drafts.get(town.municipality().id, "alle-soorten") or {}
        return {id: to_plain(answer) for id, answer in found.items()}
    finally:
        engine.dispose()
