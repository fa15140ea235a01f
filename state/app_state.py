"""What the whole app remembers: how it is read, and the polls being answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import flet as ft

from domain.errors import PollClosed, StorageError
from domain.participation import Standing
from domain.speech import READ_ALOUD
from domain.texts import FALLBACK, LANGUAGES
from state.poll_form import PollForm
from state.services import Services

Brightness = Literal["system", "light", "dark"]
SCALES = (100, 125, 150, 175, 200)
UNSENT = (Standing.TO_ANSWER, Standing.STARTED)


@ft.observable
@dataclass
class AppState:
    """Changed in place by the first screen and the settings; every change is kept on the phone.

    `version` goes up when storage changed, so that screens read it again. `trouble` is the word
    of the last `StorageError`. `before`: where help and settings go back to.
    """

    services: Services
    language: str = "nl"
    plain: bool = False
    scale: int = 100
    contrast: bool = False
    brightness: Brightness = "system"
    plain_letters: bool = True
    read_aloud: bool = False
    welcomed: bool = False
    version: int = 0
    trouble: str | None = None
    before: str = "/polls"
    forms: dict[str, PollForm] = field(default_factory=dict)

    @classmethod
    def restored(cls, services: Services, language: str, contrast: bool) -> AppState:
        """As the resident left it; for a first start, as the phone itself is set."""
        kept = services.desk.settings()
        known = [tag for tag in (kept.get("language", ""), language, FALLBACK) if tag in LANGUAGES]
        scale = int(kept.get("scale", "100"))
        brightness = kept.get("brightness", "system")
        return cls(
            services,
            language=known[0],
            plain=kept.get("plain") == "yes",
            scale=scale if scale in SCALES else 100,
            contrast=kept["contrast"] == "yes" if "contrast" in kept else contrast,
            brightness="light" if brightness == "light" else "dark" if brightness == "dark" else "system",
            plain_letters=kept.get("plain-letters", "yes") == "yes",
            read_aloud=kept.get(READ_ALOUD) == "yes",
            welcomed=kept.get("welcomed") == "yes",
        )

    def speak(self, language: str) -> None:
        self.language = language
        self._keep("language", language)

    def use_plain_language(self, wanted: bool) -> None:
        self.plain = wanted
        self._keep("plain", _word(wanted))

    def enlarge(self, scale: int) -> None:
        self.scale = scale
        self._keep("scale", str(scale))

    def use_contrast(self, wanted: bool) -> None:
        self.contrast = wanted
        self._keep("contrast", _word(wanted))

    def follow_contrast(self, wanted: bool) -> None:
        """What the phone itself is set to, until she chose for the app."""
        if "contrast" not in self.services.desk.settings():
            self.contrast = wanted

    def brighten(self, brightness: Brightness) -> None:
        self.brightness = brightness
        self._keep("brightness", brightness)

    def use_plain_letters(self, wanted: bool) -> None:
        self.plain_letters = wanted
        self._keep("plain-letters", _word(wanted))

    def use_read_aloud(self, wanted: bool) -> None:
        """The voices come with the next round: at once."""
        self.read_aloud = wanted
        self._keep(READ_ALOUD, _word(wanted))
        if wanted:
            self.services.synchronise()

    def welcome_done(self) -> None:
        self.welcomed = True
        self._keep("welcomed", "yes")

    def refresh(self) -> None:
        """Storage changed outside a screen: look again."""
        self.version += 1

    def form(self, poll: str) -> PollForm | None:
        """The answers being given to a poll, taken up where they were left.

        None for an unknown poll, and for one that was sent and is not being changed.
        """
        if poll not in self.forms:
            card = self.services.desk.card(poll)
            if card is None or not (card.changing or card.standing in UNSENT):
                return None
            answers = dict(self.services.desk.answers(poll))
            self.forms[poll] = PollForm(
                card.poll, self.services, answers, changing=card.changing, keep_copy=card.has_copy
            )
        return self.forms[poll]

    def change(self, poll: str) -> bool:
        """Begin to change what was sent. False if it can not be changed any more, or not be kept."""
        return self._done(poll, self.services.desk.change)

    def stop_changing(self, poll: str) -> bool:
        """What was sent stays as it is. False if the phone could not do it."""
        return self._done(poll, self.services.desk.stop_changing)

    def remove_copy(self, poll: str) -> bool:
        """False if the phone could not do it."""
        return self._done(poll, self.services.desk.remove_copy)

    def drop_form(self, poll: str) -> None:
        self.forms.pop(poll, None)

    def _done(self, poll: str, verb: Callable[[str], None]) -> bool:
        """Screens read the poll anew, whether or not it could be done."""
        self.drop_form(poll)
        self.refresh()
        try:
            verb(poll)
        except PollClosed:
            return False
        except StorageError as error:
            self.trouble = error.word
            return False
        return True

    def _keep(self, name: str, value: str) -> None:
        try:
            self.services.desk.put_setting(name, value)
        except StorageError as error:
            self.trouble = error.word


def _word(wanted: bool) -> str:
    return "yes" if wanted else "no"


AppContext: ft.ContextProvider[AppState | None] = ft.create_context(None)


def use_app() -> AppState:
    app = ft.use_context(AppContext)
    assert app is not None, "wrap the app in AppContext"
    return app
