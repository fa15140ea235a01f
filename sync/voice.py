"""Step: fetch the voices of polls, where the resident wants to be read to."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache

from domain.errors import Distrusted, Unreachable
from domain.participation import Voice
from domain.speech import READ_ALOUD
from protocol.manifest import Manifest
from protocol.speech import read_speech
from sync.client import Client
from sync.phone import Phone
from sync.pull import fetch_document

log = logging.getLogger("samenspraak.sync")


async def fetch_voices(phone: Phone, client: Client, manifest: Manifest, now: datetime) -> None:
    """Every language at once, so that nobody can see in which she is read to. Each once, and only of polls
    that can still be answered: a voice is large, so it goes again after that. One that does not come stops
    nothing.
    """
    every = {poll.state.speech: poll for poll in manifest.polls if poll.state.speech}
    wants = phone.settings.all().get(READ_ALOUD) == "yes"
    wanted = {digest for digest, poll in every.items() if wants and now < poll.closes_at()}
    phone.shelf.drop(every.keys() - wanted)
    for digest in phone.shelf.missing(wanted):
        try:
            raw = await fetch_document(client, manifest.services.ballot_box, digest)
        except (Unreachable, Distrusted) as exc:
            log.warning("a voice did not come: %s", type(exc).__name__)
            return
        phone.shelf.put_document(digest, raw)


def voice_of(phone: Phone, poll: str, tag: str, screen: str) -> Voice:
    """Of one screen in one language (`nl`, `nl-x-plain`), from storage."""
    manifest = phone.manifest()
    published = manifest.poll(poll) if manifest else None
    digest = published.state.speech if published else None
    if published is None or digest is None:
        return Voice()
    raw = phone.shelf.document(digest)
    if raw is None:
        return Voice(coming=True)
    try:
        return Voice(_read(raw, published.entry.document).clip(tag, screen))
    except Distrusted:
        return Voice()


_read = lru_cache(maxsize=2)(read_speech)
