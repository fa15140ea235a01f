"""`samenspraak keys rotate`: a new key in the place of another."""

from __future__ import annotations

import click

from protocol.canonical import unb64
from protocol.signing import fingerprint
from staff.office import RIGHTS
from staff.publishing import Publishing
from staff.rotation import rotate_right, rotate_root
from staff.usage import StaffCommand, text
from staff.work import Failed, Work, at_office


@click.command(
    "rotate", cls=StaffCommand, help=text("Replace a key: root, publishing, invitation or counting.")
)
@click.argument("right", metavar="RIGHT", type=click.Choice(["root", *RIGHTS]))
@click.option("--yes", is_flag=True, help=text("Do not ask whether you are sure."))
@at_office
def rotate(work: Work, right: str, yes: bool) -> None:
    work.office.card()
    if not yes and not work.office.keyring.has(f"{right}-next"):  # once more, after it was cut off
        _make_sure(work, right)
    if right == "root":
        _root(work)
    else:
        _right(work, right)
    click.echo(
        work.say.text("Make new recovery sheets with: samenspraak keys sheet. The old ones have the old key.")
    )


def _make_sure(work: Work, right: str) -> None:
    say = work.say
    if right == "root":
        said = say.text("The root key names its successor, and phones hear of it when they fetch the polls.")
    else:
        said = say.text(
            "Until the administrators have restarted the servers with the new municipality.json, they refuse "
            "what this key signs."
        )
    click.echo(said, err=True)
    typed = click.prompt(say.text("Type {right} to replace this key", right=right), err=True)
    if typed.strip() != right:
        raise Failed(say.text("That is not {right}. The key was not replaced.", right=right))


def _right(work: Work, right: str) -> None:
    say, office = work.say, work.office
    rotate_right(office, right)
    click.echo(
        say.text("The key {right} has been replaced. The old one is kept under another name.", right=right)
    )
    click.echo(
        say.text("Give this file to the administrators now, and ask them to restart the servers with it:")
    )
    click.echo(f"  {office.folder / 'municipality.json'}")
    click.echo(say.text("Until then the servers refuse what the new key signs."))


def _root(work: Work) -> None:
    say, office = work.say, work.office
    with work.servers() as servers:
        rotate_root(office, Publishing(office, servers))
    click.echo(say.text("The root key has been replaced, and its successor published."))
    click.echo(
        say.text("Servers, apps and letters with the old key go on. For new ones there is a new file:")
    )
    click.echo(f"  {office.folder / 'municipality.json'}")
    click.echo(say.text("Fingerprint of the new root key, for new letters and new apps:"))
    click.echo(f"  {fingerprint(unb64(office.card().root_key))}")
