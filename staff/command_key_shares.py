"""`samenspraak keys share` and `keys join`: the key of a poll in three hands, of which two are enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from protocol.canonical import b64
from protocol.sealing import public_of
from staff.command_key_sheets import POLL
from staff.inviting import held_back
from staff.key_errors import SharesUnfit
from staff.typed_words import ask, from_text
from staff.usage import StaffCommand, UsageInWords, text
from staff.work import Failed, Work, at_office

NUMBERS = (1, 2, 3)


@click.command(
    "share", cls=StaffCommand, help=text("Divide the key of a poll over three people, of whom two can count.")
)
@click.argument("poll_id", metavar="POLL")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help=text("Folder for the three sheets.")
)
@click.option("--remove", is_flag=True, help=text("Remove the whole key from this folder."))
@click.option("--yes", is_flag=True, help=text("Do not ask whether you are sure."))
@at_office
def share(work: Work, poll_id: str, out: Path | None, remove: bool, yes: bool) -> None:
    say, office = work.say, work.office
    work.published(poll_id)
    if out is None and not remove:
        said = say.text("Give --out, --remove or both.")
        raise UsageInWords(said, click.get_current_context().command_path)
    if out is not None:
        with share_sheets(work, poll_id, out):
            pass
    elif poll_id not in _shared(work):
        raise Failed(say.text("No shares of this key were made in this folder. Give --out as well."))
    if remove:
        if not yes:
            _make_sure(work, poll_id)
        office.counting_key(poll_id)
        office.record("poll-key-removed", "root", {"poll": poll_id})
        office.keyring.remove(POLL + poll_id)
        click.echo(
            say.text("The whole key is no longer in this folder. Remove it from copies of the folder too.")
        )


@contextmanager
def share_sheets(work: Work, poll: str, folder: Path) -> Iterator[None]:
    """Three files in the folder, which stay there only if the block ends well."""
    from staff.key_sheets import KeySheets  # what makes PDFs is not there on a server
    from staff.sheet_page import write_sheets

    say, office = work.say, work.office
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = [folder / f"{poll}-share-{number}.pdf" for number in NUMBERS]
    with held_back(paths) as parts:
        pages = KeySheets(office, say).shares(poll)
        for part, page in zip(parts, pages, strict=True):
            write_sheets(part, [page], say.language)
        yield
    office.record("shares-made", "root", {"poll": poll, "shares": len(paths), "needed": 2})
    click.echo(
        say.text("Three shares of the key of {poll}. Any two of them can open the answers:", poll=poll)
    )
    for path in paths:
        click.echo(f"  {path}")
    click.echo(say.text("Print them, give each to another person, and delete the files."))


def _shared(work: Work) -> set[str]:
    return {str(details["poll"]) for details in work.office.log.details_of("shares-made")}


def _make_sure(work: Work, poll: str) -> None:
    say = work.say
    click.echo(
        say.text(
            "After this nobody can count {poll} without two of the three shares. Are they printed?", poll=poll
        ),
        err=True,
    )
    typed = click.prompt(say.text("Type {poll} to remove the key", poll=poll), err=True)
    if typed.strip() != poll:
        raise Failed(say.text("That is not {poll}. The key was not removed.", poll=poll))


@click.command(
    "join",
    cls=StaffCommand,
    help=text("Put the key of a poll back, from two shares or from a recovery sheet."),
)
@click.argument("poll_id", metavar="POLL")
@click.option(
    "--share",
    "sources",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help=text("File with the words of a share, once for each; else they are asked for."),
)
@at_office
def join(work: Work, poll_id: str, sources: tuple[Path, ...]) -> None:
    from staff import key_words

    say, office = work.say, work.office
    entry = work.published(poll_id).entry
    name = POLL + poll_id
    if office.keyring.has(name):
        raise Failed(say.text("The key of {poll} is in this folder already.", poll=poll_id))
    office.keyring.get("root")  # a wrong passphrase shows before anybody types
    if sources:
        shares = [from_text(path.read_text("utf-8", errors="replace"), str(path), say) for path in sources]
    else:
        click.echo(say.text("What you type shows on the screen. Let nobody look along."), err=True)
        shares = [ask(say.text("Words of the first share, or of the recovery sheet"), say)]
        if shares[0].member_threshold > 1:
            shares.append(ask(say.text("Words of the second share"), say))
    private = key_words.key_of(name, shares)
    if b64(public_of(private)) != entry.counting_key:
        raise SharesUnfit("other-key", name)
    office.record("poll-key-joined", "root", {"poll": poll_id})
    office.keyring.put(name, private)
    click.echo(
        say.text(
            "The key of {poll} is in this folder again. Count with: samenspraak count {poll}", poll=poll_id
        )
    )
    if poll_id in _shared(work):
        click.echo(
            say.text("Remove it after the count with: samenspraak keys share {poll} --remove", poll=poll_id)
        )
