"""The voice of a poll: a sound for each screen in each language, as one document named in the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from domain.errors import Distrusted
from protocol.canonical import NotBase64, b64, canonical, unb64
from protocol.messages import Digest, Message, PollId
from protocol.problems import Distrust

LARGEST = 6 * 1024 * 1024
"""Bytes of the document: servers take 8 MiB, and it must fit a phone's bundle of data."""

Sound = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=LARGEST)]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-x-plain)?$")]


class SpeechDocument(Message):
    """`document`: digest of the poll that is spoken. `clips`: by language tag, then by the id of the screen
    (`domain.screens`), an MP3 file in base64url."""

    version: Literal[1] = 1
    poll: PollId
    document: Digest
    clips: Mapping[Tag, Mapping[str, Sound]] = Field(min_length=1)

    def clip(self, tag: str, screen: str) -> bytes | None:
        """The MP3 file of one screen, if there is one."""
        sound = self.clips.get(tag, {}).get(screen)
        try:
            return unb64(sound) if sound else None
        except NotBase64:
            return None


def write_speech(poll: str, document: str, clips: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """The bytes whose SHA-256 the manifest names. `clips`: MP3 files by language tag and id of the screen."""
    encoded = {tag: {id: b64(sound) for id, sound in those.items()} for tag, those in clips.items()}
    return canonical(SpeechDocument(poll=poll, document=document, clips=encoded).model_dump(mode="json"))


def read_speech(raw: bytes, document: str) -> SpeechDocument:
    """Raises `Distrusted` for what is not the voice of the poll with this digest: then what is heard might
    not be what is written."""
    try:
        found = SpeechDocument.model_validate_json(raw)
    except ValidationError as exc:
        raise Distrusted(Distrust.DOCUMENT) from exc
    if found.document != document:
        raise Distrusted(Distrust.DOCUMENT)
    return found
