"""Screen: what people said, and what the municipality does with it."""

from __future__ import annotations

import flet as ft

from components.frame import framed, heading, paragraph, quiet, small
from components.notice import Tone, notice
from components.reader import Reader
from components.result_table import TableTexts, result_table
from components.room import RoomContext
from domain.participation import ANSWERED, PollCard
from domain.poll import Kind, Poll, Question
from domain.result import Action, Feedback, Promise, ReleasedTable, Result
from i18n.wording import Wording
from state.app_state import use_app
from state.services import use_services
from views.context import aside, header, to, use_reader, use_words
from views.standings import standing

PROMISES = (Promise.DONE, Promise.WILL, Promise.WONT)
LEAST_BESIDE = 100
"""Pixels of a line, by ordinary letters, that leave room for an icon."""


@ft.component
def ResultView() -> ft.View:
    app, services, words, reader = use_app(), use_services(), use_words(), use_reader()
    id = ft.use_route_params()["poll"]
    card, result, feedback = services.desk.card(id), services.desk.result(id), services.desk.feedback(id)
    back = header(app, to("/polls"))
    if card is None or (result is None and feedback is None):
        body: list[ft.Control] = [paragraph(words.text("There is no result yet."))]
        return framed(ft.use_view_path(), back, words.text("Result"), body)
    body = [_mine(card, words), *reader.other_language(card.poll.title)]
    if feedback is not None:
        body += _feedback(feedback, reader, services.municipality.name)
    if result is not None:
        body += _result(result, card.poll, reader)
    actions = [quiet(words.text("How do we protect your answers?"), aside(app, "/privacy"), "to-privacy")]
    return framed(ft.use_view_path(), back, reader.say(card.poll.title), body, actions=actions)


def _mine(card: PollCard, words: Wording) -> ft.Control:
    return notice(
        standing(card, words), Tone.GOOD if card.standing in ANSWERED else Tone.CALM, key="standing"
    )


def _feedback(feedback: Feedback, reader: Reader, municipality: str) -> list[ft.Control]:
    words = reader.words
    titles = {
        Promise.DONE: words.text("This has been done"),
        Promise.WILL: words.text("This is going to happen"),
        Promise.WONT: words.text("This is not going to happen, and why"),
    }
    parts: list[ft.Control] = [
        heading(words.text("What {municipality} does with it", municipality=municipality), 2),
        paragraph(reader.say(feedback.heard), key="heard"),
    ]
    for promise in PROMISES:
        actions = [action for action in feedback.actions if action.promise is promise]
        if actions:
            parts.append(heading(titles[promise], 3))
        parts += [Promised(action, reader) for action in actions]
    if feedback.contact is not None:
        parts.append(paragraph(reader.say(feedback.contact)))
    parts.append(small(words.text("Published on {day}.", day=words.date(feedback.published_on))))
    return parts


@ft.component
def Promised(action: Action, reader: Reader) -> ft.Control:
    """Its words, with a line of their own for when; read together. Very large letters need all the room."""
    room = ft.use_context(RoomContext)
    icons = {
        Promise.DONE: ft.Icons.CHECK_CIRCLE_OUTLINE,
        Promise.WILL: ft.Icons.ARROW_CIRCLE_RIGHT_OUTLINED,
        Promise.WONT: ft.Icons.DO_NOT_DISTURB_ON_OUTLINED,
    }
    lines = [paragraph(reader.say(action.text))]
    if action.when:
        lines.append(paragraph(reader.words.text("When: {when}", when=reader.say(action.when))))
    said = ft.Column(lines, spacing=4, expand=True)
    beside = [ft.Icon(icons[action.promise], color=ft.Colors.PRIMARY)]
    if room.line() * 100 / room.scale < LEAST_BESIDE:
        beside = []
    return ft.MergeSemantics(
        ft.Row([*beside, said], spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)
    )


def _result(result: Result, poll: Poll, reader: Reader) -> list[ft.Control]:
    words, counts = reader.words, result.counts
    joined = words.plural(
        "One of the {invited} people who were invited joined in.",
        "{n} of the {invited} people who were invited joined in.",
        counts.received,
        invited=words.number(counts.invited),
    )
    if counts.invited < counts.received:  # an open poll
        joined = words.plural("One person joined in.", "{n} people joined in.", counts.received)
    counts_rounded = words.text("Counts are rounded to five, so that nobody can be recognised.")
    shares_rounded = words.text("Percentages are rounded as well.")
    parts: list[ft.Control] = [
        heading(words.text("What people said"), 2),
        paragraph(joined, key="joined"),
        small(f"{counts_rounded} {shares_rounded}"),
    ]
    several = (t for t in result.tables if t.groups and _asked(t, poll).kind is Kind.SEVERAL)
    first = next(several, None)
    for table in result.tables:
        texts = _texts(table, poll, reader, explained=table is not first)
        parts.append(result_table(table, texts, words))
    return parts


def _asked(table: ReleasedTable, poll: Poll) -> Question:
    question = poll.question(table.question)
    assert question is not None, "the tables are of this poll"
    return question


def _texts(table: ReleasedTable, poll: Poll, reader: Reader, explained: bool) -> TableTexts:
    """`explained`: percentages that make more than a hundred need no more words."""
    question = _asked(table, poll)
    title = reader.say(question.text)
    statement = next((s for s in question.statements if s.id == table.statement), None)
    if statement is not None:
        title = reader.say(statement.text)
    if question.kind is Kind.RANKING:
        title = reader.words.text("{question} (put first)", question=title)
    by = poll.question(table.by) if table.by else None
    if by is not None:
        title = reader.words.text("{question} (by: {other})", question=title, other=reader.say(by.text))
    groups = {group.of: _group_name(group.of, by, reader) for group in table.groups}
    note = (
        None
        if explained
        else reader.words.text(
            "People could give more than one answer. Together the percentages can be more than 100%."
        )
    )
    return TableTexts(title, question.kind, _row_names(question, reader), groups, note)


def _row_names(question: Question, reader: Reader) -> dict[str, str]:
    words = reader.words
    names = {option.id: reader.say(option.label) for option in question.options}
    if question.kind is Kind.MARK:
        names |= {str(mark): words.number(mark) for mark in range(1, 11)}
    if question.kind is Kind.NUMBER:
        bounds = [words.number(bound) for bound in question.groups]
        names["0"] = words.text("{high} or less", high=bounds[0]) if bounds else ""
        for index, low in enumerate(bounds[:-1], start=1):
            names[str(index)] = words.text("more than {low}, up to {high}", low=low, high=bounds[index])
        names[str(len(bounds))] = words.text("more than {low}", low=bounds[-1]) if bounds else ""
    return names | reader.declining()


def _group_name(of: tuple[str, ...], by: Question | None, reader: Reader) -> str:
    names = {option.id: reader.say(option.label) for option in by.options} if by else {}
    names["unknown"] = reader.words.text("not said")
    return reader.words.list(tuple(names.get(id, id) for id in of)) if of else ""
