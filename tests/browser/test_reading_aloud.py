"""A question is heard in a real browser: it plays, it stops, it begins again, it ends by itself."""

from __future__ import annotations

import io
import math
import struct
import wave
from urllib.parse import urlsplit

import pytest

from domain.participation import Membership, Voice
from staff.sound import compress
from tests.shots.stage import Scene, Stage, staged
from tests.support.browser import Browser

pytestmark = pytest.mark.browser
SCENE = Scene("/polls/regiovervoer/questions/1", Membership.INVITED)
RATE = 22050


def tone(seconds: float) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(
            b"".join(struct.pack("<h", round(8000 * math.sin(n / 9))) for n in range(round(seconds * RATE)))
        )
    return compress(kept.getvalue(), "tone.wav")


def staged_with(seconds: float) -> Stage:
    stage = Stage()
    stage.set(SCENE, {"read-aloud": "yes"})
    stage.desk.voices["regiovervoer/nl/hoe-vaak"] = Voice(tone(seconds))
    return stage


def test_a_question_plays_stops_and_begins_again_and_nothing_is_fetched_elsewhere(browser: Browser):
    with staged(staged_with(30)) as address, browser.phone() as phone:
        phone.open(f"{address}/#{SCENE.route}")
        phone.tap("Lees voor")
        phone.see("Vanaf het begin")
        phone.tap("Vanaf het begin")
        phone.tap("Stop met voorlezen")
        phone.until(lambda: phone.has("Lees voor"))
        assert not phone.has("Vanaf het begin")
        assert phone.errors == []
        hosts = {urlsplit(url).netloc for url in set(phone.requests) - set(phone.blocked)}
        assert hosts <= {urlsplit(address).netloc, ""}


def test_what_was_heard_to_the_end_can_be_heard_again(browser: Browser):
    with staged(staged_with(2)) as address, browser.phone() as phone:
        phone.open(f"{address}/#{SCENE.route}")
        for _ in range(2):
            phone.tap("Lees voor")
            phone.see("Vanaf het begin")
            phone.until(lambda: phone.has("Lees voor"))
        assert phone.errors == []
