"""The log of actions: what was written stays written, and whoever touches it is found out."""

from __future__ import annotations

import json
import multiprocessing
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from protocol.canonical import b64, canonical
from protocol.municipality import MunicipalityCard, StaffKeys
from protocol.signing import SigningKey, new_signing_key, sign
from staff.action_log import DOMAIN, ActionLog, LogDamaged, Signer, accepted
from staff.log_check import Broken, check, public_keys
from tests.staff.conftest import failed

NAMES = ("root", "publishing", "invitation", "counting")
KEYS = {name: new_signing_key(lambda n, seed=seed: bytes([seed]) * n) for seed, name in enumerate(NAMES, 1)}
STRANGER = new_signing_key()


def card(keys: dict[str, SigningKey] = KEYS) -> MunicipalityCard:
    public = {name: b64(key.public) for name, key in keys.items()}
    staff = StaffKeys(**{name: public[name] for name in NAMES[1:]})
    return MunicipalityCard(id="waterrijk", name="Waterrijk", root_key=public["root"], staff=staff)


def log_at(folder: Path) -> ActionLog:
    return ActionLog(folder / "log.jsonl", lambda: datetime.now(UTC))


def signer(name: str, keys: dict[str, SigningKey] = KEYS) -> Signer:
    return Signer(name, keys[name].private)


def start() -> dict[str, object]:
    return {"keys": public_keys(card())}


def add(log: ActionLog, path: str) -> None:
    log.append("request", {"right": "publishing", "method": "PUT", "path": path}, signer("publishing"), start)


@pytest.fixture
def log(tmp_path: Path) -> ActionLog:
    """Six lines; the last manifest in it has the digest `D`."""
    log = log_at(tmp_path)
    log.append("keys-made", start(), signer("root"))
    for number in range(3):
        add(log, f"/v1/{number}")
    log.append("manifest", {"sequence": 1, "digest": "D"}, signer("root"))
    add(log, "/v1/manifest")
    return log


def changed(log: ActionLog, lines: list[bytes]) -> Broken | None:
    log.path.write_bytes(b"".join(line + b"\n" for line in lines))
    return check(log.raw(), card())


def lines_of(log: ActionLog) -> list[bytes]:
    return log.raw().split(b"\n")[:-1]


def test_what_was_written_is_whole_and_only_its_owner_reads_it(log):
    assert check(log.raw(), card()) is None
    assert [line["number"] for line in log.lines()] == [1, 2, 3, 4, 5, 6]
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_a_folder_that_is_older_than_its_log_begins_one_with_its_keys(tmp_path):
    log = log_at(tmp_path)
    add(log, "/v1/1")

    assert [line["action"] for line in log.lines()] == ["log-started", "request"]
    assert check(log.raw(), card()) is None


class TestTheFirstBrokenLineIsNamed:
    @pytest.mark.parametrize("number", [1, 3, 6])
    def test_where_one_byte_was_changed(self, number, log):
        lines = lines_of(log)
        for place in range(0, len(lines[number - 1]), 7):
            touched = bytearray(lines[number - 1])
            touched[place] ^= 1
            found = changed(log, [*lines[: number - 1], bytes(touched), *lines[number:]])
            assert found is not None
            assert found.number == number

    @pytest.mark.parametrize("number", [1, 3, 5])
    def test_where_a_line_was_removed_doubled_or_swapped(self, number, log):
        lines = lines_of(log)
        at = number - 1
        removed = [*lines[:at], *lines[at + 1 :]]
        swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
        assert changed(log, removed) == Broken(number, "missing")
        assert changed(log, swapped) == Broken(number, "missing")
        assert changed(log, [*lines[:at], lines[at], *lines[at:]]) == Broken(number + 1, "missing")

    def test_where_a_line_was_cut(self, log):
        log.path.write_bytes(log.raw()[:-9])
        assert check(log.raw(), card()) == Broken(6, "half")

    def test_where_somebody_without_a_key_wrote(self, log):
        lines = lines_of(log)
        log.append("request", {"path": "/v1/x"}, Signer("publishing", STRANGER.private))
        assert check(log.raw(), card()) == Broken(7, "changed")
        assert changed(log, lines) is None  # the control

    def test_where_a_line_was_changed_and_all_after_it_chained_anew(self, log):
        """By somebody without a key: digests anybody can make, signatures not."""
        lines = [json.loads(line) for line in lines_of(log)]
        lines[2]["details"]["path"] = "/v1/other"
        body = {name: value for name, value in lines[2].items() if name != "signature"}
        lines[2]["signature"] = b64(sign(STRANGER.private, DOMAIN, canonical(body)))
        assert changed(log, [canonical(line) for line in lines]) == Broken(3, "changed")

    @pytest.mark.parametrize(
        "junk", [b"", b"[]", b"1", b"null", b"{}", b"\xff", b"[" * 5000, b'{"number": 3}']
    )
    def test_where_there_is_no_line_at_all(self, junk, log):
        lines = lines_of(log)
        assert changed(log, [*lines[:2], junk, *lines[3:]]) == Broken(3, "changed")

    def test_where_nothing_is(self):
        assert check(b"", card()) == Broken(1, "start")


