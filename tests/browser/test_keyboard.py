"""A poll of each kind of question, answered by keyboard alone, and through a screen reader's tree alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demonstration.town import Town
from domain.answers import to_plain
from i18n.wording import Wording
from storage.database import open_phone
from storage.kept_answers import KeptAnswers
from storage.key_store import from_file
from storage.tables import DraftRow
from tests.access.hands import Hands, Keys, Tree, heading, plain
from tests.access.nodes import read
from tests.support.browser import Browser, Phone

pytestmark = pytest.mark.browser
TITLE = "Alle soorten vragen"
GIVEN = {
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


@dataclass
class Resident:
    """Reads the app in her language. What is in the poll itself is in Dutch, whatever she reads."""

    phone: Phone
    hands: Hands
    words: Wording

    def sees(self, title: str) -> None:
        self.phone.until(lambda: heading(read(self.phone)) == plain(title))

    def press(self, source: str, **values: str) -> None:
        """A button, by its words in the code."""
        self.hands.press("button", self.words.text(source, **values))

    def pick(self, *names: str, role: str = "radio") -> None:
        for name in names:
            self.hands.press(role, name)
            self.phone.until(lambda name=name: self._is_picked(role, name))

    def _is_picked(self, role: str, name: str) -> bool:
        found = [node for node in read(self.phone).nodes if (node.role, plain(node.name)) == (role, name)]
        return [node.state("checked") for node in found] == ["true"]

    def _named(self, part: str) -> list[str]:
        """The names of buttons with these words in them."""
        return [node.name for node in read(self.phone).nodes if node.role == "button" and part in node.name]

    def go_on(self, title: str) -> None:
        self.press("Next")
        self.sees(title)

    def begins(self) -> None:
        text = self.words.text
        self.sees(text("Welcome to Samenspraak"))
        self.press("Continue")
        self.sees(text("Join in"))
        self.press("Go on without a code")
        up_to_date = text("Everything is up to date. Last checked: {when}.", when="|").split("|")[0]
        self.phone.until(lambda: any(up_to_date in said for said in self.phone.texts()))
        named: list[str] = []  # of one look: at the next the list may be drawn anew, and not there
        self.phone.until(lambda: named or named.extend(self._named(TITLE)))
        self.hands.press("button", named[0])
        self.sees(TITLE)
        self.press("Begin")

    def answers_everything(self) -> None:
        self.sees("Welke kleur kiest u?")
        self.pick("Rood")
        self.go_on("Welk fruit eet u?")
        self.pick("Peer", "Kers", role="checkbox")
        self.go_on("De bus is fijn.")
        self.pick("Ertussenin")
        self.go_on("Hoe gaat het?")
        self.pick("Goed")
        self.go_on("Welk cijfer geeft u?")
        self.pick("7")
        self.go_on("Hoeveel uren helpt u?")
        self.hands.write(self.words.text("Your answer, in {unit}", unit="uren per week"), "12")
        self.go_on("Wat is het belangrijkst?")
        self.press("Move {name} down", name="Groen")
        self.phone.until(self.phone.announced)
        self.go_on("Mijn straat is schoon.")
        self.pick("Ja")
        self.go_on("Mijn straat is veilig.")
        self.pick(self.words.text("I don't know"))
        self.go_on("Wat wilt u nog zeggen?")
        self.hands.write(self.words.text("Your answer"), "Dag")


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("hands", [Keys, Tree])
def test_every_kind_of_question_is_answered_without_pointing(
    browser: Browser, running_town: Town, hands: Callable[[Phone], Hands], language: str
):
    others = set(phones(running_town))
    with browser.phone(locale=language) as phone:
        resident = Resident(phone, hands(phone), Wording(language))
        phone.open(running_town.office.addresses().app)
        resident.begins()
        resident.answers_everything()
        [folder] = set(phones(running_town)) - others
        phone.until(lambda: drafted(running_town, folder) == GIVEN)
        resident.press("Next")
        resident.sees(resident.words.text("Your answers"))
        resident.press("Send")
        phone.see_exactly(resident.words.text("Sent."))
        assert phone.errors == []
        home = urlsplit(running_town.office.addresses().app).netloc
        assert {urlsplit(url).netloc for url in set(phone.requests) - set(phone.blocked)} <= {home, ""}


def phones(town: Town) -> list[Path]:
    folder = town.folder / "phones"
    return list(folder.iterdir()) if folder.is_dir() else []


def drafted(town: Town, folder: Path) -> dict[str, object]:
    """What the phone itself has kept so far."""
    engine = open_phone(folder)
    try:
        drafts = KeptAnswers(engine, from_file(engine, secrets.token_bytes), DraftRow)
        found = drafts.get(town.municipality().id, "alle-soorten") or {}
        return {id: to_plain(answer) for id, answer in found.items()}
    finally:
        engine.dispose()
