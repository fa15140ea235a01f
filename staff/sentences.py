"""One sentence for every error that staff can meet."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any

from domain.errors import PollInvalid, Refused, Unreachable
from i18n.wording import Wording
from protocol.problems import Problem
from staff.fault_sentences import fault_lines
from staff.faulty_file import FileFaulty
from staff.key_sentences import KEY_SENTENCES
from staff.letter_errors import AddressUnfit, CharactersMissing, LetterError, TextTooLong
from staff.office import OfficeDamaged, OfficeIncomplete
from staff.publishing import AlreadyPublished, NotPublished, ResultPublished
from staff.servers import NoReply
from staff.usage import text
from staff.voice_sentences import VOICE_SENTENCES

EXPECTED: tuple[type[Exception], ...] = (
    AlreadyPublished,
    *KEY_SENTENCES,
    FileFaulty,
    LetterError,
    NotPublished,
    OfficeDamaged,
    OfficeIncomplete,
    OSError,
    PollInvalid,
    Refused,
    ResultPublished,
    Unreachable,
    *VOICE_SENTENCES,
)

_AGAIN = text("The server cannot do this now. Try again later.")
_VERSIONS = text("The servers and this computer have different versions of Samenspraak ({code}).")

REFUSALS: dict[str, str] = {
    Problem.SIGNATURE_INVALID: text(
        "The server does not accept your key. Does it have the municipality.json of this folder? "
        "Is the clock of this computer right?"
    ),
    Problem.RIGHT_MISSING: text("The server does not accept this key for this command."),
    Problem.POLL_UNKNOWN: text("The server does not know this poll. Publish it once more."),
    Problem.BALLOTS_NOT_READY: text("The answers are not complete yet. Try again later."),
    Problem.BALLOTS_GONE: text("The answers to this poll were deleted: their time was over."),
    Problem.MANIFEST_INVALID: text(
        "The server does not accept the signature on your polls. "
        "Does it have the municipality.json of this folder?"
    ),
    Problem.MANIFEST_OLDER: text(
        "Something newer was published from another folder or computer. "
        "Go on there: this folder is out of date."
    ),
    Problem.MANIFEST_FORKED: text(
        "Something else was published from another folder or computer. "
        "Go on there: this folder is out of date."
    ),
    Problem.NOT_FOUND: text("Nothing has been published on this server yet."),
    Problem.TOO_LARGE: text("This is too large for the server."),
    Problem.DOCUMENT_MISMATCH: _AGAIN,
    Problem.DOCUMENT_MISSING: _AGAIN,
    Problem.TOO_MANY: _AGAIN,
    Problem.TOO_SLOW: _AGAIN,
    Problem.QUEUE_FULL: _AGAIN,
    Problem.INTERNAL: _AGAIN,
    Problem.MALFORMED: _VERSIONS,
    Problem.MEDIA_TYPE: _VERSIONS,
    Problem.METHOD: _VERSIONS,
}
"""What a server says to staff; the other codes are for phones."""


def sentence(error: BaseException, say: Wording) -> str:
    """The sentence for one of `EXPECTED`; a file's faults are on the lines below it."""
    kind = next(kind for kind in type(error).__mro__ if kind in _SENTENCES)
    return _SENTENCES[kind](error, say)


def refusal_sentence(error: Refused, say: Wording) -> str:
    return say.text(REFUSALS.get(error.code, _VERSIONS), code=error.code)


def _incomplete(error: OfficeIncomplete, say: Wording) -> str:
    if error.missing == "card":
        return say.text(
            "There are no keys in the folder {folder}. Choose another folder with --office, "
            "or make keys with: samenspraak keys new",
            folder=error.folder,
        )
    return say.text("The addresses of the servers are not known yet. Give them with: samenspraak servers")


def _file(error: OSError, say: Wording) -> str:
    file = error.filename or ""
    if error.errno == errno.ENOSPC:
        return say.text("The disk is full.")
    if isinstance(error, FileNotFoundError):
        return say.text("There is no file or folder {file}.", file=file)
    if isinstance(error, FileExistsError):
        return say.text("The file {file} is there already. It was not changed.", file=file)
    if isinstance(error, PermissionError):
        return say.text("You may not read or write {file}.", file=file)
    return say.text("The file {file} cannot be read or written.", file=file)


def _letter(error: LetterError, say: Wording) -> str:
    if isinstance(error, AddressUnfit):
        return say.text(
            "The address {address} cannot be used: "
            "it must look like https://peilingen.example, without ? or #.",
            address=error,
        )
    if isinstance(error, CharactersMissing):
        return say.text(
            "These characters cannot be printed in a letter: {characters}", characters=error.characters
        )
    if isinstance(error, TextTooLong) and error.part == "steps":
        return say.text("The address of the app is too long for a letter.")
    return say.text("The title of the poll and the name of the municipality are too long for a letter.")


def _invalid(error: PollInvalid, say: Wording) -> str:
    first = say.plural("The poll has one fault:", "The poll has {n} faults:", len(error.faults))
    return "\n".join([first, *fault_lines(error.faults, say)])


def _faulty(error: FileFaulty, say: Wording) -> str:
    first = say.plural(
        "The file {file} has one fault:",
        "The file {file} has {n} faults:",
        len(error.faults),
        file=error.path,
    )
    return "\n".join([first, *fault_lines(error.faults, say)])


_SENTENCES: dict[type, Callable[[Any, Wording], str]] = {
    **KEY_SENTENCES,
    **VOICE_SENTENCES,
    AlreadyPublished: lambda error, say: say.text(
        "The poll {poll} has been published with other contents. A published poll never changes: "
        "cancel it, and publish the new one under another id.",
        poll=error,
    ),
    NotPublished: lambda error, say: say.text(
        "No poll {poll} has been published from this folder.", poll=error
    ),
    ResultPublished: lambda error, say: say.text(
        "The poll {poll} has a result already, and this count gives another one. A poll has one result: what "
        "differs between two could tell what a few people said. Nothing was published.",
        poll=error,
    ),
    OfficeDamaged: lambda error, say: say.text(
        "The file {file} is not as Samenspraak wrote it. Put back a copy of it.", file=error.path
    ),
    NoReply: lambda error, say: say.text(
        "The server {server} does not answer. Look at the internet connection, or ask the administrators. "
        "You can give the same command again.",
        server=error.server,
    ),
    Unreachable: lambda _error, say: say.text("The servers do not answer. Try again later."),
    OfficeIncomplete: _incomplete,
    OSError: _file,
    LetterError: _letter,
    PollInvalid: _invalid,
    FileFaulty: _faulty,
    Refused: refusal_sentence,
}
