"""`make wording`: bring the catalogues in line with the code, and name what is not translated yet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from i18n.wording import CATALOGUES, LANGUAGES, STAFF_LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDERS = {"app": ("views", "components", "i18n"), "staff": ("preview", "staff")}
SPOKEN: dict[str, tuple[str, ...]] = {"app": tuple(LANGUAGES), "staff": STAFF_LANGUAGES}
KEYWORDS = {"text": None, "plural": (1, 2)}
HEADER = """\
# Wording of Samenspraak. Licence: EUPL-1.2.
# Read by a native speaker: not yet."""

_TWO = "nplurals=2; plural=(n != 1);"
_SLAVIC_FEW = "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
PLURAL_FORMS = {
    "pl": f"nplurals=3; plural=(n==1 ? 0 : {_SLAVIC_FEW}",
    "uk": f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_SLAVIC_FEW}",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 "
    ": n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""The rule in a catalogue's header, for whole numbers, where there are not two forms.

Babel's own are wrong for Arabic (100 and 111) and for Turkish (which has two in CLDR).
"""


def wanted(name: str) -> Catalog:
    """The messages in the code."""
    found = Catalog()
    for folder in FOLDERS[name]:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for _line, message, comments, _ in extract_from_file("python", path, KEYWORDS):
                found.add(message, auto_comments=comments)
    return found


def read(name: str, language: str) -> Catalog:
    """The catalogue; an empty one, with its header, for a language that is new."""
    path = CATALOGUES / f"{name}.{language}.po"
    if not path.exists():
        new = Catalog(language, None, HEADER, "Samenspraak", "1", fuzzy=False)
        new.mime_headers = [("Plural-Forms", PLURAL_FORMS.get(language, _TWO))]
        return new
    with path.open("rb") as file:
        return read_po(file, locale=language)


def untranslated(code: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Messages of the code that the catalogue lacks or leaves empty, and those it has in vain."""
    for message in code:
        there = catalogue.get(message.id) if message.id else None
        if message.id and (there is None or not _whole(there.string, catalogue) or there.fuzzy):
            yield f"missing: {message.id}"
    for message in catalogue:
        if message.id and code.get(message.id) is None:
            yield f"no longer used: {message.id}"


def _whole(string: str | tuple[str, ...] | list[str] | None, catalogue: Catalog) -> bool:
    """Whether there is a text, or every plural form of the language and not one more."""
    if isinstance(string, str | None):
        return bool(string)
    return all(string) and len(string) == catalogue.num_plurals


def _update(name: str, language: str) -> None:
    catalogue = read(name, language)
    catalogue.update(wanted(name), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        if language == "en" and message.id:  # the code's own language
            message.string = message.id
    with (CATALOGUES / f"{name}.{language}.po").open("wb") as file:
        write_po(file, catalogue, sort_output=True, no_location=True, width=100)


def main() -> int:
    """Update every catalogue; 1 if something is left to translate."""
    missing = 0
    for name, languages in SPOKEN.items():
        for language in languages:
            _update(name, language)
            for problem in untranslated(wanted(name), read(name, language)):
                missing += 1
                print(f"{name}.{language}: {problem}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
