"""Texts, plurals, dates and numbers in one language. The only place for Babel on the phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LANGUAGES = {"nl": "Nederlands", "en": "English"}
"""Languages the app itself speaks, each by its own name."""

CATALOGUES = Path(__file__).parent / "catalogues"


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
        return chosen.format(**values) if values else chosen

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form for `count`, which is also the value `{n}`."""
        catalogue = _catalogue(self.catalogue, self.language)
        found = catalogue.get(one)
        forms = found.string if found and not isinstance(found.string, str) else ()
        chosen = one if count == 1 else many
        if forms and all(forms):
            chosen = forms[_plural_index(self.language)(count)]
        return chosen.format(n=self.number(count), **values)

    def date(self, day: date) -> str:
        """A whole date in words, such as "3 december 2026"."""
        return format_date(day, format="long", locale=self.language)

    def day(self, moment: datetime) -> str:
        """The day of a moment, as it is in the Netherlands."""
        return self.date(moment.astimezone(_zone()).date())

    def moment(self, moment: datetime) -> str:
        """Day and time, as on a clock in the Netherlands."""
        return format_datetime(moment, "d MMMM, HH:mm", tzinfo=_zone(), locale=self.language)

    def number(self, value: int | Decimal) -> str:
        return format_decimal(value, locale=self.language)

    def percent(self, value: int) -> str:
        return format_percent(Decimal(value) / 100, locale=self.language)

    def list(self, parts: tuple[str, ...]) -> str:
        """Parts joined as in a sentence: "a, b en c"."""
        from babel.lists import format_list

        return format_list(list(parts), locale=self.language)

    @property
    def is_right_to_left(self) -> bool:
        return Locale.parse(self.language).text_direction == "rtl"


@lru_cache(maxsize=8)
def _catalogue(name: str, language: str) -> Catalog:
    path = CATALOGUES / f"{name}.{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache(maxsize=8)
def _plural_index(language: str) -> Callable[[int], int]:
    """Which form belongs to a count, by the language's own rule (CLDR), in the catalogue's order."""
    rule = Locale.parse(language).plural_form
    order: list[str] = [
        t for t in ("zero", "one", "two", "few", "many", "other") if t in {*rule.tags, "other"}
    ]
    return lambda count: order.index(rule(count))


@lru_cache(maxsize=1)
def _zone() -> ZoneInfo | None:
    try:
        return ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:  # no time zone data on this phone: the phone's own zone
        return None
