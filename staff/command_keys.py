"""`samenspraak keys`: the municipality's keys."""

from __future__ import annotations

import re

import click

from protocol.canonical import unb64
from protocol.signing import fingerprint
from staff.keyring import KeyFileError
from staff.office import Office
from staff.usage import StaffGroup, Unfit, text, wording
from staff.work import Passphrase, Work, at_office

SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
LONGEST_NAME = 100


def short_name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Checks an option. Raises `Unfit`."""
    if not SHORT_NAME.fullmatch(value):
        raise Unfit(wording().text("Use small letters, digits and hyphens, at most 40."))
    return value


def short_names(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(short_name(ctx, param, value) for value in values)


def full_name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Checks an option. Raises `Unfit`."""
    name = value.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Unfit(wording().text("Use 1 to {most} characters, on one line.", most=LONGEST_NAME))
    return name


@click.group(cls=StaffGroup, help=text("The keys of the municipality."))
def keys() -> None:
    pass


@keys.command("new", help=text("Make the keys, once for each municipality."))
@click.option(
    "--id", "id_", required=True, callback=short_name, help=text("Short name, for example waterrijk.")
)
@click.option(
    "--name",
    required=True,
    callback=full_name,
    help=text("Name that residents read, on letters and in the app."),
)
@at_office
def new(work: Work, id_: str, name: str) -> None:
    if (path := work.office.folder / "municipality.json").exists():
        raise KeyFileError(path, "exists")
    passphrase = Passphrase(work.say, new=True)
    passphrase()  # before anything is made
    office = Office.at(work.office.folder, passphrase, work.office.now)
    card = office.found(id_, name)
    click.echo(work.say.text("The keys of {name} have been made.", name=card.name))
    for line in (*_to_hand_out(work), "", *_to_keep(work), ""):
        click.echo(line)
    click.echo(work.say.text("Fingerprint of the root key, which is on every letter and in the app:"))
    click.echo(f"  {fingerprint(unb64(card.root_key))}")


def _to_hand_out(work: Work) -> tuple[str, ...]:
    say, folder = work.say, work.office.folder
    return (
        "",
        say.text("Give this file to the administrators of the servers and to the makers of the app:"),
        f"  {folder / 'municipality.json'}",
        "    " + say.text("The name and the public keys. Everybody may see it."),
    )


def _to_keep(work: Work) -> tuple[str, ...]:
    say, folder = work.say, work.office.folder / "keys"
    return (
        say.text("Give these files to nobody:"),
        f"  {folder / 'root.key.json'}",
        "    " + say.text("Signs everything you publish. The app believes only this key."),
        f"  {folder / 'publishing.key.json'}",
        "    " + say.text("Opens the servers to put something there."),
        f"  {folder / 'invitation.key.json'}",
        "    " + say.text("Opens the issuer to add invitations."),
        f"  {folder / 'counting.key.json'}",
        "    " + say.text("Opens the servers to fetch the answers for counting."),
        "",
        say.text("For every poll a key is added, which opens the answers."),
        say.text("If the passphrase or this folder is lost, nobody can count your polls any more."),
        say.text("Keep a copy of the folder in another safe place, and the passphrase apart from it."),
        say.text("Put the keys on paper now, with: samenspraak keys sheet OUT.pdf"),
    )
