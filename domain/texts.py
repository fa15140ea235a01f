"""Texts of a poll in several languages, with an optional plain variant of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PLAIN_SUFFIX = "-x-plain"
"""Private-use subtag (BCP 47, 2.2.7) of the plain-language variant: `nl-x-plain` (eenvoudige taal)."""

FALLBACK = "nl"

LANGUAGES = ("nl", "en", "fy", "de", "pl", "tr", "uk", "ar")
"""Languages a poll may be written in."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in one or more languages; keys are language tags."""

    by_language: Mapping[str, str]

    def get(self, language: str, *, plain: bool = False) -> str:
        """The text in `language_for(language)`.

        In plain words if asked for, or if it is not in the language asked for: then it is read by somebody
        who knows another language better.
        """
        found = self.by_language
        return found.get(self.tag_for(language, plain=plain)) or next(iter(found.values()))

    def tag_for(self, language: str, *, plain: bool = False) -> str:
        """The tag of the text that `get` gives, such as `nl-x-plain`."""
        spoken = self.language_for(language)
        wants_plain = plain or spoken != language
        return (
            spoken + PLAIN_SUFFIX if wants_plain and self.by_language.get(spoken + PLAIN_SUFFIX) else spoken
        )

    def language_for(self, language: str) -> str:
        """The language the text is read in: the one asked for, else Dutch, else the first there is."""
        there = [tag for tag, text in self.by_language.items() if text and not tag.endswith(PLAIN_SUFFIX)]
        return next((tag for tag in (language, FALLBACK) if tag in there), next(iter(there), language))

    def languages(self) -> frozenset[str]:
        """Languages with a full text; plain variants do not count."""
        return frozenset(tag for tag in self.by_language if not tag.endswith(PLAIN_SUFFIX))
