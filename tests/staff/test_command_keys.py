"""Keys are made once, kept under a passphrase, and never lost to a typing error."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from i18n.wording import Wording
from protocol.canonical import b64, unb64
from protocol.municipality import MunicipalityCard
from protocol.signing import fingerprint
from staff.keyring import KeyFileError, Keyring, Stretching
from staff.office import RIGHTS, OfficeDamaged, OfficeIncomplete
from staff.work import Passphrase
from tests.staff.conftest import PASSPHRASE, failed, office_at

NEW = ("keys", "new", "--id", "waterrijk", "--name", "Gemeente Waterrijk")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_new_keys_say_which_file_to_hand_out_which_to_keep_and_what_must_not_be_lost(founded):
    folder = founded.folder
    card = MunicipalityCard.model_validate_json((folder / "municipality.json").read_bytes())
    assert (card.id, card.name) == ("waterrijk", "Gemeente Waterrijk")
    hand_out, keep = founded.said.split("Geef deze bestanden aan niemand:")
    assert str(folder / "municipality.json") in hand_out
    for name in ("root", *RIGHTS):
        assert str(folder / "keys" / f"{name}.key.json") in keep
    assert "Bent u het wachtwoord of deze map kwijt? Dan kan niemand uw peilingen nog tellen." in keep
    assert keep.rstrip().endswith(fingerprint(unb64(card.root_key)))


def test_only_their_owner_can_read_keys_and_nothing_shows_the_passphrase(founded):
    folder = founded.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in (folder / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSPHRASE not in founded.said
    assert not [name for name, raw in contents(folder).items() if PASSPHRASE.encode() in raw]


def test_keys_are_never_overwritten(run, office):
    before = contents(office.folder)

    said = failed(run("keys", "new", "--id", "ander", "--name", "Andere gemeente"))

    assert said.startswith(f"In de map {office.folder} staan al sleutels van een gemeente.")
    assert contents(office.folder) == before


def test_a_passphrase_is_stretched_as_rfc_9106_recommends_and_a_key_opens_only_as_it_was_sealed(office):
    keys = office.folder / "keys"
    assert json.loads((keys / "root.key.json").read_bytes())["kdf"] == {
        "name": "argon2id",
        "iterations": 3,
        "lanes": 4,
        "memory_kib": 65536,
    }

    with pytest.raises(KeyFileError) as refused:
        Keyring(keys, lambda: PASSPHRASE, Stretching(iterations=1, lanes=4, memory_kib=32)).get("root")
    assert refused.value.reason == "damaged"


def test_making_keys_that_was_cut_off_goes_on_with_the_keys_that_are_there(tmp_path):
    office = office_at(tmp_path)
    office.keyring.put("root", bytes(32))

    card = office.found("waterrijk", "Gemeente Waterrijk")

    assert office_at(tmp_path).keyring.get("root") == bytes(32)
    assert card.root_key == b64(unb64(office.card().root_key))


def test_a_passphrase_is_typed_twice_the_same_and_is_not_short(run, tmp_path):
    done = run(*NEW, typed="kort\nlang genoeg zin\nlang genoeg zon\nlang genoeg zin\nlang genoeg zin\n")

    assert done.exit_code == 0, done.output
    assert "Dat is te kort." in done.stderr
    assert "De twee zijn niet gelijk." in done.stderr
    assert "lang genoeg" not in done.output
    office_at(tmp_path / "office", "lang genoeg zin").keyring.get("root")


def test_whoever_stops_typing_gets_no_keys(run, tmp_path):
    assert failed(run(*NEW, typed="lang genoeg zin\n")).endswith("Gestopt.\n")
    assert not (tmp_path / "office" / "municipality.json").exists()


@pytest.mark.parametrize("line", ["", "te kort", "\nde tweede regel telt niet"])
def test_a_short_passphrase_in_a_file_is_refused(line, run, tmp_path):
    (tmp_path / "passphrase.txt").write_text(line)

    assert "geen wachtwoord van minstens 12 tekens" in failed(run(*NEW))
    assert not (tmp_path / "office").exists()


def test_an_accent_is_the_same_passphrase_on_every_keyboard(tmp_path, monkeypatch):
    path = tmp_path / "passphrase.txt"
    monkeypatch.setenv("SAMENSPRAAK_PASSPHRASE_FILE", str(path))
    typed = set()
    for line in ("\u00e9\u00e9n lange zin", "e\u0301e\u0301n lange zin"):
        path.write_text(line, "utf-8")
        typed.add(Passphrase(Wording("nl", "staff"))())
    assert len(typed) == 1


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--id", "Water Rijk"),
        ("--id", ""),
        ("--id", "-w"),
        ("--id", "w" * 41),
        ("--name", " "),
        ("--name", "n" * 101),
    ],
)
def test_a_name_that_cannot_be_published_makes_no_keys(option, value, run, tmp_path):
    words = [*NEW]
    words[words.index(option) + 1] = value

    assert failed(run(*words), code=2).startswith(f"{option}: Gebruik")
    assert not (tmp_path / "office").exists()


def test_a_wrong_passphrase_is_told_apart_from_a_damaged_file(office):
    path = office.folder / "keys" / "root.key.json"
    sound = path.read_bytes()
    with pytest.raises(KeyFileError) as wrong:
        office_at(office.folder, "een andere zin").keyring.get("root")
    assert wrong.value.reason == "passphrase"

    for damaged in (
        b"",
        sound[:-9],
        sound.replace(b'"sealed":"', b'"sealed":"AAAA'),
        b"[]",
        b"{}",
        b"[" * 9999,
        b"\xff",
        b'{"digest":1}',
    ):
        path.write_bytes(damaged)
        with pytest.raises(KeyFileError) as broken:
            office_at(office.folder).keyring.get("root")
        assert broken.value.reason == "damaged"

    path.write_bytes(sound)
    assert office_at(office.folder).keyring.get("root")  # the control


def test_a_key_of_another_name_is_not_taken_for_this_one(office):
    keys = office.folder / "keys"
    (keys / "counting.key.json").write_bytes((keys / "root.key.json").read_bytes())

    with pytest.raises(KeyFileError):
        office_at(office.folder).keyring.get("counting")


def test_a_counting_key_is_made_for_publishing_only_and_never_to_count(office):
    with pytest.raises(KeyFileError) as missing:
        office.counting_key("regiovervoer")
    assert missing.value.reason == "missing"

    made = office.new_counting_key("regiovervoer")
    assert office_at(office.folder).counting_key("regiovervoer") == made


def test_a_file_that_was_changed_is_not_used(office, publish_locally):
    poll = publish_locally("regiovervoer")
    entry = office.manifest().poll(poll.id).entry
    for path, read in (
        (office.folder / "documents" / entry.document, lambda: office.document(entry.document)),
        (office.folder / "addresses.json", office.addresses),
        (office.folder / "manifest.json", office.manifest),
        (office.folder / "municipality.json", office.card),
    ):
        assert read()
        path.write_bytes(path.read_bytes().replace(b'"', b"'", 1))
        with pytest.raises(OfficeDamaged):
            read()


def test_an_empty_folder_says_what_must_be_done_first(tmp_path):
    office = office_at(tmp_path)
    assert office.manifest() is None
    with pytest.raises(OfficeIncomplete):
        office.card()
