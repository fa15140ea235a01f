"""`samenspraak speech`: a poll that can be heard, for who does not read easily."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from domain.poll import Poll
from i18n.wording import Wording
from protocol.speech import LARGEST, write_speech
from staff.command_polls import check_not_cancelled
from staff.publishing import Publishing
from staff.usage import StaffCommand, text
from staff.work import Failed, Work, at_office, progress

if TYPE_CHECKING:
    from staff.voicing import Voicing

FOLDER = click.Path(path_type=Path)
ESPEAK = "espeak-ng -v {voice} -s 135 --stdout"
"""Slower than its usual 175 words a minute. Reads the text on standard input, writes WAV."""


@click.command(cls=StaffCommand, help=text("Let a poll be read aloud: by your recordings, or by a program."))
@click.argument("poll_id", metavar="POLL")
@click.option(
    "--recordings", metavar="DIR", type=FOLDER, help=text("Folder with recordings, WAV or MP3: see --texts.")
)
@click.option(
    "--command",
    metavar="COMMAND",
    envvar="SAMENSPRAAK_SPEECH",
    default=ESPEAK,
    help=text("Program that speaks the rest: text in, WAV out. {voice} is the voice; else espeak-ng."),
)
@click.option(
    "--texts", is_flag=True, help=text("Only show what is to be spoken, and how each file is called.")
)
@click.option(
    "--listen",
    metavar="DIR",
    type=FOLDER,
    help=text("Only write the sounds to this folder, to listen first."),
)
@at_office
def speech(
    work: Work, poll_id: str, recordings: Path | None, command: str, texts: bool, listen: Path | None
) -> None:
    from staff.voicing import recording_name, spoken  # its libraries only staff's computers have

    published = work.published(poll_id)
    poll = work.poll(published)
    if texts:
        click.echo("\n\n".join(f"{recording_name(p)}\n{chr(10).join(p.sentences)}" for p in spoken(poll)))
        return
    check_not_cancelled(published, work.say)
    voicing = _voice(work.say, poll, command, recordings)
    if listen is not None:
        _write(voicing, listen)
        click.echo(work.say.text("The sounds are in {folder}. Nothing has been published.", folder=listen))
        return
    raw = write_speech(poll.id, published.entry.document, voicing.clips)
    if len(raw) > LARGEST:
        most = LARGEST // 1024 // 1024
        raise Failed(work.say.text("The sounds are too large together: at most {n} MB.", n=most))
    with work.servers() as servers:
        Publishing(work.office, servers).publish_speech(poll.id, raw)
    click.echo(
        work.say.text("The voice of {poll} has been published ({n} kB).", poll=poll.id, n=len(raw) // 1024)
    )


def _voice(say: Wording, poll: Poll, command: str, recordings: Path | None) -> Voicing:
    """Also says who speaks, and what nobody does."""
    from staff.voicing import Speaker, voice

    if recordings is not None and not recordings.is_dir():
        raise Failed(say.text("There is no folder {folder}.", folder=recordings))
    with progress(say.text("Speaking")) as on_progress:
        found = voice(poll, Speaker(command), recordings, on_progress)
    count = sum(map(len, found.clips.values()))
    click.echo(say.text("Screens with a voice: {n}, of which recorded: {m}.", n=count, m=found.recorded))
    for language in sorted(found.silent):
        name = say.language_name(language)
        click.echo(say.text("There is no voice for {language}: make recordings for it.", language=name))
    if not count:
        raise Failed(say.text("Nothing could be spoken. Nothing has been published."))
    return found


def _write(voicing: Voicing, folder: Path) -> None:
    for tag, clips in voicing.clips.items():
        (folder / tag).mkdir(parents=True, exist_ok=True)
        for screen, sound in clips.items():
            (folder / tag / f"{screen.removeprefix('.')}.mp3").write_bytes(sound)
