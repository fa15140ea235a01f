"""`samenspraak feedback`: tell residents what is done with their answers."""

from __future__ import annotations

from pathlib import Path

import click

from staff.command_polls import check_not_cancelled
from staff.dutch_time import day_of
from staff.feedback_file import example, read_feedback_file
from staff.publishing import Publishing
from staff.usage import StaffCommand, UsageInWords, text
from staff.work import Work, at_office


@click.command(cls=StaffCommand, help=text("Publish feedback: what is done with the answers."))
@click.argument("poll_id", metavar="POLL")
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path))
@click.option("--example", "is_example", is_flag=True, help=text("Print an example to fill in, instead."))
@at_office
def feedback(work: Work, poll_id: str, file: Path | None, is_example: bool) -> None:
    published = work.published(poll_id)
    poll = work.poll(published)
    if is_example:
        click.echo(example(poll, day_of(work.office.now())))
        return
    if file is None:
        said = work.say.text("Which file? With --example you see what stands in it.")
        raise UsageInWords(said, click.get_current_context().command_path)
    check_not_cancelled(published, work.say)
    document = read_feedback_file(file, poll)
    with work.servers() as servers:
        Publishing(work.office, servers).publish_feedback(document)
    click.echo(work.say.text("The feedback on {poll} has been published.", poll=poll_id))
    if published.state.result is None:
        click.echo(
            work.say.text("The result has not been published yet. Do that with: samenspraak count --publish")
        )
