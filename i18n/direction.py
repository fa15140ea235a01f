"""Texts of which the direction differs from that of what stands around them."""

from __future__ import annotations

import unicodedata

# Isolates of the Unicode Bidirectional Algorithm (UAX 9), 2.4 and 2.5
_LEFT_TO_RIGHT, _FIRST_STRONG, _POP = "\u2066", "\u2068", "\u2069"
_ACROSS = {True: frozenset({"L"}), False: frozenset({"R", "AL"})}
"""Classes of letters that run against a text from right to left, and against one from left to right."""


def isolated(text: str, right_to_left: bool) -> str:
    """The text, marked as a whole of its own where its letters run against its surroundings.

    Without the marks its full stop, or a bracket beside it, would be drawn at the wrong end. A mark does
    not reach over a line's end, so each line has its own.
    """
    return "\n".join(_marked(line, right_to_left) for line in text.split("\n"))


def left_to_right(text: str) -> str:
    """The text, from left to right whatever stands around it: figures, for which `isolated` sees no need."""
    return f"{_LEFT_TO_RIGHT}{text}{_POP}"


def _marked(line: str, right_to_left: bool) -> str:
    across = any(unicodedata.bidirectional(letter) in _ACROSS[right_to_left] for letter in line)
    if not across or line.startswith(_FIRST_STRONG):
        return line
    return f"{_FIRST_STRONG}{line}{_POP}"
