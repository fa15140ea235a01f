"""Invitation codes: 100 random bits as eleven Dutch words that a person can type (uitnodigingscode)."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from protocol.canonical import b64
from protocol.code_words import WORDS

BITS = 100
CODE_BYTES = 13
WORD_COUNT = 11
LINK_MARK = "/join/"
"""What stands before the words in an invitation's link."""

MARK_DIGITS = 16
"""Of a root key's fingerprint in a link: 64 bits, for which nobody makes another key."""

_MARK = re.compile(rf"\.([0-9a-f]{{{MARK_DIGITS},32}})(?![0-9a-z])", re.IGNORECASE)
_FIRST_BYTE_END = 1 << BITS % 8
_BITS_PER_WORD = 10
_LETTERS_THAT_COUNT = 4
_SUGGESTIONS = 3
_CHECKSUM_DOMAIN = b"samenspraak/code-checksum/v1"
_HASH_DOMAIN = b"samenspraak/code-hash/v1"
_NUMBERS = {word[:_LETTERS_THAT_COUNT]: number for number, word in enumerate(WORDS)}


@dataclass(frozen=True, slots=True)
class Code:
    """13 bytes, big-endian, of which the top four bits are zero. Whoever holds them is the invitee."""

    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != CODE_BYTES or self.value[0] >= _FIRST_BYTE_END:
            raise CodeMalformed


class CodeError(Exception):
    """What was given is no invitation code."""


class CodeMalformed(CodeError):
    """The bytes are no code; `parse` never raises this."""


class WordUnknown(CodeError):
    """The word at `position` (from 1) is not in the list; `suggestions` are, the likeliest first.

    `all_of_them`: every such word of the text, of which this one is the first.
    """

    def __init__(self, position: int, word: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(f"word {position} is not in the list")
        self.position, self.word, self.suggestions = position, word, suggestions
        self.all_of_them: tuple[WordUnknown, ...] = (self,)


class WordCount(CodeError):
    """Words are missing, or there are too many."""

    def __init__(self, found: int, expected: int = WORD_COUNT) -> None:
        super().__init__(f"{found} words, expected {expected}")
        self.found, self.expected = found, expected


class ChecksumWrong(CodeError):
    """Every word exists, but not together: one is mistaken for another, or two changed places."""


def new_code(random: Callable[[int], bytes]) -> Code:
    """A fresh code from `random(13)`, unpredictable bytes."""
    first, *rest = random(CODE_BYTES)
    return Code(bytes([first % _FIRST_BYTE_END, *rest]))


def to_words(code: Code) -> tuple[str, ...]:
    """Eleven words of ten bits: the code, then ten bits of checksum."""
    number = int.from_bytes(code.value, "big") << _BITS_PER_WORD | _checksum(code)
    shifts = range((WORD_COUNT - 1) * _BITS_PER_WORD, -1, -_BITS_PER_WORD)
    return tuple(WORDS[number >> shift & len(WORDS) - 1] for shift in shifts)


def to_link_part(code: Code, fingerprint: str = "") -> str:
    """The words as they stand in a link, after `LINK_MARK`.

    `fingerprint`: of the municipality's root key. Its first digits go along after a dot, so that an app
    made for another key refuses the letter.
    """
    mark = fingerprint.replace(" ", "")[:MARK_DIGITS]
    return "-".join(to_words(code)) + (f".{mark}" if mark else "")


def root_key_mark(text: str) -> str:
    """The digits of a root key's fingerprint that a link carries, in capitals; none for a typed code."""
    found = _MARK.search(text)
    return found[1].upper() if found else ""


def parse(text: str) -> Code:
    """Read a code as people type, dictate or paste it: words in any layout, numbered or not, or a link.

    The first four letters of a word decide. Raises `WordUnknown`, `WordCount` or `ChecksumWrong`.
    """
    typed = typed_words(text)
    unknown = tuple(_unknown(typed))
    if unknown:
        unknown[0].all_of_them = unknown
        raise unknown[0]
    numbers = [_NUMBERS[word[:_LETTERS_THAT_COUNT]] for word in typed]
    if len(numbers) != WORD_COUNT:
        raise WordCount(len(numbers))
    total = 0
    for number in numbers:
        total = total << _BITS_PER_WORD | number
    code = Code((total >> _BITS_PER_WORD).to_bytes(CODE_BYTES, "big"))
    if numbers[-1] != _checksum(code):
        raise ChecksumWrong
    return code


def code_hash(code: Code) -> str:
    """What an issuer stores instead of a code: 43 characters of base64url. Nobody guesses 100 bits back."""
    return b64(hashlib.sha256(_HASH_DOMAIN + code.value).digest())


def _checksum(code: Code) -> int:
    digest = hashlib.sha256(_CHECKSUM_DOMAIN + code.value).digest()
    return int.from_bytes(digest[:2], "big") >> 16 - _BITS_PER_WORD


def typed_words(text: str) -> list[str]:
    """The words in a text as `parse` reads it: lower case, without accents, numbers or what joins them."""
    _, link, after = _MARK.sub(" ", text).rpartition(LINK_MARK)
    # A phone's keyboard may put accents on a word it takes for another.
    plain = unicodedata.normalize("NFKD", after).casefold()
    words = re.findall("[a-z]+", re.sub("[\u0300-\u036f\u00ad]", "", plain))
    return words[:WORD_COUNT] if link else words


def _unknown(typed: list[str]) -> Iterator[WordUnknown]:
    for position, word in enumerate(typed, start=1):
        if word[:_LETTERS_THAT_COUNT] not in _NUMBERS:
            close = difflib.get_close_matches(word, WORDS, _SUGGESTIONS)
            yield WordUnknown(position, word, tuple(close))
