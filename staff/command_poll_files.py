"""`samenspraak poll`: poll files, before anything is published."""

from __future__ import annotations

import json
from pathlib import Path

import click

from domain.errors import PollInvalid
from domain.poll import Poll
from i18n.wording import Wording
from protocol.poll_document import poll_schema
from staff.dutch_time import moment_in_words
from staff.poll_file import read_poll_file, with_drawing
from staff.sentences import sentence
from staff.usage import StaffGroup, text
from staff.work import Failed, speaking
from theming.logo import LogoUnfit


@click.group(cls=StaffGroup, help=text("Poll files."))
def poll() -> None:
    pass


@poll.command("check", help=text("Check poll files, and name every fault."))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@speaking
def check(say: Wording, files: tuple[Path, ...]) -> None:
    sound = True
    for path in files:
        try:
            found = read_poll_file(path.read_bytes())
        except (PollInvalid, OSError) as error:
            sound = False
            click.echo(f"{path}: {sentence(error, say)}")
        else:
            click.echo(f"{path}: {_summary(found, say)}")
    if not sound:
        raise click.exceptions.Exit(1)


def _summary(found: Poll, say: Wording) -> str:
    return "\n  ".join(
        (
            say.text("no faults"),
            say.plural("One question", "{n} questions", len(found.questions)),
            say.plural("About one minute", "About {n} minutes", found.minutes()),
            say.text("Languages: {languages}", languages=", ".join(found.languages)),
            say.plural("One table to publish", "{n} tables to publish", len(found.tables)),
            say.text("Open from {moment}", moment=moment_in_words(found.opens_at, say)),
            say.text("Closes on {moment}", moment=moment_in_words(found.closes_at, say)),
        )
    )


@poll.command("picture", help=text("Put a picture of your own in a poll file, for an option to name."))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("name", metavar="NAME")
@click.argument("drawing", metavar="DRAWING.svg", type=click.Path(path_type=Path))
@click.option(
    "--alternative",
    metavar="nl=WORDS",
    multiple=True,
    required=True,
    help=text("What it shows, in words; once for each language of the poll."),
)
@speaking
def picture(say: Wording, file: Path, name: str, drawing: Path, alternative: tuple[str, ...]) -> None:
    from theming.svg_logo import clean_svg  # its libraries only staff's computers have

    words = dict(each.partition("=")[::2] for each in alternative)
    try:
        clean, removed = clean_svg(drawing.read_bytes(), next(iter(words.values())))
    except LogoUnfit as unfit:
        raise Failed(say.text("The file {file} is no drawing that phones can show.", file=drawing)) from unfit
    changed = with_drawing(file.read_bytes(), name, clean.data.decode(), words)
    fresh = file.with_name(file.name + ".new")
    fresh.write_bytes(changed)
    fresh.replace(file)
    click.echo(
        say.text("The picture {name} is in {file}. Options name it under picture.", name=name, file=file)
    )
    if removed:
        click.echo(say.text("Left out of the drawing: {parts}", parts=", ".join(removed)))


@poll.command("schema", help=text("Print the JSON Schema of poll files."))
@speaking
def schema(_say: Wording) -> None:
    click.echo(json.dumps(poll_schema(), ensure_ascii=False, indent=2))
