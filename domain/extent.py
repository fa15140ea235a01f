"""How large the answers to a poll can become: a sealed ballot has room for only so many bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from domain.poll import PICKS_ONE, Kind, Question

ROOM = 16_300
"""Bytes of answers that fit in the largest ballot (16 KiB, `protocol.ballots`)."""
BYTES_PER_CHARACTER = 4
"""The most that a letter or an emoji takes in UTF-8. Control characters take more, as JSON escapes."""

_LONGEST_FIGURE = 24
_LONGEST_DECLINING = len('{"declined":"prefer-not"}')


def written_size(text: str) -> int:
    """Bytes of the text inside JSON."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")) - 2


def largest_answers(questions: Iterable[Question]) -> int:
    """Bytes of the JSON of the largest answers there can be to all these questions."""
    return sum(len(f'"{question.id}":,') + _largest(question) for question in questions)


def _largest(question: Question) -> int:
    ids = [len(option.id) + len('"",') for option in question.options]
    match question.kind:
        case Kind.TEXT:
            size = len('{"written":""}') + BYTES_PER_CHARACTER * question.max_length
        case Kind.STATEMENTS:
            longest = max([*ids, len('"prefer-not",')])
            size = len('{"rated":{}}') + sum(len(s.id) + len('"":') + longest for s in question.statements)
        case Kind.MARK | Kind.NUMBER:
            size = len('{"figure":""}') + _LONGEST_FIGURE
        case kind:
            size = len('{"chosen":[]}') + (max(ids, default=0) if kind in PICKS_ONE else sum(ids))
    return max(size, _LONGEST_DECLINING)
