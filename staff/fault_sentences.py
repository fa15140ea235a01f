"""A sentence for every fault that a file of staff can have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.errors import Fault
from i18n.wording import Wording
from staff.usage import text

_NUMBER, _QUOTED = re.compile(r"-?\d+"), re.compile(r"'([^']*)'")
_LINE = re.compile(r"line (\d+) column (\d+)")

RULES = {
    "language-unknown": text("A poll cannot be in the language {language}."),
    "text-missing": text("The text in the language {language} is missing."),
    "text-in-undeclared-language": text("There is a text in {language}, but languages does not name it."),
    "closes-before-it-opens": text("The poll closes before it opens."),
    "smallest-group-too-small": text("The smallest group must be {least} people or more."),
    "id-twice": text("The id {id} is there twice."),
    "too-few-options": text("There are too few options: at least {least} are needed."),
    "smiley-scale-size": text("A question with faces has 3 or 5 options."),
    "exclusive-not-allowed": text(
        "Only a question of the kind several can have an option that stands alone."
    ),
    "picture-unknown": text(
        "There is no picture {picture}: neither one of the app's own, nor under pictures. "
        "docs/pictures.md shows the app's own."
    ),
    "picture-unfit": text(
        "The app cannot show the picture {picture} safely. The command samenspraak poll picture puts one in."
    ),
    "maximum-choices-out-of-range": text("max_choices must be from 1 to {most}."),
    "range-empty": text("The minimum must be less than the maximum."),
    "groups-not-rising": text("The bounds of the groups must rise, each only once."),
    "text-required": text("An open question must have required: false."),
    "answers-too-large": text(
        "All answers together can become too long. Ask less, or lower max_length: "
        "open questions may have at most {most} characters together."
    ),
    "condition-on-itself-or-later": text("The condition asks about {question}, which does not come before."),
    "condition-option-unknown": text(
        "The condition names the option {option}, which {question} does not have."
    ),
    "condition-wrong-kind": text("The condition compares figures, but {question} does not ask for a figure."),
    "table-question-unknown": text("There is no question {question} to make a table of."),
    "table-of-text": text("{question} asks for free text: that gives no table."),
    "table-needs-groups": text("{question} asks for a number: a table needs its groups."),
    "table-by-unfit": text(
        "A table cannot be broken down by {question}: choose another question with one answer."
    ),
    "too-many-crossed-tables": text("There are too many tables that are broken down: at most {most}."),
    "too-large": text("The file is larger than {most} bytes."),
    "other-poll": text("This is about the poll {found}, not about {poll}."),
    "style-unfit": text("The app cannot use this house style ({reason})."),
}
"""The rules of `domain.checks`, and a few of our own."""

_TEXT = text("This must be text, between quotation marks.")
_WHOLE = text("This must be a whole number.")
_FIGURE = text("This must be a number.")
_YES_NO = text("This must be true or false.")
_LIST = text("This must be a list, between square brackets.")
_PARTS = text("This must have parts with a name, between braces.")
_MOMENT = text("This must be a date with a time, such as 2026-11-01T09:00:00+01:00.")
_DAY = text("This must be a date, such as 2026-11-01.")
_ONE_OF = text("Choose from: {expected}.")

SHAPES = {
    "missing": text("This part is missing."),
    "extra-forbidden": text("Samenspraak does not know this part. Check its spelling."),
    "string-type": _TEXT,
    "string-unicode": _TEXT,
    "string-too-short": text("There is no text here."),
    "string-too-long": text("The text is too long: at most {number} characters."),
    "string-pattern-mismatch": text(
        "Use only small letters, digits and hyphens; for a language its letters, such as nl."
    ),
    "int-type": _WHOLE,
    "int-parsing": _WHOLE,
    "int-parsing-size": _WHOLE,
    "int-from-float": _WHOLE,
    "decimal-type": _FIGURE,
    "decimal-parsing": _FIGURE,
    "finite-number": _FIGURE,
    "bool-type": _YES_NO,
    "bool-parsing": _YES_NO,
    "greater-than": text("This must be more than {number}."),
    "less-than": text("This must be less than {number}."),
    "greater-than-equal": text("This number must be {number} or more."),
    "less-than-equal": text("This number must be {number} or less."),
    "tuple-type": _LIST,
    "list-type": _LIST,
    "dict-type": _PARTS,
    "model-type": _PARTS,
    "model-attributes-type": _PARTS,
    "too-short": text("There is too little here: at least {number}."),
    "too-long": text("There is too much here: at most {number}."),
    "datetime-type": _MOMENT,
    "datetime-parsing": _MOMENT,
    "datetime-from-date-parsing": _MOMENT,
    "timezone-aware": text("The time zone is missing: write +01:00 or +02:00 behind the time."),
    "date-type": _DAY,
    "date-parsing": _DAY,
    "date-from-datetime-parsing": _DAY,
    "date-from-datetime-inexact": _DAY,
    "literal-error": _ONE_OF,
    "enum": _ONE_OF,
    "union-tag-invalid": _ONE_OF,
    "union-tag-not-found": text(
        "It does not say what kind this is: a question needs a kind; a condition needs chose, answered, "
        "at_least, at_most, all, any or not."
    ),
}
"""By pydantic's name for what is wrong with a value."""

_ANY_OTHER = text("This value cannot stand here.")


def fault_sentence(fault: Fault, say: Wording) -> str:
    """What is wrong, without the place."""
    message = fault.details.get("message", "")
    if fault.rule in ("not-json", "shape-json-invalid"):
        if found := _LINE.search(message):
            line, column = found.groups()
            return say.text("This is no JSON: look at line {line}, place {column}.", line=line, column=column)
        return say.text("This is no JSON.")
    if fault.rule in RULES:
        return say.text(RULES[fault.rule], **fault.details)
    pattern = SHAPES.get(fault.rule.removeprefix("shape-"), _ANY_OTHER)
    if "{number}" in pattern:
        return say.text(pattern, number=next(iter(_NUMBER.findall(message)), "?"))
    if "{expected}" in pattern:
        expected = _QUOTED.findall(message.rpartition("tags:")[2])
        return say.text(pattern, expected=", ".join(expected))
    return say.text(pattern)


def fault_lines(faults: Iterable[Fault], say: Wording) -> list[str]:
    """One line for each fault: place, sentence, rule."""
    return [f"  {fault.place}: {fault_sentence(fault, say)} ({fault.rule})" for fault in faults]
