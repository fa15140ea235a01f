"""Texts, plurals, dates and numbers in one language. The only place for Babel on the phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from i18n.direction import isolated

LANGUAGES = {
    "nl": "Nederlands",
    "en": "English",
    "fy": "Frysk",
    "de": "Deutsch",
    "pl": "Polski",
    "tr": "Türkçe",
    "uk": "Українська",
    "ar": "العربية",
}
"""Languages the app itself speaks, each by its own name."""

STAFF_LANGUAGES = ("nl", "en")

CATALOGUES = Path(__file__).parent / "catalogues"

_REGION = {"en": "en_GB"}  # the day before the month, as everywhere in the Netherlands
_READ_BY = "Read by a native speaker:"
_NOBODY = "not yet."


@dataclass(frozen=True, slots=True)
class Wording:
    """`text("Send")` gives the catalogue's words. A text that is missing shows in English.

    `catalogue`: `app` for residents, `staff` for the command line.
    """

    language: str
    catalogue: str = "app"

    def text(self, message: str, **values: object) -> str:
        found = _catalogue(self.catalogue, self.language).get(message)
        chosen = found.string if found and isinstance(found.string, str) and found.string else message
        return chosen.format(**self._isolated(values)) if values else chosen

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form for `count`, which is also the value `{n}`."""
        catalogue = _catalogue(self.catalogue, self.language)
        found = catalogue.get(one)
        forms = found.string if found and not isinstance(found.string, str) else ()
        chosen = one if count == 1 else many
        if forms and all(forms):
            chosen = forms[_plural_rule(catalogue.plural_expr)(count)]
        return chosen.format(n=self.number(count), **self._isolated(values))

    def date(self, day: date) -> str:
        """A whole date in words, such as "3 december 2026"."""
        return self._spelt(format_date(day, format="long", locale=self._locale))

    def day(self, moment: datetime) -> str:
        """The day of a moment, as it is in the Netherlands."""
        return self.date(moment.astimezone(_zone()).date())

    def moment(self, moment: datetime) -> str:
        """Day and time, as on a clock in the Netherlands."""
        day = format_skeleton("MMMMd", moment, tzinfo=_zone(), locale=self._locale)
        time = format_time(moment, "HH:mm", tzinfo=_zone(), locale=self._locale)
        return f"{self._spelt(day)}{self.comma}{time}"

    def number(self, value: int | Decimal) -> str:
        """Digits are 0 to 9 in every language, as on letters and clocks in the Netherlands."""
        return format_decimal(value, locale=self._locale)

    def percent(self, value: int) -> str:
        return format_percent(Decimal(value) / 100, locale=self._locale)

    def list(self, parts: tuple[str, ...]) -> str:
        """Parts joined as in a sentence: "a, b en c"."""
        return format_list([isolated(part, self.is_right_to_left) for part in parts], locale=self._locale)

    def language_name(self, tag: str) -> str:
        """What another language is called in this one."""
        return str(Locale.parse(self.language).languages.get(tag, tag))

    @property
    def comma(self) -> str:
        """What stands between parts that are no sentence, with the space after it."""
        return "، " if self.is_right_to_left else ", "

    @property
    def is_right_to_left(self) -> bool:
        return Locale.parse(self.language).text_direction == "rtl"

    @property
    def read_by_native(self) -> bool:
        """Whether somebody who grew up with the language has read this catalogue; its header says so."""
        said = _catalogue(self.catalogue, self.language).header_comment.partition(_READ_BY)[2]
        return bool(said.strip()) and not said.strip().startswith(_NOBODY)

    @property
    def _locale(self) -> str:
        return _REGION.get(self.language, self.language)

    def _spelt(self, day: str) -> str:
        """A date of Babel's as the language writes it within a sentence."""
        if self.language == "fy":
            return day.lower()  # months have no capital, as in Dutch
        if self.language == "uk":
            return day.replace("р.", "року")  # no full stop before that of a sentence
        return day

    def _isolated(self, values: dict[str, object]) -> dict[str, object]:
        return {
            name: isolated(value, self.is_right_to_left) if isinstance(value, str) else value
            for name, value in values.items()
        }


@lru_cache(maxsize=8)
def _catalogue(name: str, language: str) -> Catalog:
    path = CATALOGUES / f"{name}.{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache(maxsize=8)
def _plural_rule(expression: str) -> Callable[[int], int]:
    """Which form belongs to a count, by the rule in the catalogue's header."""
    return c2py(expression)


@lru_cache(maxsize=1)
def _zone() -> ZoneInfo | None:
    try:
        return ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:  # no time zone data on this phone: the phone's own zone
        return None
