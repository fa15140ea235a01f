"""What is said aloud of a poll: for each screen and each language a text of its own (voorlezen)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    for tag in _tags(opening(poll)):
        yield Passage(tag, INTRODUCTION, _said(tag, opening(poll)))
    for step in all_steps(poll):
        ways = offered_declining(step.question)
        for tag in _tags(texts_of(step)):
            words = declining[tag.removesuffix(PLAIN_SUFFIX)]
            yield Passage(tag, step.id, _said(tag, texts_of(step)) + tuple(words[why] for why in ways))


def opening(poll: Poll) -> tuple[Texts, ...]:
    """What is read of a poll's first screen, in its order."""
    return poll.title, poll.introduction


def texts_of(step: Step) -> tuple[Texts, ...]:
    """What is read of a question's screen, in its order."""
    question = step.question
    above = [step.heading, *([question.text] if step.statement else []), question.help]
    return tuple(texts for texts in (*above, *(option.label for option in question.options)) if texts)


def tag_of(texts: Sequence[Texts], language: str, *, plain: bool) -> str:
    """The tag of what she reads on a screen with these texts: plain where any of them is, if she reads so."""
    tags = {each.tag_for(language, plain=plain) for each in texts}
    return min((tag for tag in tags if tag.endswith(PLAIN_SUFFIX)), default=texts[0].tag_for(language))


def _said(tag: str, texts: Sequence[Texts]) -> tuple[str, ...]:
    language, plain = tag.removesuffix(PLAIN_SUFFIX), tag.endswith(PLAIN_SUFFIX)
    return tuple(each.get(language, plain=plain) for each in texts)


def _tags(texts: Sequence[Texts]) -> list[str]:
    """Each language of the heading, and its plain variant where any of the texts has one."""
    there = {tag for each in texts for tag, text in each.by_language.items() if text}
    found: list[str] = []
    for language in sorted(texts[0].languages()):
        found += [language, *({language + PLAIN_SUFFIX} & there)]
    return found
