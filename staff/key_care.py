"""What is said before and after publishing about keys that must not be lost."""

from __future__ import annotations

import click

from staff.work import Work


def warn_before(work: Work, poll: str, *, is_shared: bool) -> None:
    """That a lost counting key means a poll that cannot be counted; on standard error."""
    say = work.say
    said = [
        "",
        say.text(
            "Mind: one key opens the answers to {poll}, and it is only in this folder. If that key or the "
            "passphrase is lost, nobody can count the poll, and nobody can help: not the administrators, not "
            "the makers of Samenspraak.",
            poll=poll,
        ),
    ]
    if not is_shared:
        said.append(say.text("Put the key on paper as soon as the poll is published, in one of two ways:"))
        said.append(f"  samenspraak keys sheet --poll {poll} OUT.pdf")
        said.append("    " + say.text("a recovery sheet, for a safe"))
        said.append(f"  samenspraak keys share {poll} --out DIR")
        said.append("    " + say.text("three shares for three people, of whom two can count"))
    if not any(made["keys"] for made in work.office.log.details_of("sheet-made")):
        said.append(
            say.text(
                "No recovery sheet was ever made of the other keys in this folder. Without one a broken "
                "computer means new keys, new letters and a new app. "
                "Make them with: samenspraak keys sheet OUT.pdf"
            )
        )
    click.echo("\n".join([*said, ""]), err=True)


def say_head(work: Work) -> None:
    """What staff write down, to see later whether the log is complete."""
    manifest = work.office.manifest()
    if manifest is not None:
        click.echo(
            work.say.text(
                "Publication {sequence}. Last line of the log: {head}",
                sequence=manifest.sequence,
                head=work.office.log.head(),
            )
        )
        click.echo(work.say.text("Write that down. It shows later whether the log is complete."))
