"""`samenspraak invite`: codes, the letters they stand on, and the table for a printer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from domain.errors import Refused, Unreachable
from protocol.canonical import unb64
from protocol.codes import Code, new_code
from staff.command_keys import short_names
from staff.inviting import InvitationUnfit, Terms, held_back
from staff.letter_texts import DUTCH, ENGLISH
from staff.sentences import sentence
from staff.usage import StaffCommand, Unfit, UsageInWords, text, wording
from staff.work import Failed, Work, at_office, progress

TEXTS = {"nl": DUTCH, "en": ENGLISH}
MOST = 100_000
LAST_DAY = date(2999, 12, 31)

_UNFIT = {
    "ended": text("This poll has closed or has been cancelled."),
    "past": text("There is no whole day left on which the letters can be used."),
    "before-opening": text("The letters would be valid only before the poll opens."),
    "segments": text("None of these segments belongs to the poll, so the letters would be of no use for it."),
}


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        day = date.max
    if day is not None and day > LAST_DAY:
        raise Unfit(wording().text("Write a date such as 2026-11-30."))
    return day


@dataclass(frozen=True, slots=True)
class Paper:
    """Where codes are written: a PDF with letters, a table, or both."""

    letters: Path | None
    table: Path | None
    language: str

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.letters, self.table) if path)


@click.command(cls=StaffCommand, help=text("Make invitations to a poll: letters with a code."))
@click.argument("poll_id", metavar="POLL")
@click.option("--count", type=click.IntRange(1, MOST), required=True, help=text("How many."))
@click.option(
    "--segment",
    "segments",
    multiple=True,
    callback=short_names,
    help=text("Segment that the letters are for, as often as needed; else those of the poll."),
)
@click.option(
    "--valid-until",
    metavar="DATE",
    callback=_day,
    help=text("Last day on which a code can be used, such as 2026-11-30; else until the poll closes."),
)
@click.option("--letters", metavar="OUT.pdf", type=click.Path(path_type=Path), help=text("Letters to print."))
@click.option(
    "--csv",
    "table",
    metavar="OUT.csv",
    type=click.Path(path_type=Path),
    help=text("Codes for a printer's letter."),
)
@click.option(
    "--language", type=click.Choice([*TEXTS]), default="nl", help=text("Language of the letters: nl or en.")
)
@at_office
def invite(
    work: Work,
    poll_id: str,
    count: int,
    segments: tuple[str, ...],
    valid_until: date | None,
    letters: Path | None,
    table: Path | None,
    language: str,
) -> None:
    paper = Paper(letters, table, language)
    if len(set(paper.paths)) != len(paper.paths) or not paper.paths:
        said = work.say.text("Give --letters, --csv or both, each with a file of its own.")
        raise UsageInWords(said, click.get_current_context().command_path)
    published = work.published(poll_id)
    try:
        terms = Terms.of(published, segments, valid_until, work.office.now())
    except InvitationUnfit as unfit:
        raise Failed(work.say.text(_UNFIT[unfit.reason])) from unfit
    work.office.keyring.get("invitation")  # a wrong passphrase shows before the letters are made
    title = work.poll(published).title.get(language)
    codes = [new_code(secrets.token_bytes) for _ in range(count)]
    with held_back(paper.paths) as parts:
        _write(work, paper, parts, codes, title, terms.closes_on)
        _register(work, terms, codes)
    _explain(work, paper, terms, count)


def _write(
    work: Work, paper: Paper, parts: tuple[Path, ...], codes: list[Code], title: str, closes_on: date
) -> None:
    from staff.letter import write_letters  # what makes PDFs is not there on a server
    from staff.mail_merge import write_csv

    card, app = work.office.card(), work.office.addresses().app
    if paper.letters:
        with progress(work.say.text("Making letters")) as show:
            write_letters(
                parts[0],
                codes,
                municipality=card.name,
                root_key=unb64(card.root_key),
                app_link=app,
                poll_title=title,
                closes_on=closes_on,
                texts=TEXTS[paper.language],
                on_progress=show,
            )
    if paper.table:
        write_csv(parts[-1], codes, root_key=unb64(card.root_key), app_link=app)


def _register(work: Work, terms: Terms, codes: list[Code]) -> None:
    say, registered = work.say, 0

    def count(done: int, total: int) -> None:
        nonlocal registered
        registered = done
        show(done, total)

    try:
        with work.servers() as servers, progress(say.text("Registering codes")) as show:
            servers.invite([terms.message(code) for code in codes], count)
    except (Unreachable, Refused) as error:
        said = [sentence(error, say), say.text("No letters were kept.")]
        if registered:
            said.append(
                say.plural(
                    "One code was registered already. Nobody has it, but it counts as invited.",
                    "{n} codes were registered already. Nobody has them, but they count as invited.",
                    registered,
                )
            )
        raise Failed("\n".join(said)) from error


def _explain(work: Work, paper: Paper, terms: Terms, count: int) -> None:
    say = work.say
    click.echo(say.plural("One invitation has been made:", "{n} invitations have been made:", count))
    for path in paper.paths:
        click.echo(f"  {path}")
    if terms.segments:
        click.echo(say.text("For: {segments}", segments=", ".join(terms.segments)))
    click.echo(say.text("The letter says: take part until the end of {day}.", day=say.date(terms.closes_on)))
    click.echo(
        say.text("Whoever has a code can answer with it. Keep these files secret until they are sent.")
    )
    click.echo(say.text("Delete them when the letters have been printed."))
