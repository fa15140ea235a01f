"""`samenspraak keys sheet` and `keys recover`: keys on paper, and back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n.wording import Wording
from protocol.canonical import unb64
from protocol.signing import fingerprint
from staff.command_keys import full_name, short_name, short_names
from staff.inviting import held_back
from staff.keyring import KeyFileError
from staff.office import RIGHTS, Office
from staff.typed_words import ask, from_text, lines_of
from staff.usage import StaffCommand, text
from staff.work import Failed, Passphrase, Work, at_office

if TYPE_CHECKING:
    from shamir_mnemonic import Share

POLL = "poll-"
NAMES = ("root", *RIGHTS)


@click.command("sheet", cls=StaffCommand, help=text("Make recovery sheets to print: the keys as words."))
@click.argument("out", metavar="OUT.pdf", type=click.Path(path_type=Path))
@click.option(
    "--poll",
    "only",
    metavar="POLL",
    multiple=True,
    callback=short_names,
    help=text("Only the key of this poll, as often as needed; else all keys in the folder."),
)
@at_office
def sheet(work: Work, out: Path, only: tuple[str, ...]) -> None:
    from staff.key_sheets import KeySheets  # what makes PDFs is not there on a server
    from staff.sheet_page import write_sheets

    say, office = work.say, work.office
    office.card()
    names = office.keyring.names()
    polls = only or tuple(name.removeprefix(POLL) for name in names if name.startswith(POLL))
    with held_back([out]) as [part]:
        sheets = KeySheets(office, say)
        pages = sheets.of_polls(only) if only else sheets.recovery(polls)
        write_sheets(part, pages, say.language)
    office.record("sheet-made", "root", {"keys": [] if only else list(NAMES), "polls": list(polls)})
    click.echo(
        say.plural(
            "The recovery sheet, one page: {file}",
            "The recovery sheet, {n} pages: {file}",
            len(pages),
            file=out,
        )
    )
    for name in (*(() if only else NAMES), *(POLL + poll for poll in polls)):
        click.echo(f"  {name}")
    click.echo(say.text("Whoever has these sheets can do everything with these keys."))
    click.echo(say.text("Print them, keep them in a safe in another building, and delete the file."))


@click.command(
    "recover", cls=StaffCommand, help=text("Make the keys again from the words of the recovery sheets.")
)
@click.option(
    "--id", "id_", required=True, callback=short_name, help=text("Short name, as on the first page.")
)
@click.option("--name", required=True, callback=full_name, help=text("Name, as on the first page."))
@click.option(
    "--from",
    "source",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=text("File with what the QR codes say, a line for each; else the words are asked for."),
)
@at_office
def recover(work: Work, id_: str, name: str, source: Path | None) -> None:
    say, folder = work.say, work.office.folder
    if (path := folder / "municipality.json").exists():
        raise KeyFileError(path, "exists")
    found = _from_file(source, say) if source else _typed(say)
    passphrase = Passphrase(say, new=True)
    passphrase()  # before anything is made
    office = Office.at(folder, passphrase, work.office.now, work.office.log.on_mended)
    for key, private in found.items():
        _put(office, key, private)
    card = office.found(id_, name, "keys-recovered")
    click.echo(say.text("The keys of {name} are in the folder {folder} again.", name=name, folder=folder))
    for key in found:
        click.echo(f"  {key}")
    click.echo(say.text("Compare this fingerprint of the root key with a letter or the app:"))
    click.echo(f"  {fingerprint(unb64(card.root_key))}")
    click.echo(say.text("Now give the addresses with: samenspraak servers. It fetches what was published."))


def _put(office: Office, name: str, private: bytes) -> None:
    """Cut off before, a key that is there stays, if it is this one."""
    if not office.keyring.has(name):
        office.keyring.put(name, private)
    elif office.keyring.get(name) != private:
        raise KeyFileError(office.keyring.folder / name, "exists")


def _typed(say: Wording) -> dict[str, bytes]:
    click.echo(say.text("What you type shows on the screen. Let nobody look along."), err=True)
    found = {name: _asked(name, say) for name in NAMES}
    while poll := click.prompt(
        say.text("Name of the next poll of which there is a sheet, or Enter"),
        default="",
        show_default=False,
        err=True,
    ).strip():
        found[POLL + poll] = _asked(POLL + poll, say)
    return found


def _asked(name: str, say: Wording) -> bytes:
    from staff.key_errors import SharesUnfit
    from staff.sentences import sentence

    while True:
        try:
            return _key(name, ask(say.text("Words of the key {name}", name=name), say))
        except SharesUnfit as unfit:
            click.echo(sentence(unfit, say), err=True)


def _from_file(path: Path, say: Wording) -> dict[str, bytes]:
    found = {}
    for number, line in enumerate(lines_of(path), start=1):
        name, colon, _ = line.partition(":")
        name = name.strip().lower()
        place = say.text("Line {number}", number=number)
        if not colon or not re.fullmatch(rf"{'|'.join(NAMES)}|{POLL}[a-z0-9][a-z0-9-]{{0,39}}", name):
            form = say.text("Each line is the name of a key, a colon and its words.")
            raise Failed(f"{place}: {form}")
        found[name] = _key(name, from_text(line, place, say))
    for name in NAMES:
        if name not in found:
            raise Failed(say.text("The key {name} is not in {file}.", name=name, file=path))
    return found


def _key(name: str, share: Share) -> bytes:
    from staff import key_words

    return key_words.key_of(name, [share])
