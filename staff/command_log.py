"""`samenspraak log`: what staff did, and whether the log of it is whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from staff.action_log import head_of, whole_lines
from staff.dutch_time import moment_in_words
from staff.log_check import Broken, check, digest_of_file
from staff.usage import StaffGroup, Unfit, text, wording
from staff.work import Failed, Work, at_office

_HEAD = re.compile(r"\d+(-[0-9A-F]{4}){5}", re.IGNORECASE)
_ACTIONS = {
    "keys-made": text("Keys made"),
    "keys-recovered": text("Keys made again from recovery sheets"),
    "log-started": text("Log begun, for keys that were there already"),
    "log-mended": text("Half a line put aside, after something was cut off"),
    "key-replaced": text("Key replaced"),
    "sheet-made": text("Recovery sheets made"),
    "poll-key-made": text("Key of a poll made"),
    "poll-key-removed": text("Key of a poll removed"),
    "poll-key-joined": text("Key of a poll put back"),
    "shares-made": text("Shares of a key made"),
    "manifest": text("Signed for publication"),
    "manifest-fetched": text("Fetched what was published"),
    "request": text("Sent"),
    "request-failed": text("Not done"),
}
_BROKEN = {
    "half": text(
        "Line {number} was not written to its end: something was cut off. The next command puts it aside."
    ),
    "changed": text("Line {number} is not as it was written."),
    "missing": text("Before line {number} lines are missing, or they were put in another order."),
    "start": text("There is no log in this folder. The next command that signs something begins it."),
    "keys": text(
        "The log ends at line {number} with other keys than municipality.json has. Either lines at the end "
        "are missing, or a replacement of a key was cut off: finish it with samenspraak keys rotate"
    ),
    "manifest": text(
        "The log ends at line {number}, but does not have what this folder published last. "
        "Either lines at the end are missing, or publishing was cut off: give that command again."
    ),
    "head": text(
        "The log has {number} lines, and not the line that you wrote down. Lines at the end are missing, or "
        "all of it was written anew."
    ),
}


@click.group("log", cls=StaffGroup, help=text("What was done with the keys."))
def log() -> None:
    pass


@log.command("show", help=text("Show every action, oldest first."))
@at_office
def show(work: Work) -> None:
    work.office.card()
    for line in work.office.log.lines():
        said = work.say.text(_ACTIONS.get(line["action"], "{action}"), action=line["action"])
        moment = moment_in_words(datetime.fromisoformat(line["at"]), work.say)
        click.echo(f"{line['number']:>5}  {moment}  {said}{_in_words(line['details'])}")


def _in_words(details: Mapping[str, Any]) -> str:
    """What says something to a reader: no public keys, and only the beginning of digests."""
    if "path" in details:
        right, rest = details["right"], [details[name] for name in ("reason",) if name in details]
        said = [details["method"], f"{details['server']}{details['path']}", f"({right})", *rest]
    else:
        shown = {name: value for name, value in details.items() if name not in ("accepted", "public", "new")}
        if isinstance(shown.get("digest"), str):
            shown["digest"] = f"{shown['digest']:.10}…"
        values = [value if isinstance(value, list) else [value] for value in shown.values()]
        said = [str(part) for parts in values for part in parts if not isinstance(part, dict)]
    return f": {' '.join(said)}" if said else ""


def _head(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value and not _HEAD.fullmatch(value.strip()):
        raise Unfit(wording().text("Write it as it was said: 12-3F2A-91BC-4D5E-6F70-8A9B."))
    return value


@log.command("check", help=text("Check that no line was changed, removed or added by somebody else."))
@click.option(
    "--head",
    metavar="N-XXXX-...",
    callback=_head,
    help=text("The last line as you wrote it down earlier; finds out whether later lines were removed."),
)
@at_office
def check_log(work: Work, head: str | None) -> None:
    say, office = work.say, work.office
    raw = office.log.raw()
    broken = check(raw, office.card(), digest_of_file(office.folder / "manifest.json"), head)
    if broken is not None:
        raise Failed(_sentence(work, broken))
    lines = whole_lines(raw)
    click.echo(say.plural("The log is whole: one line.", "The log is whole: {n} lines.", len(lines)))
    if head is None:
        click.echo(
            say.text(
                "This check cannot see everything: whoever has the passphrase can write all of it anew. "
                "Compare with a line that you wrote down: samenspraak log check --head"
            )
        )
    click.echo(say.text("Last line, to write down: {head}", head=head_of(len(lines), lines[-1])))


def _sentence(work: Work, broken: Broken) -> str:
    return work.say.text(_BROKEN[broken.reason], number=broken.number)
