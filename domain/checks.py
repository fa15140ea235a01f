"""The rules of a good poll file, beyond its shape. Each broken rule is a `Fault` with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from domain.conditions import Answered, Between, ChoseAny, leaves
from domain.errors import Fault
from domain.extent import BYTES_PER_CHARACTER, ROOM, largest_answers
from domain.pictures import PICTURES, Picture
from domain.poll import PICKS_ONE, SMALLEST_GROUP, Kind, Poll, Question
from domain.texts import LANGUAGES, PLAIN_SUFFIX, Texts

RULES = (
    "language-unknown",
    "text-missing",
    "text-in-undeclared-language",
    "closes-before-it-opens",
    "smallest-group-too-small",
    "id-twice",
    "too-few-options",
    "smiley-scale-size",
    "exclusive-not-allowed",
    "picture-unknown",
    "maximum-choices-out-of-range",
    "range-empty",
    "groups-not-rising",
    "text-required",
    "answers-too-large",
    "condition-on-itself-or-later",
    "condition-option-unknown",
    "condition-wrong-kind",
    "table-question-unknown",
    "table-of-text",
    "table-needs-groups",
    "table-by-unfit",
    "too-many-crossed-tables",
)

FEWEST_OPTIONS = {
    Kind.ONE: 2,
    Kind.SEVERAL: 2,
    Kind.AGREEMENT: 3,
    Kind.SMILEY: 3,
    Kind.RANKING: 2,
    Kind.STATEMENTS: 2,
}

MOST_CROSSED = 1
"""Tables by another question; each statement of a question makes a table of its own."""


def check_poll(poll: Poll) -> tuple[Fault, ...]:
    """Every rule the poll breaks; empty for a good poll."""
    return (*_whole(poll), *_texts(poll), *_questions(poll), *_tables(poll))


def _whole(poll: Poll) -> Iterator[Fault]:
    for language in poll.languages:
        if language not in LANGUAGES:
            yield Fault("languages", "language-unknown", {"language": language})
    if poll.closes_at <= poll.opens_at:
        yield Fault("closes_at", "closes-before-it-opens")
    if poll.smallest_group < SMALLEST_GROUP:
        yield Fault("smallest_group", "smallest-group-too-small", {"least": str(SMALLEST_GROUP)})
    yield from _unknown_picture("picture", poll.picture)
    yield from _twice("questions", (question.id for question in poll.questions))
    texts = [question for question in poll.questions if question.kind is Kind.TEXT]
    choices = [question for question in poll.questions if question.kind is not Kind.TEXT]
    if largest_answers(texts) > ROOM or largest_answers(choices) > ROOM:
        yield Fault("questions", "answers-too-large", {"most": str(ROOM // BYTES_PER_CHARACTER)})


def _texts(poll: Poll) -> Iterator[Fault]:
    declared = set(poll.languages)
    for place, texts in _all_texts(poll):
        for language in poll.languages:
            if not texts.by_language.get(language, "").strip():
                yield Fault(place, "text-missing", {"language": language})
        for tag in texts.by_language:
            if tag.removesuffix(PLAIN_SUFFIX) not in declared:
                yield Fault(place, "text-in-undeclared-language", {"language": tag})


def _all_texts(poll: Poll) -> Iterator[tuple[str, Texts]]:
    yield from (("topic", poll.topic), ("title", poll.title), ("introduction", poll.introduction))
    for question in poll.questions:
        place = _place(question)
        yield f"{place}.text", question.text
        if question.help:
            yield f"{place}.help", question.help
        if question.unit:
            yield f"{place}.unit", question.unit
        for option in question.options:
            yield f"{place}.options[{option.id}].label", option.label
            yield from _alternative(option.picture)
        for statement in question.statements:
            yield f"{place}.statements[{statement.id}].text", statement.text


def _alternative(picture: Picture | None) -> Iterator[tuple[str, Texts]]:
    if picture and picture.alternative:
        yield f"pictures.{picture.name}.alternative", picture.alternative


def _questions(poll: Poll) -> Iterator[Fault]:
    earlier: dict[str, Question] = {}
    for question in poll.questions:
        yield from _options(question)
        yield from _figures(question)
        yield from _condition(question, earlier)
        earlier[question.id] = question


def _options(question: Question) -> Iterator[Fault]:
    place = _place(question)
    yield from _twice(f"{place}.options", (option.id for option in question.options))
    yield from _twice(f"{place}.statements", (statement.id for statement in question.statements))
    fewest = FEWEST_OPTIONS.get(question.kind, 0)
    if len(question.options) < fewest:
        yield Fault(f"{place}.options", "too-few-options", {"least": str(fewest)})
    if question.kind is Kind.SMILEY and len(question.options) not in (3, 5):
        yield Fault(f"{place}.options", "smiley-scale-size")
    for option in question.options:
        yield from _unknown_picture(f"{place}.options[{option.id}].picture", option.picture)
    if question.kind is not Kind.SEVERAL and any(option.exclusive for option in question.options):
        yield Fault(f"{place}.options", "exclusive-not-allowed")
    most = question.max_choices
    if most is not None and not 1 <= most <= len(question.options):
        yield Fault(
            f"{place}.max_choices", "maximum-choices-out-of-range", {"most": str(len(question.options))}
        )


def _unknown_picture(place: str, picture: Picture | None) -> Iterator[Fault]:
    if picture and picture.drawing is None and picture.name not in PICTURES:
        yield Fault(place, "picture-unknown", {"picture": picture.name})


def _figures(question: Question) -> Iterator[Fault]:
    place, low, high = _place(question), question.minimum, question.maximum
    if low is not None and high is not None and low >= high:
        yield Fault(f"{place}.minimum", "range-empty")
    if list(question.groups) != sorted(set(question.groups)):
        yield Fault(f"{place}.groups", "groups-not-rising")
    if question.kind is Kind.TEXT and question.required:  # it is counted without the texts
        yield Fault(f"{place}.required", "text-required")


def _condition(question: Question, earlier: dict[str, Question]) -> Iterator[Fault]:
    if question.show_if is None:
        return
    place = f"{_place(question)}.show_if"
    for leaf in leaves(question.show_if):
        asked = earlier.get(leaf.question)
        if asked is None:
            yield Fault(place, "condition-on-itself-or-later", {"question": leaf.question})
        elif isinstance(leaf, ChoseAny):
            for option in leaf.options:
                if asked.option(option) is None:
                    details = {"question": leaf.question, "option": option}
                    yield Fault(place, "condition-option-unknown", details)
        elif asked.kind is Kind.TEXT or (
            isinstance(leaf, Between) and asked.kind not in (Kind.MARK, Kind.NUMBER)
        ):
            yield Fault(place, "condition-wrong-kind", {"question": leaf.question})
        else:
            assert isinstance(leaf, Answered | Between)


def _tables(poll: Poll) -> Iterator[Fault]:
    crossed = 0
    for index, table in enumerate(poll.tables):
        place = f"tables[{index}]"
        question = poll.question(table.question)
        if question is None:
            yield Fault(place, "table-question-unknown", {"question": table.question})
        elif question.kind is Kind.TEXT:
            yield Fault(place, "table-of-text", {"question": table.question})
        elif question.kind is Kind.NUMBER and not question.groups:
            yield Fault(place, "table-needs-groups", {"question": table.question})
        if table.by is not None:
            crossed += max(1, len(question.statements)) if question else 1
            by = poll.question(table.by)
            if by is None or by.kind not in PICKS_ONE or table.by == table.question:
                yield Fault(place, "table-by-unfit", {"question": table.by})
    if crossed > MOST_CROSSED:
        yield Fault("tables", "too-many-crossed-tables", {"most": str(MOST_CROSSED)})


def _twice(place: str, ids: Iterable[str]) -> Iterator[Fault]:
    for id, count in Counter(ids).items():
        if count > 1:
            yield Fault(place, "id-twice", {"id": id})


def _place(question: Question) -> str:
    return f"questions[{question.id}]"
