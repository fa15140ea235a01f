"""`samenspraak poll`: poll files, before anything is published."""

from __future__ import annotations

import json
from pathlib import Path

import click

from domain.errors import PollInvalid
from domain.poll import Poll
from i18n.wording import Wording
from protocol.poll_document import poll_schema, read_poll
from staff.dutch_time import moment_in_words
from staff.sentences import sentence
from staff.usage import StaffGroup, text
from staff.work import speaking


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
            found = read_poll(path.read_bytes())
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


@poll.command("schema", help=text("Print the JSON Schema of poll files."))
@speaking
def schema(_say: Wording) -> None:
    click.echo(json.dumps(poll_schema(), ensure_ascii=False, indent=2))
