"""Sentences about keys: in files, as words on paper, and in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.errors import Distrusted
from i18n.wording import Wording
from staff.action_log import LogDamaged
from staff.key_errors import SharesUnfit, WordsUnfit
from staff.keyring import KeyFileError
from staff.office import RotationCutOff
from staff.rotation import RotationUnfit
from staff.usage import text

_SHARES = {
    "other-set": text(
        "These shares are not of one set: they were made at different moments, or for different keys. "
        "Shares of one set begin with the same three words."
    ),
    "same": text("That is the same share twice. Two different ones are needed."),
    "whole-or-share": text("A whole key is needed here, or two shares of one."),
}


def _words(error: WordsUnfit, say: Wording) -> str:
    if error.rule == "unknown" and error.meant:
        return say.text(
            "Word {place}, {word}, is not on the list. Is it {meant}?",
            place=error.position,
            word=error.word,
            meant=error.meant,
        )
    if error.rule == "unknown":
        return say.text("Word {place}, {word}, is not on the list.", place=error.position, word=error.word)
    if error.rule == "count":
        return say.text("These are {found} words; 35 are needed.", found=error.found)
    if error.rule == "one-wrong":
        return say.text(
            "Word {place}, {word}, is not right. Is it {meant}?",
            place=error.position,
            word=error.word,
            meant=error.meant,
        )
    if error.rule == "swapped":
        return say.text(
            "Words {place} and {next} stand in each other's place.",
            place=error.position,
            next=error.position + 1,
        )
    return say.text("More than one word is not right. Compare them with the sheet one by one.")


def _shares(error: SharesUnfit, say: Wording) -> str:
    if error.reason == "other-key":
        return say.text("These words are of another key than {name}.", name=error.name)
    return say.text(_SHARES[error.reason])


def key_file(error: KeyFileError, say: Wording) -> str:
    name = error.path.name.removesuffix(".key.json")
    if error.reason == "passphrase":
        return say.text("The passphrase is not right.")
    if error.reason == "damaged":
        return say.text("The key file {file} is damaged. Put back a copy of it.", file=error.path)
    if error.reason == "missing" and name.startswith("poll-"):
        return say.text(
            "The key that opens the answers is not in this folder: {file}. Without it nobody can count the "
            "poll. Was the poll published on another computer? Then use that one, or put back a copy of its "
            "folder. Is there a recovery sheet, or were shares made? Then give: samenspraak keys join {poll}",
            file=error.path,
            poll=name.removeprefix("poll-"),
        )
    if error.reason == "missing":
        return say.text(
            "The key file {file} is not there. Was it made on another computer? "
            "Use that computer, or put back a copy of the folder.",
            file=error.path,
        )
    return say.text(
        "There are keys of a municipality in the folder {folder} already. They were not changed.",
        folder=error.path.parent,
    )


def _rotation(error: RotationUnfit, say: Wording) -> str:
    if error.reason == "nothing-published":
        return say.text(
            "Nothing has been published with these keys yet, so no phone would hear of a new root key. "
            "Make new keys in another folder with: samenspraak keys new --office"
        )
    return say.text("The root key has been replaced too often: phones take no more than 16 times.")


KEY_SENTENCES: dict[type, Callable[[Any, Wording], str]] = {
    WordsUnfit: _words,
    SharesUnfit: _shares,
    KeyFileError: key_file,
    RotationUnfit: _rotation,
    RotationCutOff: lambda error, say: say.text(
        "The replacement of the key {right} was cut off. "
        "Finish it first, with: samenspraak keys rotate {right}",
        right=error.right,
    ),
    LogDamaged: lambda error, say: say.text(
        "The log {file} is damaged at its end, so nothing can be noted and nothing was done. Look with: "
        "samenspraak log check. Put back a copy, or rename the file: then a new log begins.",
        file=error.path,
    ),
    Distrusted: lambda _error, say: say.text(
        "What the servers have was not published with the keys in this folder. It was not taken over."
    ),
}
