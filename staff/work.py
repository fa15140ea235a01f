"""What every staff command works with: the folder, the language, the passphrase, the servers."""

from __future__ import annotations

import functools
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from domain.poll import Poll
from i18n.wording import Wording
from protocol.manifest import ManifestPoll
from protocol.poll_document import read_poll
from staff.office import Office
from staff.publishing import NotPublished
from staff.sentences import EXPECTED, sentence
from staff.servers import Servers, new_http_client
from staff.usage import text, wording

PASSPHRASE_FILE = "SAMENSPRAAK_PASSPHRASE_FILE"  # noqa: S105
SHORTEST_PASSPHRASE = 12
"""Characters."""


class Failed(click.ClickException):
    """The command ends here; `message` is what staff read on standard error."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=file is None)


@dataclass
class Passphrase:
    """Asked for once, when the first key is needed, or read from the file that the environment names."""

    say: Wording
    new: bool = False
    _known: str | None = field(default=None, init=False, repr=False)

    def __call__(self) -> str:
        if self._known is None:
            typed = self._from_file() or (self._choose() if self.new else self._ask(self._words()))
            # One keyboard sends an accented letter as one character, another as two.
            self._known = unicodedata.normalize("NFC", typed)
        return self._known

    def _words(self) -> str:
        return self.say.text("Passphrase")

    def _from_file(self) -> str:
        if not (name := os.environ.get(PASSPHRASE_FILE)):
            return ""
        try:
            lines = Path(name).read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            lines = []
        if not lines or not lines[0] or (self.new and len(lines[0]) < SHORTEST_PASSPHRASE):
            raise Failed(
                self.say.text(
                    "The first line of {file} is no passphrase of at least {n} characters.",
                    file=name,
                    n=SHORTEST_PASSPHRASE,
                )
            )
        return lines[0]

    def _choose(self) -> str:
        while True:
            typed = self._ask(
                self.say.text("Choose a passphrase of at least {n} characters", n=SHORTEST_PASSPHRASE)
            )
            if len(typed) < SHORTEST_PASSPHRASE:
                click.echo(self.say.text("That is too short."), err=True)
            elif self._ask(self.say.text("Type it once more")) == typed:
                return typed
            else:
                click.echo(self.say.text("The two are not the same. Try again."), err=True)

    @staticmethod
    def _ask(question: str) -> str:
        typed: str = click.prompt(question, hide_input=True, err=True)
        return typed


@dataclass(frozen=True, slots=True)
class Work:
    office: Office
    say: Wording

    def published(self, poll: str) -> ManifestPoll:
        """Raises `NotPublished`, or `OfficeIncomplete` where there are no keys."""
        self.office.card()
        manifest = self.office.manifest()
        found = manifest.poll(poll) if manifest else None
        if found is None:
            raise NotPublished(poll)
        return found

    def poll(self, published: ManifestPoll) -> Poll:
        return read_poll(self.office.document(published.entry.document))

    @contextmanager
    def servers(self) -> Iterator[Servers]:
        with new_http_client() as http:
            yield Servers(self.office, http)


def speaking(function: Callable[..., None]) -> Callable[..., None]:
    """Hands the command its `Wording`; every error that can be expected ends it with one sentence."""

    @functools.wraps(function)
    def run(**given: Any) -> None:
        say = wording()
        try:
            function(say, **given)
        except BrokenPipeError:
            raise  # whoever read along has stopped; click ends in silence
        except (click.Abort, KeyboardInterrupt) as stop:
            raise Failed(say.text("Stopped.")) from stop
        except EXPECTED as error:
            raise Failed(sentence(error, say)) from error

    return run


def at_office(function: Callable[..., None]) -> Callable[..., None]:
    """Hands the command its `Work`, in the folder of the option --office."""

    @click.option(
        "--office",
        "folder",
        type=click.Path(path_type=Path),
        envvar="SAMENSPRAAK_OFFICE",
        default="office",
        help=text("Folder of the municipality; else SAMENSPRAAK_OFFICE, else ./office."),
    )
    @speaking
    @functools.wraps(function)
    def run(say: Wording, folder: Path, **given: Any) -> None:
        function(Work(Office.at(folder, Passphrase(say), _now, _tell_mended(say)), say), **given)

    return run


def _tell_mended(say: Wording) -> Callable[[Path], None]:
    def tell(aside: Path) -> None:
        said = say.text("The last line of the log was cut off. It was put aside: {file}", file=aside)
        click.echo(said, err=True)

    return tell


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error that is told what is done, and of how many."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def show(done: int, total: int) -> None:
            if not bars:
                bar: Any = click.progressbar(length=total, label=label, file=sys.stderr)
                bars.append(stack.enter_context(bar))
            bars[0].update(done - bars[0].pos)

        yield show


def _now() -> datetime:
    return datetime.now(UTC)
