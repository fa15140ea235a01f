"""`make wording`: bring the catalogues in line with the code, and name what is not translated yet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from i18n.wording import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDERS = {"app": ("views", "components"), "staff": ("staff",)}
KEYWORDS = {"text": None, "plural": (1, 2)}


def wanted(name: str) -> Catalog:
    """The messages in the code."""
    found = Catalog()
    for folder in FOLDERS[name]:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for _line, message, comments, _ in extract_from_file("python", path, KEYWORDS):
                found.add(message, auto_comments=comments)
    return found


def read(name: str, language: str) -> Catalog:
    with (CATALOGUES / f"{name}.{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def untranslated(code: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Messages of the code that the catalogue lacks or leaves empty, and those it has in vain."""
    for message in code:
        there = catalogue.get(message.id) if message.id else None
        if message.id and (there is None or not all(_forms(there.string)) or there.fuzzy):
            yield f"missing: {message.id}"
    for message in catalogue:
        if message.id and code.get(message.id) is None:
            yield f"no longer used: {message.id}"


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


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
    for name in FOLDERS:
        for language in LANGUAGES:
            _update(name, language)
            for problem in untranslated(wanted(name), read(name, language)):
                missing += 1
                print(f"{name}.{language}: {problem}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
