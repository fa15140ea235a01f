"""A municipality's folder, somebody who types commands in it, and letters as they are printed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from demonstration.processes import free_ports
from domain.poll import Poll
from protocol.canonical import b64
from protocol.manifest import Manifest, ManifestPoll, PollEntry, PollState, ServerKeys, Services, TokenKeys
from protocol.manifest_trust import sign_manifest
from protocol.poll_document import read_poll
from protocol.sealing import public_of
from samenspraak import main
from server.blind_signer import new_private_key, public_key_of
from staff.letter import write_letters
from staff.office import Addresses, Office
from tests.support.letter import CODES, LETTER
from tests.support.polls import document, raw

PASSPHRASE = "een lange zin om te proberen"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
Run = Callable[..., Result]


def office_at(folder: Path, passphrase: str = PASSPHRASE) -> Office:
    return Office.at(folder, lambda: passphrase, lambda: datetime.now(UTC))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("poll", "check", file)`: as typed, with the passphrase in a file and the folder `office`."""
    runner = CliRunner()
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE + "\n", "utf-8")

    def type_command(
        *words: object, office: Path | None = None, typed: str = "", **env: str | None
    ) -> Result:
        settings = {
            "SAMENSPRAAK_OFFICE": str(office or tmp_path / "office"),
            "SAMENSPRAAK_PASSPHRASE_FILE": None if typed else str(secret),
            "SAMENSPRAAK_LANG": "nl",
            **env,
        }
        done = runner.invoke(main, [str(word) for word in words], input=typed or None, env=settings)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        assert "Traceback" not in done.output
        return done

    return type_command


def failed(done: Result, code: int = 1) -> str:
    """What a failed command said on standard error."""
    assert done.exit_code == code, done.output
    return done.stderr


@dataclass(frozen=True, slots=True)
class Founded:
    """A folder as `keys new` makes it, and what the command said. Not to be changed."""

    folder: Path
    said: str


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    folder = tmp_path_factory.mktemp("founded") / "office"
    secret = folder.with_name("passphrase.txt")
    secret.write_text(PASSPHRASE, "utf-8")
    words = ["keys", "new", "--id", "waterrijk", "--name", "Gemeente Waterrijk", "--office", str(folder)]
    done = CliRunner().invoke(
        main, words, env={"SAMENSPRAAK_PASSPHRASE_FILE": str(secret), "SAMENSPRAAK_LANG": "nl"}
    )
    assert done.exit_code == 0, done.output
    return Founded(folder, done.output)


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Office:
    """A municipality with keys, and with servers that do not answer."""
    shutil.copytree(founded.folder, tmp_path / "office")
    office = office_at(tmp_path / "office")
    base = f"http://127.0.0.1:{free_ports(1)[0]}"
    office.set_addresses(
        Addresses(issuer=base, shuffler=base, ballot_box=base, app="https://peilingen.waterrijk.example")
    )
    return office


@pytest.fixture(scope="session")
def _root_key(founded: Founded) -> bytes:
    """Opened once: stretching a passphrase is slow on purpose."""
    return office_at(founded.folder).keyring.get("root")


@pytest.fixture(scope="session")
def _token_keys() -> list[str]:
    return [b64(public_key_of(new_private_key())) for _ in range(4)]


@pytest.fixture
def publish_locally(office: Office, _root_key: bytes, _token_keys: list[str]) -> Callable[..., Poll]:
    """Puts a poll in the folder's manifest, as if its servers had taken it."""
    unused = iter(_token_keys)

    def publish(id: str, state: PollState = PollState(), **changes: Any) -> Poll:
        content = raw(document(id=id, **{"grace_hours": 0, **changes}))
        poll = read_poll(content)
        token_keys = TokenKeys(choices=next(unused))
        entry = PollEntry.of(poll, office.keep_document(content), token_keys, public_of(bytes(32)))
        last = office.manifest()
        polls = (*(last.polls if last else ()), ManifestPoll(entry=entry, state=state))
        manifest = empty_manifest(office).model_copy(update={"polls": polls})
        office.keep_manifest(sign_manifest(manifest, _root_key))
        return poll

    return publish


@pytest.fixture
def published(office: Office, publish_locally) -> Office:
    """An office with one poll whose key is in the folder."""
    poll = publish_locally("regiovervoer")
    private = office.new_counting_key("regiovervoer")
    manifest = office.manifest()
    [old] = manifest.polls
    keys = TokenKeys(choices=old.entry.token_keys.choices)
    entry = PollEntry.of(
        read_poll(office.document(old.entry.document)), old.entry.document, keys, public_of(private)
    )
    changed = manifest.model_copy(update={"polls": (old.model_copy(update={"entry": entry}),)})
    office.keep_manifest(sign_manifest(changed, office.keyring.get("root")))
    assert poll.id == entry.id
    return office


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "letters.pdf"
    write_letters(path, CODES, **LETTER)
    return path


@pytest.fixture(scope="module")
def pages(letters: Path) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(letters)
    yield document
    document.close()


def empty_manifest(office: Office) -> Manifest:
    card, at = office.card(), office.addresses()
    key = b64(bytes(32))
    return Manifest(
        municipality=card.id,
        name=card.name,
        root_key=card.root_key,
        sequence=1,
        issued_at=NOW,
        services=Services(issuer=at.issuer, shuffler=at.shuffler, ballot_box=at.ballot_box),
        keys=ServerKeys(shuffler_signing=key, ballot_box_sealing=key, ballot_box_signing=key),
    )


def iso(moment: datetime) -> str:
    return moment.isoformat()