class TestTheEnd:
    def test_removed_lines_show_against_what_the_folder_published(self, log):
        log.path.write_bytes(b"".join(line + b"\n" for line in lines_of(log)[:4]))
        assert check(log.raw(), card()) is None, "by itself nothing shows"
        assert check(log.raw(), card(), manifest_digest="D") == Broken(4, "manifest")

    def test_removed_lines_show_against_what_was_written_down(self, log):
        head = log.head()
        assert check(log.raw(), card(), "D", head) is None
        assert check(log.raw(), card(), "D", head.lower()) is None
        add(log, "/v1/later")
        assert check(log.raw(), card(), "D", head) is None, "more lines may follow"
        log.path.write_bytes(b"".join(line + b"\n" for line in lines_of(log)[:5]))
        assert check(log.raw(), card(), "D", head) == Broken(5, "head")

    def test_a_log_written_anew_with_all_keys_shows_only_against_what_was_written_down(self, log, tmp_path):
        head = log.head()
        log.path.unlink()
        anew = log_at(tmp_path)
        anew.append("keys-made", start(), signer("root"))
        for number in range(5):
            add(anew, f"/v1/harmless/{number}")
        assert check(anew.raw(), card()) is None, "what cannot be caught otherwise"
        assert check(anew.raw(), card(), head=head) == Broken(6, "head")

    def test_a_strangers_log_cannot_end_with_our_keys(self, tmp_path):
        theirs = {name: new_signing_key() for name in NAMES}
        log = log_at(tmp_path)
        log.append("keys-made", {"keys": public_keys(card(theirs))}, signer("root", theirs))
        assert check(log.raw(), card()) == Broken(1, "keys")
        for name in NAMES:
            new = b64(KEYS[name].public)
            word = accepted(name, b64(theirs[name].public), theirs[name].private)
            details = {"right": name, "new": new, "accepted": word}
            log.append("key-replaced", details, signer(name, theirs))
        assert check(log.raw(), card()) == Broken(2, "changed")


def test_a_key_that_was_replaced_signs_no_line_any_more(log):
    fresh = new_signing_key()
    word = accepted("publishing", b64(KEYS["publishing"].public), fresh.private)
    details = {"right": "publishing", "new": b64(fresh.public), "accepted": word}
    log.append("key-replaced", details, signer("publishing"))
    now = card({**KEYS, "publishing": fresh})
    assert check(log.raw(), now) is None
    assert check(log.raw(), card()) == Broken(7, "keys")

    add(log, "/v1/with-the-old-key")
    assert check(log.raw(), now) == Broken(8, "changed")


def test_half_a_line_left_by_a_crash_is_put_aside_said_and_noted(log):
    whole = log.raw()
    last = lines_of(log)[-1]
    before = whole[: -len(last) - 1]
    for length in (1, len(last) // 2, len(last)):
        told: list[Path] = []
        log.path.write_bytes(before + last[:length])
        again = ActionLog(log.path, log.now, told.append)
        add(again, "/v1/again")
        assert [aside.read_bytes() for aside in told] == [last[:length]]
        assert [line["action"] for line in again.lines()][-2:] == ["log-mended", "request"]
        assert check(again.raw(), card()) is None
    log.path.write_bytes(before + b"\0" * 4096)  # a power cut: the file had grown, the bytes had not come
    add(log, "/v1/again")
    assert check(log.raw(), card()) is None


def test_a_log_whose_last_line_is_no_line_gets_no_other(log):
    log.path.write_bytes(log.raw() + b"nonsense\n")
    with pytest.raises(LogDamaged):
        add(log, "/v1/x")


def _add_many(folder: str) -> None:
    for number in range(20):
        add(log_at(Path(folder)), f"/v1/{number}")


def test_processes_that_write_at_once_wait_for_each_other(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_many, args=(str(tmp_path),)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    log = log_at(tmp_path)
    assert check(log.raw(), card()) is None
    assert len(list(log.lines())) == 61


class TestCommands:
    def test_the_log_of_a_new_folder_is_whole_and_can_be_read(self, run, office):
        said = run("log", "check")
        assert said.stdout.startswith("Het logboek is heel: een regel.\n")
        assert "wie het wachtwoord heeft, kan het hele logboek opnieuw schrijven" in said.stdout
        head = said.stdout.split()[-1]
        assert "opnieuw schrijven" not in run("log", "check", "--head", head).stdout
        shown = run("log", "show").stdout
        assert shown.startswith("    1  ")
        assert shown.endswith("Sleutels gemaakt\n")

    def test_a_line_that_was_changed_is_named(self, run, office):
        path = office.log.path
        path.write_bytes(path.read_bytes().replace(b"keys-made", b"keys-mode"))
        assert failed(run("log", "check")) == "Regel 1 is niet zoals hij is opgeschreven.\n"
        path.unlink()
        assert failed(run("log", "check")).startswith("Er is geen logboek in deze map.")

    def test_another_last_line_is_told_from_one_typed_wrong(self, run, office):
        assert "niet de regel die u hebt opgeschreven" in failed(
            run("log", "check", "--head", "9-AAAA-AAAA-AAAA-AAAA-AAAA")
        )
        assert failed(run("log", "check", "--head", "9-AAAA"), code=2).startswith("--head: Schrijf het zoals")

    def test_nothing_is_sent_that_cannot_be_noted(self, run, office, publish_locally):
        publish_locally("regiovervoer")
        office.log.path.write_bytes(b"nonsense\n")
        said = failed(run("cancel", "regiovervoer", "--yes"))
        assert "aan het eind beschadigd" in said
        assert "antwoordt niet" not in said, "no server was asked"

    def test_half_a_line_is_said_by_the_command_that_finds_it(self, run, office, publish_locally):
        publish_locally("regiovervoer")
        with office.log.path.open("ab") as file:
            file.write(b'{"action":"requ')
        said = failed(run("cancel", "regiovervoer", "--yes"))
        assert f"opzij gezet: {office.folder / 'log.jsonl.cut-1'}" in said
        assert check(office.log.raw(), office.card()) is None
