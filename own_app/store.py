"""What the stores show: texts in the languages that they know, each as long as they allow."""

from __future__ import annotations

import tomllib
from pathlib import Path

from own_app.errors import AppUnfit
from own_app.identity import Identity

TEXTS = Path(__file__).parent / "store_texts"

#: Google Play's and the App Store's names for our languages. Neither knows Frisian.
PLAY = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "pl": "pl-PL", "tr": "tr-TR", "uk": "uk", "ar": "ar"}
APPLE = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "pl": "pl", "tr": "tr", "uk": "uk", "ar": "ar-SA"}

#: File, the text it holds, and the most characters its store takes; the keywords' bound is in bytes.
PLAY_FILES = (
    ("title.txt", "name", 30),
    ("short_description.txt", "short", 80),
    ("full_description.txt", "description", 4000),
)
APPLE_FILES = (
    ("name.txt", "name", 30),
    ("subtitle.txt", "subtitle", 30),
    ("keywords.txt", "keywords", 100),
    ("description.txt", "description", 4000),
)


def store_files(identity: Identity) -> dict[str, bytes]:
    """By path, in folders as fastlane's `supply` and `deliver` read them. Raises `AppUnfit` (text-long)."""
    files = {}
    for language in PLAY:
        texts = store_texts(language, identity)
        for store, locale, wanted in (("android", PLAY, PLAY_FILES), ("ios", APPLE, APPLE_FILES)):
            for file, key, most in wanted:
                path = f"{store}/{locale[language]}/{file}"
                files[path] = (_fitting(texts[key], most, path) + "\n").encode()
    return files


def store_texts(language: str, identity: Identity) -> dict[str, str]:
    """`name`, `short`, `subtitle`, `keywords` and `description`, filled in."""
    texts = tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8"))
    values = {"name": identity.name, "municipality": identity.municipality}
    return {"name": identity.name} | {key: text.strip().format(**values) for key, text in texts.items()}


def _fitting(text: str, most: int, path: str) -> str:
    length = len(text.encode()) if path.endswith("keywords.txt") else len(text)
    if length > most:
        raise AppUnfit("text-long", file=path, n=length, most=most)
    return text
