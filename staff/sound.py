"""Sound for phones: MP3, the one compressed kind that every platform plays."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import lameenc

from staff.voice_errors import SoundUnfit

BITRATE = 32
"""Kilobits a second: a voice of 20 seconds takes 80 kB."""
RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
"""Samples a second that MP3 knows."""
LONGEST = 300
"""Seconds of one recording."""
_MP3_STARTS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")


def compress(raw: bytes, name: str) -> bytes:
    """A WAV file of 16 bits, mono or stereo, as MP3; an MP3 file as it is. Raises `SoundUnfit`."""
    if raw.startswith(_MP3_STARTS):
        return raw
    try:
        with wave.open(io.BytesIO(raw)) as sound:
            rate, channels, width = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
            samples = sound.readframes(sound.getnframes())  # a program's pipe names more than there are
    except (wave.Error, EOFError) as exc:
        raise SoundUnfit(name, "kind") from exc
    whole = len(samples) - len(samples) % (width * channels)
    if not whole:
        raise SoundUnfit(name, "empty")
    _check(name, rate, channels, width, whole)
    return _encoded(samples[:whole], rate, channels)


def recording(path: Path) -> bytes:
    """A recorded file as MP3. Raises `SoundUnfit`, or `OSError`."""
    return compress(path.read_bytes(), path.name)


def _check(name: str, rate: int, channels: int, width: int, size: int) -> None:
    if width != 2 or channels not in (1, 2):
        raise SoundUnfit(name, "samples")
    if rate not in RATES:
        raise SoundUnfit(name, "rate")
    if size > LONGEST * rate * channels * width:
        raise SoundUnfit(name, "long")


def _encoded(samples: bytes, rate: int, channels: int) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(BITRATE)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_quality(2)
    return bytes(encoder.encode(samples)) + bytes(encoder.flush())
