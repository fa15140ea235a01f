"""Why a letter cannot be made."""

from __future__ import annotations


class LetterError(Exception):
    """No letter can be made of what was given."""


class NoInvitations(LetterError):
    """There is no code to print."""


class AddressUnfit(LetterError):
    """The app's address is no web address, or has a `?` or `#` where the code must stand."""


class TextTooLong(LetterError):
    """What is said in this `part` of the page does not fit there."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class CharactersMissing(LetterError):
    """The font has no such `characters`."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters
