"""`samenspraak count`: open the answers on this computer, count, publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from domain.errors import Refused
from domain.poll import Poll
from i18n.wording import Wording
from protocol.outcome import ResultDocument
from protocol.problems import Problem
from results.tally import ExactTable
from staff.command_polls import check_not_cancelled
from staff.count_text import result_text
from staff.counting import Counted
from staff.counting import count as count_poll
from staff.dutch_time import moment_in_words
from staff.keyring import write_privately
from staff.publishing import Publishing
from staff.servers import Servers
from staff.usage import StaffCommand, text
from staff.work import Failed, Work, at_office, progress


@click.command(cls=StaffCommand, help=text("Count a poll that has ended, and show what may be published."))
@click.argument("poll_id", metavar="POLL")
@click.option("--publish", is_flag=True, help=text("Publish the result as well."))
@at_office
def count(work: Work, poll_id: str, publish: bool) -> None:
    say, published = work.say, work.published(poll_id)
    check_not_cancelled(published, say)
    if work.office.now() < (ends := published.ends_at()):
        raise Failed(
            say.text(
                "Answers still come in until {moment}. Count after that.", moment=moment_in_words(ends, say)
            )
        )
    poll = work.poll(published)
    with work.servers() as servers:
        counted = _count(work, servers, poll_id, ends)
        document = ResultDocument.from_domain(counted.result)
        publishing = Publishing(work.office, servers)
        publishing.check_only_result(document)
        click.echo(result_text(poll, counted.result, say))
        click.echo()
        _keep(work, poll, counted, document)
        if publish:
            publishing.publish_result(document)
            click.echo(say.text("The result has been published."))


def _count(work: Work, servers: Servers, poll_id: str, ended: datetime) -> Counted:
    say = work.say
    try:
        with progress(say.text("Opening answers")) as show:
            return count_poll(work.office, servers, poll_id, show)
    except Refused as refused:
        if refused.code != Problem.BALLOTS_NOT_READY:
            raise
        raise Failed(
            say.text(
                "The poll ended on {moment}, but the servers are still handing over the last answers. "
                "As a rule that takes a day. Try again later.",
                moment=moment_in_words(ended, say),
            )
        ) from refused


def _keep(work: Work, poll: Poll, counted: Counted, document: ResultDocument) -> None:
    say, office = work.say, work.office
    private = [office.keep_private(f"{poll.id}-exact.json", _exact(counted.exact))]
    if poll.has_text():
        private.append(office.keep_private(f"{poll.id}-texts.txt", _texts(poll, counted.texts, say)))
    open_path = office.folder / f"{poll.id}-result.json"
    write_privately(open_path, document.model_dump_json(indent=2).encode())
    _tell(say.text("These files stay on this computer. Give them to nobody:"), private)
    _tell(say.text("This file is what may be published:"), [open_path])


def _tell(said: str, paths: Sequence[Path]) -> None:
    click.echo(said)
    for path in paths:
        click.echo(f"  {path}")


def _exact(tables: Sequence[ExactTable]) -> list[dict[str, Any]]:
    return [
        {
            "question": exact.table.question,
            "statement": exact.statement,
            "by": exact.table.by,
            "groups": [
                {
                    "of": group.of,
                    "size": group.size,
                    "counts": {row: group.counts.get(row, 0) for row in exact.rows},
                }
                for group in exact.groups
            ],
        }
        for exact in tables
    ]


def _texts(poll: Poll, texts: Mapping[str, Sequence[str]], say: Wording) -> str:
    """What was written, question by question, in random order."""
    lines: list[str] = []
    for question in poll.questions:
        if question.id in texts:
            lines += [question.text.get(say.language), "", *(f"- {one}" for one in texts[question.id]), ""]
    return "\n".join(lines) or say.text("Too few people wrote something.")
