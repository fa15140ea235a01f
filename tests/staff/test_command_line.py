"""The commands as a whole: one document, two languages, a sentence for every error."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from demonstration.processes import ROOT
from domain.errors import Distrusted, Fault, PollInvalid, Refused, Unreachable
from i18n.update import read, untranslated, wanted
from i18n.wording import CATALOGUES, Wording
from protocol.problems import Problem
from samenspraak import main
from server.commands import serve
from server.forgetting import forget
from staff.action_log import LogDamaged
from staff.command_servers import is_this_computer
from staff.commands import staff_commands
from staff.faulty_file import FileFaulty
from staff.key_errors import SharesUnfit, WordsUnfit
from staff.keyring import KeyFileError
from staff.letter_errors import AddressUnfit, CharactersMissing, NoInvitations, TextTooLong
from staff.office import OfficeDamaged, OfficeIncomplete, RotationCutOff
from staff.publishing import AlreadyPublished, NotPublished, ResultPublished
from staff.rotation import RotationUnfit
from staff.sentences import EXPECTED, REFUSALS, sentence
from staff.servers import NoReply
from staff.voice_errors import SoundUnfit, SpeakerFailed
from tests.staff.conftest import failed

DOC = (ROOT / "docs" / "staff.md").read_text("utf-8")
PATH = Path("office/root.key.json")
ERRORS = [
    *(KeyFileError(PATH, reason) for reason in ("missing", "damaged", "passphrase", "exists")),
    KeyFileError(PATH.with_name("poll-regiovervoer.key.json"), "missing"),
    *(WordsUnfit("unknown", 3, "huis", meant) for meant in ("", "husband")),
    WordsUnfit("count", found=34),
    WordsUnfit("one-wrong", 3, "husband", "hush"),
    *(WordsUnfit(rule, 3) for rule in ("swapped", "checksum")),
    *(SharesUnfit(reason, "poll-a") for reason in ("other-key", "other-set", "same", "whole-or-share")),
    *(RotationUnfit(reason) for reason in ("nothing-published", "too-often")),
    RotationCutOff("publishing"),
    LogDamaged(PATH),
    Distrusted("distrust-signature"),
    *(OfficeIncomplete(PATH.parent, missing) for missing in ("card", "addresses")),
    OfficeDamaged(PATH),
    PollInvalid((Fault("title", "text-missing", {"language": "nl"}),)),
    FileFaulty(PATH, (Fault("poll", "other-poll", {"found": "a", "poll": "b"}),) * 2),
    AlreadyPublished("regiovervoer"),
    NotPublished("regiovervoer"),
    ResultPublished("regiovervoer"),
    NoReply("https://uitgifte.example", "ConnectError"),
    Unreachable("ConnectError"),
    *(Refused(code) for code in Problem),
    Refused("from-the-future"),
    AddressUnfit("x"),
    CharactersMissing("→"),
    NoInvitations(),
    SpeakerFailed("espeak-ng", "no voice"),
    *(SoundUnfit("hoe-vaak.wav", reason) for reason in ("kind", "empty", "samples", "rate", "long")),
    *(TextTooLong(part) for part in ("introduction", "steps", "ending")),
    FileNotFoundError(2, "No such file", "x.json"),
    FileExistsError(17, "File exists", "x.json"),
    PermissionError(13, "Permission denied", "x.json"),
    IsADirectoryError(21, "Is a directory", "x.json"),
    OSError(28, "No space left on device"),
]


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        elif command not in (serve, forget):
            yield f"{path} {name}", command


COMMANDS = dict(commands(main, "samenspraak"))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_in_the_document(path):
    assert f"`{path}" in DOC
    for param in COMMANDS[path].params:
        for option in param.opts if isinstance(param, click.Option) else ():
            assert f"{option}" in DOC


def test_the_document_names_no_command_or_option_that_does_not_exist():
    named = set(
        re.findall(
            r"`samenspraak ([a-z]+"
            r"(?: (?:new|sheet|recover|share|join|rotate|show|check|schema|picture|import)\b)?)",
            DOC,
        )
    )
    assert {f"samenspraak {name}" for name in named} == {*COMMANDS, "samenspraak serve", "samenspraak forget"}
    options = {option for command in COMMANDS.values() for param in command.params for option in param.opts}
    assert set(re.findall(r"--[a-z][a-z-]+", DOC)) <= {*options, "--help"}


def test_the_document_gives_the_commands_in_the_order_of_their_use():
    places = [DOC.index(f"`samenspraak {command.name}") for command in staff_commands()]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_message_is_in_both_catalogues_translated_and_none_is_there_in_vain(language):
    assert list(untranslated(wanted("staff"), read("staff", language))) == []
    assert len(wanted("staff")) > 150  # the control: the messages were found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_translation_has_the_same_values_and_end_as_the_message(language):
    with (CATALOGUES / f"staff.{language}.po").open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for id, string in zip(ids, strings, strict=True):
            if not id:
                continue
            allowed = set(re.findall(r"{\w+}", " ".join(ids)))
            assert (
                set(re.findall(r"{\w+}", id))
                <= set(re.findall(r"{\w+}", string)) | {"{n}"}
                <= allowed | {"{n}"}
            )
            assert language == "nl" or string == id
            assert (id[-1] in ".?:") == (string[-1] in ".?:"), id


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{type(error).__name__}-{error}"[:60])
def test_every_error_that_can_be_expected_has_a_sentence(error):
    said = sentence(error, Wording("nl", "staff"))

    assert isinstance(error, EXPECTED)
    assert said[0].isupper()
    assert said.rstrip()[-1] in ".?:)" or "samenspraak" in said or "→" in said
    assert "{" not in said
    assert said != sentence(error, Wording("en", "staff"))


def test_the_list_of_errors_above_misses_none():
    assert {kind for kind in EXPECTED if not any(isinstance(error, kind) for error in ERRORS)} == set()
    assert set(REFUSALS) <= set(Problem)


def test_a_wrong_passphrase_does_not_read_like_a_damaged_file():
    said = {
        sentence(KeyFileError(PATH, reason), Wording("nl", "staff")) for reason in ("damaged", "passphrase")
    }
    assert said == {
        "Het wachtwoord klopt niet.",
        "Het sleutelbestand office/root.key.json is beschadigd. Zet een kopie terug.",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("keys", "nieuw"), "Er is geen opdracht nieuw."),
        (("keys", "new", "--naam", "x"), "Er is geen optie --naam."),
        (("keys", "new", "--id"), "Achter --id ontbreekt een waarde."),
        (("keys", "new", "--id", "waterrijk"), "--name ontbreekt."),
        (("poll", "check"), "FILE... ontbreekt."),
        (("close", "a", "b"), "Er staat een woord te veel"),
    ],
)
def test_what_was_typed_wrong_is_said_in_dutch_with_the_way_to_more(words, said, run):
    done = run(*words)

    assert done.stderr.startswith(said)
    assert done.exit_code == 2
    assert done.stderr.endswith(" --help\n")
    assert done.stdout == ""


def test_the_language_is_chosen_by_the_environment(run):
    assert failed(run("close", "a", SAMENSPRAAK_LANG="en")).startswith("There are no keys in the folder")
    assert failed(run("close", "a", SAMENSPRAAK_LANG="xx")).startswith("In de map")


@pytest.mark.parametrize(
    ("option", "address", "said"),
    [
        ("--issuer", "uitgifte.example", "Dit is geen adres"),
        ("--issuer", "http://uitgifte.example", "Het adres moet met https beginnen."),
        ("--app", "http://peilingen.example", "Het adres moet met https beginnen."),
        ("--shuffler", "https://meng.example/?a=1", "Dit is geen adres"),
        ("--ballot-box", "https://naam:woord@stembus.example", "Dit is geen adres"),
        ("--ballot-box", "https://stembus.example:99999", "Dit is geen adres"),
        ("--ballot-box", "ftp://stembus.example", "Dit is geen adres"),
    ],
)
def test_an_address_that_is_not_safe_is_not_kept(option, address, said, run, office):
    before = office.addresses()
    words = dict.fromkeys(("--issuer", "--shuffler", "--ballot-box", "--app"), "https://goed.example")
    typed = [part for pair in {**words, option: address}.items() for part in pair]

    assert failed(run("servers", *typed), code=2).startswith(f"{option}: {said}")
    assert office.addresses() == before


def test_only_this_computer_may_go_without_https():
    assert [is_this_computer(host) for host in ("localhost", "127.0.0.1", "::1")] == [True] * 3
    others = ("10.0.0.1", "localhost.example", "127.0.0.1.example", "")
    assert [is_this_computer(host) for host in others] == [False] * 4


@pytest.fixture(scope="module")
def english() -> str:
    """Help in a process of its own, and on the last line the modules that were loaded for it."""
    code = "import sys; from samenspraak import main; main(['invite', '--help'], standalone_mode=False)"
    command = [sys.executable, "-c", f"{code}; print(*sys.modules)"]
    env = {**os.environ, "SAMENSPRAAK_LANG": "en"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout


def test_help_is_in_the_language_in_which_the_program_started(english, run):
    assert "Make invitations to a poll" in english
    assert "Show this explanation." in english
    dutch = run("invite", "--help").stdout
    assert "Maak uitnodigingen voor een peiling" in dutch
    assert "Toon deze uitleg." in dutch


def test_administrators_need_nothing_that_makes_letters_or_screens(english):
    loaded = english.splitlines()[-1].split()
    assert "staff.command_invite" in loaded  # the control
    assert not {"fpdf", "segno", "flet", "coloraide", "materialyoucolor"} & set(loaded)
