"""A poll read aloud: by recordings where there are some, else by a program that speaks."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.answers import Declining
from domain.poll import Poll
from domain.speech import Passage, passages
from domain.texts import LANGUAGES, PLAIN_SUFFIX
from i18n.declining import dont_know, prefer_not
from i18n.wording import Wording
from staff.sound import compress, recording
from staff.voice_errors import SpeakerFailed

VOICES = {"nl": "nl", "en": "en-gb", "de": "de", "pl": "pl", "tr": "tr", "uk": "uk", "ar": "ar"}
"""Names of espeak-ng's voices. It has none for Frisian, and a Dutch one would mangle it."""
PATIENCE = 60
"""Seconds that one passage may take."""
ENDS = ".!?:;…؟"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`command` reads text on standard input and writes WAV; `{voice}` stands for the language's voice."""

    command: str

    @property
    def program(self) -> str:
        return next(iter(shlex.split(self.command)), "")

    def say(self, passage: Passage, language: str) -> bytes:
        """An MP3 file. Raises `SpeakerFailed`, or `SoundUnfit` for what is no sound."""
        words = [part.replace("{voice}", VOICES[language]) for part in shlex.split(self.command)]
        try:
            done = subprocess.run(  # noqa: S603  (staff's own command, without a shell)
                words, input=_written(passage).encode(), capture_output=True, timeout=PATIENCE, check=True
            )
        except subprocess.CalledProcessError as exc:
            raise SpeakerFailed(self.program, exc.stderr.decode(errors="replace").strip()[:300]) from exc
        except (OSError, subprocess.TimeoutExpired, IndexError) as exc:
            raise SpeakerFailed(self.program, type(exc).__name__) from exc
        return compress(done.stdout, self.program)


@dataclass(frozen=True, slots=True)
class Voicing:
    """What came of it. `clips`: MP3 files by tag and screen; `recorded`: how many of them people spoke.

    `silent`: languages of which something could not be spoken.
    """

    clips: Mapping[str, Mapping[str, bytes]]
    recorded: int
    silent: frozenset[str]


def voice(
    poll: Poll, speaker: Speaker, recordings: Path | None, on_progress: Callable[[int, int], None]
) -> Voicing:
    """Every screen in every language. Raises `SpeakerFailed`, `SoundUnfit` or `OSError`.

    `recordings`: a folder with files such as `nl/hoe-vaak.wav`; `recording_names` tells their names.
    """
    clips: dict[str, dict[str, bytes]] = {}
    recorded, silent, every = 0, set(), list(spoken(poll))
    for number, passage in enumerate(every, start=1):
        language = passage.tag.removesuffix(PLAIN_SUFFIX)
        if (path := _recorded(recordings, passage)) is not None:
            sound, recorded = recording(path), recorded + 1
        elif language in VOICES:
            sound = speaker.say(passage, language)
        else:
            silent.add(language)
            continue
        clips.setdefault(passage.tag, {})[passage.screen] = sound
        on_progress(number, len(every))
    return Voicing(clips, recorded, frozenset(silent))


def spoken(poll: Poll) -> Iterator[Passage]:
    """What is to be said, with the app's own words for not answering."""
    wordings = {language: Wording(language) for language in LANGUAGES}
    declining = {
        language: {Declining.DONT_KNOW: dont_know(words), Declining.PREFER_NOT: prefer_not(words)}
        for language, words in wordings.items()
    }
    return passages(poll, declining)


def recording_name(passage: Passage) -> str:
    """Of a recording, without its ending: `nl/introduction`, `nl/hoe-vaak`, `nl/stellingen.schoon`."""
    return f"{passage.tag}/{passage.screen.removeprefix('.')}"


def _recorded(folder: Path | None, passage: Passage) -> Path | None:
    names = [f"{recording_name(passage)}{ending}" for ending in (".mp3", ".wav")] if folder else []
    return next((folder / name for name in names if folder and (folder / name).is_file()), None)


def _written(passage: Passage) -> str:
    """Each sentence a paragraph: there a speaker rests."""
    return "\n\n".join(s if s.rstrip().endswith(tuple(ENDS)) else f"{s}." for s in passage.sentences) + "\n"
