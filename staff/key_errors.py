"""Why words on paper give no key."""

from __future__ import annotations


class KeyWordsError(Exception):
    """What was typed or read gives no key."""


class WordsUnfit(KeyWordsError):
    """These are not the words of one sheet.

    `rule`: `unknown` (the word at `position` is on no list; `word` was typed, `meant` is near), `count`
    (`found` words), `one-wrong` (the word at `position` must be `meant`), `swapped` (`position` with the
    next) or `checksum` (more is wrong than can be told). Positions count from 1.
    """

    def __init__(self, rule: str, position: int = 0, word: str = "", meant: str = "", found: int = 0) -> None:
        super().__init__(rule)
        self.rule, self.position, self.word, self.meant, self.found = rule, position, word, meant, found


class SharesUnfit(KeyWordsError):
    """Genuine words that do not go together.

    `reason`: `other-key` (not of the key `name`), `other-set`, `same` (one share twice) or `whole-or-share`
    (a share where a whole key is due, or one share only).
    """

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason, self.name = reason, name
