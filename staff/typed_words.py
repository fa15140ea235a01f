"""Words of keys as somebody types them, or as they stand in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n.wording import Wording
from staff.key_errors import WordsUnfit
from staff.sentences import sentence
from staff.work import Failed

if TYPE_CHECKING:
    from shamir_mnemonic import Share


def ask(question: str, say: Wording) -> Share:
    """Asks again until the words are right. They show while they are typed: nobody types 35 words blind."""
    from staff import key_words  # what knows the words is not there on a server

    while True:
        typed = click.prompt(question, err=True)
        try:
            return key_words.read(typed)
        except WordsUnfit as unfit:
            click.echo(sentence(unfit, say), err=True)


def from_text(content: str, place: str, say: Wording) -> Share:
    """Raises `Failed`, which names the `place`."""
    from staff import key_words

    try:
        return key_words.read(content)
    except WordsUnfit as unfit:
        raise Failed(f"{place}: {sentence(unfit, say)}") from unfit


def lines_of(path: Path) -> list[str]:
    """Lines with something on them. A file that is no text has none that can be read."""
    return [line for line in path.read_text("utf-8", errors="replace").splitlines() if line.strip()]
