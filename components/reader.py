"""How the texts of a poll are read: in the resident's language, in ordinary or plain words."""

from __future__ import annotations

from dataclasses import dataclass

from domain.answers import Declining
from domain.texts import Texts
from i18n.wording import Wording


@dataclass(frozen=True)
class Reader:
    """`say(texts)` gives the words in the resident's language."""

    words: Wording
    plain: bool

    def say(self, texts: Texts) -> str:
        return texts.get(self.words.language, plain=self.plain)

    def declining(self) -> dict[str, str]:
        """The words for each way not to answer, by its id."""
        return {
            Declining.DONT_KNOW.value: self.words.text("I don't know"),
            Declining.PREFER_NOT.value: self.words.text("I would rather not say"),
        }
