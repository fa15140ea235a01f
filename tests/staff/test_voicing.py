"""Reading aloud: recordings first, a real program for the rest, and a clear word where neither can."""

from __future__ import annotations

import io
import json
import math
import shutil
import struct
import wave
from pathlib import Path

import pytest

from protocol.poll_document import read_poll
from staff.command_speech import ESPEAK
from staff.sound import compress
from staff.voice_errors import SoundUnfit, SpeakerFailed
from staff.voicing import Speaker, voice
from tests.staff.conftest import DAY, NOW, failed, iso
from tests.support.missing import missing
from tests.support.polls import document, transport

NAMES = {"nl/introduction.mp3", "nl/hoe-vaak.mp3", "en/hoe-vaak.mp3"}


def wav(seconds: float = 1.0, rate: int = 22050, width: int = 2) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(width)
        file.setframerate(rate)
        tone = (round(9000 * math.sin(n / 9)) for n in range(round(seconds * rate)))
        file.writeframes(b"".join(struct.pack("<h", t) if width == 2 else b"\x80" for t in tone))
    return kept.getvalue()


def test_a_recording_becomes_a_small_mp3():
    sound = compress(wav(10), "a.wav")
    assert sound[:2] in (b"\xff\xfb", b"\xff\xf3")
    assert 10_000 < len(sound) < 45_000, "32 kilobits a second"
    assert compress(sound, "a.mp3") == sound


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "kind"),
        (b"RIFF....WAVE", "kind"),
        (b"<html>", "kind"),
        (wav(0), "empty"),
        (wav(width=1), "samples"),
        (wav(0.1, rate=22049), "rate"),
        (wav(301, rate=8000), "long"),
    ],
)
def test_what_phones_cannot_play_is_refused_with_its_reason(raw, reason):
    with pytest.raises(SoundUnfit) as refused:
        compress(raw, "a.wav")
    assert refused.value.reason == reason


def test_recordings_go_first_and_a_language_without_a_voice_is_named(tmp_path: Path):
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "hoe-vaak.wav").write_bytes(wav())
    speaker = Speaker(f"cat {tmp_path / 'nl' / 'hoe-vaak.wav'}")
    in_frisian = read_poll(json.dumps(document()).replace('"en"', '"fy"').encode())
    found = voice(in_frisian, speaker, tmp_path, lambda *_: None)
    assert found.recorded == 1
    assert found.clips["nl"]["hoe-vaak"] == compress(wav(), "")
    assert (set(found.clips), found.silent) == ({"nl", "nl-x-plain"}, {"fy"})


@pytest.mark.parametrize("command", ["there-is-no-such-program", "false", ""])
def test_a_program_that_does_not_speak_is_said(command):
    with pytest.raises(SpeakerFailed):
        voice(transport(), Speaker(command), None, lambda *_: None)


@pytest.mark.processes
def test_a_poll_is_spoken_by_a_real_program_and_can_be_listened_to_first(run, publish_locally, tmp_path):
    if not shutil.which("espeak-ng"):
        missing("espeak-ng is not installed")
    publish_locally("bezig", opens_at=iso(NOW - DAY), closes_at=iso(NOW + 9 * DAY))
    done = run("speech", "bezig", "--listen", tmp_path / "klank")
    assert done.exit_code == 0, done.output
    written = {str(p.relative_to(tmp_path / "klank")) for p in (tmp_path / "klank").rglob("*.mp3")}
    assert written >= NAMES
    longest, shortest = (tmp_path / "klank" / "nl" / f"{n}.mp3" for n in ("waarheen", "wens"))
    assert longest.stat().st_size > shortest.stat().st_size > 8000
    assert "Er is niets gepubliceerd" in done.output


def test_the_texts_to_record_are_shown_with_the_names_of_their_files(run, publish_locally):
    publish_locally("bezig", opens_at=iso(NOW - DAY), closes_at=iso(NOW + 9 * DAY))
    said = run("speech", "bezig", "--texts").output
    assert "\nnl/leeftijd\n" in said
    assert "80 jaar of ouder" in said


def test_a_command_that_does_not_exist_ends_with_what_to_do(run, publish_locally):
    publish_locally("bezig", opens_at=iso(NOW - DAY), closes_at=iso(NOW + 9 * DAY))
    said = failed(run("speech", "bezig", "--command", "there-is-no-such-program"))
    assert "Het programma there-is-no-such-program gaf geen geluid." in said
    assert ESPEAK.split()[0] in said
