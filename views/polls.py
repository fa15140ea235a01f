"""Screen: the polls, by what the resident can do with them."""

from __future__ import annotations

import flet as ft

from components.emblem import use_emblem
from components.frame import framed, heading, paragraph, quiet, secondary
from components.notice import Tone, notice
from components.rows import link_row
from domain.participation import Joined, Membership, PollCard, SyncStatus
from i18n.wording import Wording
from state.app_state import use_app
from state.services import use_services
from views.context import aside, header, to, troubles, use_reader, use_words
from views.refusal import connection
from views.sentences import joining_problem
from views.standings import refused_line, standing, sync_line


@ft.component
def PollsView() -> ft.View:
    app, services, words, reader = use_app(), use_services(), use_words(), use_reader()
    joined, status = services.desk.joined(), services.desk.status()
    cards = services.desk.cards()

    def row(card: PollCard) -> ft.Control:
        said = standing(card, words)
        if card.changing:
            said = words.text("You are changing your answers. {standing}", standing=said)
        if card.has_outcome:
            said = words.text("The result is here. {standing}", standing=said)
        return link_row(reader.say(card.poll.title), said, to(_route(card)), f"poll-{card.poll.id}")

    groups = [
        (words.text("To answer"), [c for c in cards if _is_open(c)]),
        (words.text("With a result"), [c for c in cards if c.has_outcome]),
        (words.text("Other polls"), [c for c in cards if _is_other(c)]),
    ]
    body = [*troubles(app), *_messages(joined, status, words)]
    body += reader.other_languages(card.poll.title for card in cards)
    for title, members in groups:
        if members:
            body += [heading(title, 2), *(row(card) for card in members)]
    if not cards:
        body.append(paragraph(_empty(joined, words), key="empty"))
    if status.waiting or not (status.problem or status.set_aside or joined.problem):  # else it is said above
        body.append(ft.Semantics(live_region=True, content=_sync(status, words)))
    actions = [secondary(words.text("Check again now"), services.synchronise, "synchronise")]
    if joined.membership in (Membership.OPEN, Membership.REFUSED):
        actions.append(quiet(words.text("Enter a code from a letter"), to("/join"), "to-join"))
    actions.append(quiet(words.text("Your privacy"), aside(app, "/privacy"), "to-privacy"))
    title = words.text("Polls of {municipality}", municipality=services.municipality.name)
    return framed(ft.use_view_path(), header(app), title, body, above=use_emblem(), actions=actions)


def _route(card: PollCard) -> str:
    if card.has_outcome:
        return f"/polls/{card.poll.id}/result"
    return f"/polls/{card.poll.id}"


def _is_other(card: PollCard) -> bool:
    return not card.has_outcome and not _is_open(card)


def _is_open(card: PollCard) -> bool:
    return card.can_be_answered or card.changing


def _messages(joined: Joined, status: SyncStatus, words: Wording) -> list[ft.Control]:
    found: list[ft.Control] = []
    if joined.problem is not None:
        found.append(notice(joining_problem(joined.problem, words), Tone.WRONG, key="refused"))
    if joined.asking and joined.membership is not Membership.ASKING:
        found.append(notice(_asking(words), Tone.WAITING, key="asking"))
    if status.set_aside:
        said = refused_line(status.set_aside, words)
        found.append(notice(said, Tone.WRONG, key="set-aside", live=True))
    if status.problem:
        found.append(connection(status.problem, words))
    return found


def _asking(words: Wording) -> str:
    return words.text("We check your code as soon as there is internet. Your polls then appear here.")


def _sync(status: SyncStatus, words: Wording) -> ft.Control:
    return notice(sync_line(status, words), Tone.WAITING if status.waiting else Tone.GOOD, key="sync")


def _empty(joined: Joined, words: Wording) -> str:
    match joined.membership:
        case Membership.ASKING:
            return _asking(words)
        case Membership.REFUSED:
            return words.text("There are no polls for you yet.")
        case _:
            return words.text("There are no polls for you now. We show them here when they come.")
