"""The code of a letter as it is being typed, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

import flet as ft

from domain.errors import CodeUnreadable, LetterForeign, StorageError, UnknownWord
from state.services import Desk

Wrong = CodeUnreadable | LetterForeign | StorageError


@ft.observable
@dataclass
class CodeEntry:
    """`mark`: what a link says of the root key. `attempt`: how often something was wrong. `put_in`: how
    often a suggestion took the place of a word.

    A press reads what is here now: the screen may not have been drawn anew since the last letter.
    """

    desk: Desk
    typed: str = ""
    mark: str = ""
    wrong: Wrong | None = None
    attempt: int = 0
    put_in: int = 0

    def write(self, text: str) -> None:
        self.typed = text

    def use(self) -> bool:
        """Keep the code as it stands now. False if it could not be: `wrong` says why."""
        try:
            self.desk.join(f"{self.typed}.{self.mark}" if self.mark else self.typed)
        except (CodeUnreadable, LetterForeign, StorageError) as error:
            return self._tell(error)
        return True

    def do_without(self) -> bool:
        """Go on without a code. False if the phone could not keep that."""
        try:
            self.desk.join_without_code()
        except StorageError as error:
            return self._tell(error)
        return True

    def put(self, unknown: UnknownWord, word: str) -> None:
        """A suggestion in its place. Words that are still wrong are told again."""
        assert isinstance(self.wrong, CodeUnreadable)
        words, before = self.wrong.typed, unknown.position - 1
        words = (*words[:before], word, *words[before + 1 :])
        rest = tuple(other for other in self.wrong.unknown if other is not unknown)
        self.typed = " ".join(words)
        self.put_in += 1
        self.wrong = None
        if rest:
            self._tell(CodeUnreadable("word-unknown", words, rest))

    def _tell(self, error: Wrong) -> bool:
        self.wrong = error
        self.attempt += 1
        return False
