"""`samenspraak brand`: what `flet build` needs for a municipality's own app."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n.wording import Wording
from own_app.errors import AppUnfit
from own_app.folder import check_folder, write_app
from own_app.identity import Identity, checked_host, checked_id, checked_name
from own_app.measured import Measured, read_measured
from staff.brand_sentences import APP_REMARKS, APP_UNFIT
from staff.faulty_file import read_json
from staff.style_file import read_style
from staff.usage import StaffCommand, Unfit, text, wording
from staff.work import Failed, Work, at_office
from theming.house_style import HouseStyle
from theming.remarks import shown

if TYPE_CHECKING:
    from own_app.making import Made

FILE = click.Path(path_type=Path)
Check = Callable[[click.Context, click.Parameter, str | None], str | None]


def _checking(check: Callable[[str], str]) -> Check:
    def checked(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
        try:
            return None if value is None else check(value)
        except AppUnfit as exc:
            raise Unfit(_sentence(exc, wording())) from exc

    return checked


@click.command(cls=StaffCommand, help=text("Write what is needed to build the municipality's own app."))
@click.argument("style", metavar="STYLE.json", type=FILE)
@click.option(
    "--id",
    "bundle_id",
    required=True,
    callback=_checking(checked_id),
    help=text("Id of the app in the stores, such as nl.waterrijk.samenspraak; it can never change."),
)
@click.option(
    "--name",
    callback=_checking(checked_name),
    help=text("Name of the app, at most 30 characters; else Samenspraak and the name of the house style."),
)
@click.option(
    "--out", metavar="DIR", type=FILE, help=text("Folder to write; else app-ID of the municipality.")
)
@click.option(
    "--icon", metavar="FILE", type=FILE, help=text("Square mark for the icon, SVG or PNG; else the logo.")
)
@click.option(
    "--url",
    callback=_checking(checked_host),
    help=text("Address whose links open the app on Android; else the app has an address of its own."),
)
@click.option(
    "--measured", metavar="FILE", type=FILE, help=text("What was measured of access, for the statement.")
)
@at_office
def brand(
    work: Work,
    style: Path,
    bundle_id: str,
    name: str | None,
    out: Path | None,
    icon: Path | None,
    url: str | None,
    measured: Path | None,
) -> None:
    card, say = work.office.card(), work.say
    folder = out or Path(f"app-{card.id}")
    house_style = read_style(style)
    try:
        check_folder(folder)
        called = name or checked_name(f"Samenspraak {house_style.name}")
        identity = Identity(called, bundle_id, card.id, card.name, url)
        made = _made(work, identity, house_style, icon, _measured(measured, say))
        _write(folder, made, say)
    except AppUnfit as exc:
        raise Failed(_sentence(exc, say)) from exc
    for code in made.remarks:
        click.echo(f"- {say.text(APP_REMARKS[code])}")
    if measured is None:
        click.echo(say.text("- The accessibility statement says that nothing was measured. See --measured."))
    click.echo(
        say.text(
            "The app {name} of {municipality} is in {folder}. What to do with it is in {file}.",
            name=identity.name,
            municipality=identity.municipality,
            folder=folder,
            file=folder / "LEESMIJ.txt",
        )
    )


def _made(
    work: Work, identity: Identity, style: HouseStyle, icon: Path | None, measured: Measured | None
) -> Made:
    from own_app.making import make_app  # its libraries only staff's computers have

    card, today = work.office.card(), work.office.now().date()
    return make_app(identity, style, card.root_key, work.office.addresses().issuer, today, icon, measured)


def _measured(file: Path | None, say: Wording) -> Measured | None:
    if file is None:
        return None
    try:
        return read_measured(read_json(file))
    except AppUnfit as exc:
        raise Failed(say.text(APP_UNFIT[exc.reason], file=file)) from exc


def _write(folder: Path, made: Made, say: Wording) -> None:
    written = write_app(folder, made.files, made.for_people)
    for path in written.kept:
        click.echo(say.text("- {file} was changed by hand, and stays as it is.", file=folder / path))


def _sentence(error: AppUnfit, say: Wording) -> str:
    about = {
        key: shown(value, 200) if isinstance(value, str) else value for key, value in error.about.items()
    }
    return say.text(APP_UNFIT[error.reason], **about)
