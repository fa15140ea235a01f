"""Texts of a poll in several languages, with an optional plain variant of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PLAIN_SUFFIX = "-x-plain"
"""Private-use subtag (BCP 47, 2.2.7) of the plain-language variant: `nl-x-plain` (eenvoudige taal)."""

LANGUAGES = ("nl", "en", "fy", "de", "pl", "tr", "uk", "ar")
"""Languages a poll may be written in."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in one or more languages; keys are language tags."""

    by_language: Mapping[str, str]

    def get(self, language: str, *, plain: bool = False) -> str:
        """The text in the language asked for, else in the first language there is."""
        found = self.by_language
        if plain and (text := found.get(language + PLAIN_SUFFIX)):
            return text
        return found.get(language) or next(iter(found.values()))

    def languages(self) -> frozenset[str]:
        """Languages with a full text; plain variants do not count."""
        return frozenset(tag for tag in self.by_language if not tag.endswith(PLAIN_SUFFIX))
