"""`samenspraak publish`, `close` and `cancel`: a poll from its file to its end."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from i18n.wording import Wording
from protocol.manifest import ManifestPoll
from staff.command_key_shares import share_sheets
from staff.dutch_time import moment_in_words, parse_moment
from staff.key_care import say_head, warn_before
from staff.poll_file import read_poll_file
from staff.publishing import Publishing
from staff.style_file import read_style_file
from staff.usage import StaffCommand, Unfit, text, wording
from staff.work import Failed, Work, at_office

FILE = click.Path(path_type=Path)


@click.command(cls=StaffCommand, help=text("Publish a poll file: after that it never changes."))
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--style", metavar="STYLE.json", type=FILE, help=text("House style to publish as well."))
@click.option(
    "--shared",
    metavar="DIR",
    type=FILE,
    help=text("Folder for three shares of the poll's key, of which two can open the answers."),
)
@at_office
def publish(work: Work, file: Path, style: Path | None, shared: Path | None) -> None:
    say, raw = work.say, file.read_bytes()
    found, style_raw = read_poll_file(raw), read_style_file(style) if style else None
    work.office.card()
    manifest = work.office.manifest()
    is_new = manifest is None or manifest.poll(found.id) is None
    if is_new and found.closes_at <= work.office.now():
        closes = moment_in_words(found.closes_at, say)
        raise Failed(say.text("This poll would have closed already, on {moment}.", moment=closes))
    if is_new:
        warn_before(work, found.id, is_shared=shared is not None)
    with ExitStack() as stack:
        publishing = Publishing(work.office, stack.enter_context(work.servers()))
        if shared is not None:
            if is_new:
                work.office.new_counting_key(found.id)
            stack.enter_context(share_sheets(work, found.id, shared))
        publishing.publish(raw)
        if style_raw is not None:
            publishing.set_style(style_raw)
    click.echo(say.text("The poll {poll} has been published.", poll=found.id))
    click.echo(say.text("Open from {moment}", moment=moment_in_words(found.opens_at, say)))
    click.echo(say.text("Closes on {moment}", moment=moment_in_words(found.closes_at, say)))
    say_head(work)


def _moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    try:
        return parse_moment(value) if value else None
    except ValueError as exc:
        raise Unfit(wording().text("Write a date and a time such as 2026-11-30T17:00.")) from exc


@click.command(cls=StaffCommand, help=text("Close a poll earlier than it was published."))
@click.argument("poll_id", metavar="POLL")
@click.option("--at", metavar="ISO", callback=_moment, help=text("When, such as 2026-11-30T17:00; else now."))
@at_office
def close(work: Work, poll_id: str, at: datetime | None) -> None:
    say, published = work.say, work.published(poll_id)
    moment = at or work.office.now()
    if at is None and _is_closed_by_staff(published, moment):
        moment = published.closes_at()  # once more, for a server that did not hear it
    else:
        _check_closing(work, published, moment, is_given=at is not None)
    with work.servers() as servers:
        Publishing(work.office, servers).close(poll_id, moment)
    now_published = work.published(poll_id)
    closes, ends = now_published.closes_at(), now_published.ends_at()
    click.echo(
        say.text("The poll {poll} closes on {moment}.", poll=poll_id, moment=moment_in_words(closes, say))
    )
    click.echo(
        say.text(
            "Answers that were sent in time still count until {moment}. After that you can count.",
            moment=moment_in_words(ends, say),
        )
    )


def _is_closed_by_staff(published: ManifestPoll, now: datetime) -> bool:
    closed_at = published.state.closed_at
    return closed_at is not None and closed_at <= now and not published.state.cancelled


def _check_closing(work: Work, published: ManifestPoll, at: datetime, *, is_given: bool) -> None:
    say, now = work.say, work.office.now()
    check_not_cancelled(published, say)
    closes = published.closes_at()
    if closes <= now:
        raise Failed(say.text("This poll closed on {moment}.", moment=moment_in_words(closes, say)))
    if is_given and at < now:
        raise Failed(say.text("That moment has passed. Without --at the poll closes now."))
    if at < published.entry.opens_at:
        opens = moment_in_words(published.entry.opens_at, say)
        raise Failed(
            say.text(
                "This poll opens on {moment}: it cannot close before that. You can cancel it with: "
                "samenspraak cancel",
                moment=opens,
            )
        )
    if at >= published.entry.closes_at:
        closes = published.entry.closes_at
        raise Failed(say.text("This poll closes on {moment} already.", moment=moment_in_words(closes, say)))


def check_not_cancelled(published: ManifestPoll, say: Wording) -> None:
    """Raises `Failed`."""
    if published.state.cancelled:
        raise Failed(say.text("The poll {poll} has been cancelled.", poll=published.entry.id))


@click.command(cls=StaffCommand, help=text("Withdraw a poll: no answer counts, the app shows it no more."))
@click.argument("poll_id", metavar="POLL")
@click.option("--yes", is_flag=True, help=text("Do not ask whether you are sure."))
@at_office
def cancel(work: Work, poll_id: str, yes: bool) -> None:
    say, published = work.say, work.published(poll_id)
    if not yes and not published.state.cancelled:  # once more, for a server that did not hear it
        click.echo(
            say.text("No answer to {poll} will count, and this cannot be undone.", poll=poll_id), err=True
        )
        typed = click.prompt(say.text("Type {poll} to cancel it", poll=poll_id), err=True)
        if typed.strip() != poll_id:
            raise Failed(say.text("That is not {poll}. The poll has not been cancelled.", poll=poll_id))
    with work.servers() as servers:
        Publishing(work.office, servers).cancel(poll_id)
    click.echo(say.text("The poll {poll} has been cancelled.", poll=poll_id))
