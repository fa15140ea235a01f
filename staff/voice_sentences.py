"""A sentence for every error that can come up when a poll is read aloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from i18n.wording import Wording
from staff.usage import text
from staff.voice_errors import SoundUnfit, SpeakerFailed

_UNFIT = {
    "kind": text("The sound {file} is no WAV and no MP3."),
    "empty": text("There is no sound in {file}."),
    "samples": text("The sound {file} must have 16 bits a sample, in mono or stereo."),
    "rate": text("The sample rate of {file} cannot be used: take 22050 or 44100."),
    "long": text("The sound {file} is longer than five minutes."),
}


def _failed(error: SpeakerFailed, say: Wording) -> str:
    said = say.text(
        "The program {program} gave no sound. Is it installed? (On Debian: sudo apt install espeak-ng.) "
        "With --command you choose another program, with --recordings your own recordings.",
        program=error.program,
    )
    return f"{said} ({' '.join(error.reason.split())})" if error.reason else said


VOICE_SENTENCES: dict[type, Callable[[Any, Wording], str]] = {
    SpeakerFailed: _failed,
    SoundUnfit: lambda error, say: say.text(_UNFIT[error.reason], file=error.name),
}
