"""What is said aloud of a poll: for each screen and each language a text of its own (voorlezen)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.answers import Declining
from domain.fitting import offered_declining
from domain.poll import Poll
from domain.route import Step, all_steps
from domain.texts import PLAIN_SUFFIX, Texts

READ_ALOUD = "read-aloud"
"""Name of the phone's setting: `yes` where the resident wants to be read to."""

INTRODUCTION = ".introduction"
"""Id of a poll's first screen; no question can have it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """`tag`: of the language, such as `nl-x-plain`. `sentences`: in the order of the screen, with a pause
    after each."""

    tag: str
    screen: str
    sentences: tuple[str, ...]


def passages(poll: Poll, declining: Mapping[str, Mapping[Declining, str]]) -> Iterator[Passage]:
    """Of every screen in every language and plain variant that its heading has.

    `declining`: the app's own words for not answering, by language.
    """
    for tag in _tags(poll.title):
        yield Passage(tag, INTRODUCTION, _said(tag, poll.title, poll.introduction))
    for step in all_steps(poll):
        for tag in _tags(step.heading):
            yield Passage(tag, step.id, _of_step(step, tag, declining[_language(tag)]))


def _of_step(step: Step, tag: str, declining: Mapping[Declining, str]) -> tuple[str, ...]:
    question = step.question
    above = [
        step.heading,
        *([question.text] if step.statement else []),
        *([question.help] if question.help else []),
    ]
    options = [option.label for option in question.options]
    return _said(tag, *above, *options) + tuple(declining[why] for why in offered_declining(question))


def _said(tag: str, *parts: Texts) -> tuple[str, ...]:
    return tuple(texts.get(_language(tag), plain=tag.endswith(PLAIN_SUFFIX)) for texts in parts)


def _language(tag: str) -> str:
    return tag.removesuffix(PLAIN_SUFFIX)


def _tags(texts: Texts) -> list[str]:
    return [tag for tag, text in texts.by_language.items() if text]
