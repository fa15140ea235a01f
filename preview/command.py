"""`samenspraak preview`: the app in a house style, on staff's own screen."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from i18n.wording import Wording
from staff.usage import StaffCommand, text
from staff.work import Failed, speaking

FILE = click.Path(path_type=Path)


@click.command("preview", cls=StaffCommand, help=text("See the app in your house style, left beside right."))
@click.option(
    "--style",
    "styles",
    metavar="FILE",
    type=FILE,
    multiple=True,
    help=text("House style, design tokens, or a folder with them; as often as needed."),
)
@click.option(
    "--poll",
    "polls",
    metavar="FILE",
    type=FILE,
    multiple=True,
    help=text("Poll file, or a folder with them; as often as needed."),
)
@click.option(
    "--office",
    metavar="DIR",
    type=FILE,
    envvar="SAMENSPRAAK_OFFICE",
    default="office",
    help=text("Folder of the municipality; else SAMENSPRAAK_OFFICE, else ./office."),
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=0,
    help=text("Port on this computer; else a free one."),
)
@click.option("--no-window", is_flag=True, help=text("Open no window; only say the address."))
@speaking
def preview(
    say: Wording, styles: tuple[Path, ...], polls: tuple[Path, ...], office: Path, port: int, no_window: bool
) -> None:
    try:
        from preview.running import run  # the app, and what shows it in browsers: only the extra brings those
        from preview.sources import Places
    except ModuleNotFoundError as exc:
        missing = say.text(
            "Part of the preview is not installed ({name}). Install Samenspraak with: [staff,preview]",
            name=exc.name,
        )
        raise Failed(missing) from exc
    for path in (*styles, *polls):
        if not path.exists():
            raise FileNotFoundError(errno.ENOENT, "", str(path))
    places = Places(styles, polls, office if office.is_dir() else None)
    run(places, port, not no_window, say)
