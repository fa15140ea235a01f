"""A key is replaced whole or not yet: cut off anywhere, nothing is lost and the same command goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from protocol.canonical import b64, unb64
from protocol.manifest_trust import check_follows, read_manifest, sign_manifest
from protocol.municipality import MunicipalityCard
from protocol.signing import new_signing_key
from protocol.succession import MOST
from staff.keyring import Keyring, Stretching
from staff.log_check import check, digest_of_file
from staff.office import RIGHTS, Addresses, Office, RotationCutOff
from staff.publishing import Publishing
from staff.rotation import RotationUnfit, rotate_right, rotate_root
from staff.servers import Servers
from tests.staff.conftest import PASSPHRASE, empty_manifest, failed, office_at

QUICK = Stretching(iterations=1, lanes=4, memory_kib=32)
"""These folders are opened hundreds of times; how slowly a passphrase is stretched is no matter."""


class Cut(BaseException):
    """The power went."""


@pytest.fixture
def cut_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    """`cut_after(n)`: the power goes before the n-th change on the disk. Returns the changes made."""
    done: list[str] = []
    left = [-1]

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(self: Path, *given: Any, **more: Any) -> Any:
            if str(self).endswith((".new", ".key.json")):
                if left[0] == 0:
                    raise Cut
                left[0] -= 1
                done.append(self.name)
            return real(self, *given, **more)

        return act

    monkeypatch.setattr(Path, "replace", counting(Path.replace))
    unlink = Path.unlink

    def removing(self: Path, missing_ok: bool = False) -> None:
        if self.name.endswith(".key.json"):
            if left[0] == 0:
                raise Cut
            left[0] -= 1
            done.append(self.name)
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", removing)

    def arm(n: int) -> list[str]:
        left[0] = n
        done.clear()
        return done

    return arm


def public(private: bytes) -> str:
    return b64(new_signing_key(lambda _: private).public)


def quick_at(folder: Path) -> Office:
    return replace(office_at(folder), keyring=Keyring(folder / "keys", lambda: PASSPHRASE, QUICK))


def founded(folder: Path) -> Office:
    office = quick_at(folder)
    office.found("waterrijk", "Gemeente Waterrijk")
    return office


def works(office: Office) -> None:
    """Every key opens and fits the public one that the administrators get; the log is whole."""
    card = office.card()
    assert public(office.private_key("root")) == card.root_key
    for right in RIGHTS:
        assert public(office.private_key(right)) == getattr(card.staff, right)
    manifest = digest_of_file(office.folder / "manifest.json")
    assert check(office.log.raw(), card, manifest) is None


class TestARight:
    @pytest.mark.parametrize("right", RIGHTS)
    def test_gets_a_new_key_and_the_old_one_is_kept(self, right, tmp_path):
        office = founded(tmp_path)
        before, old = office.card(), office.keyring.get(right)

        rotate_right(office, right)

        works(quick_at(tmp_path))
        after = office.card()
        assert {name for name in RIGHTS if getattr(after.staff, name) != getattr(before.staff, name)} == {
            right
        }
        assert (after.root_key, after.name) == (before.root_key, before.name)
        assert quick_at(tmp_path).keyring.get(f"{right}-retired-1") == old
        rotate_right(office, right)
        works(quick_at(tmp_path))
        assert office.keyring.has(f"{right}-retired-2")

    def test_cut_off_anywhere_signs_nothing_by_halves_and_is_finished_by_the_same_call(
        self, tmp_path, cut_after
    ):
        for cut in range(20):
            folder = tmp_path / str(cut)
            office = founded(folder)
            first = office.keyring.get("publishing")
            done = cut_after(cut)
            try:
                rotate_right(office, "publishing")
            except Cut:
                pass
            else:
                break
            cut_after(-1)
            self.is_usable_or_says_what_to_do(quick_at(folder), first)
            again = quick_at(folder)
            rotate_right(again, "publishing")
            works(quick_at(folder))
            assert again.keyring.get("publishing") != first
            kept = [name for name in again.keyring.names() if name.startswith("publishing-")]
            assert kept == ["publishing-retired-1"], (cut, kept)
        assert cut == len(done) == 5  # next, retired, card, key; and next removed

    def is_usable_or_says_what_to_do(self, office: Office, first: bytes) -> None:
        if office.keyring.has("publishing-next"):
            with pytest.raises(RotationCutOff):
                office.private_key("publishing")
            assert office.private_key("counting"), "the other keys go on"
        else:
            assert office.private_key("publishing") == first
            works(office)


class TwoBoards:
    """Both boards as far as staff see them: they take what follows, like those of phones and servers do."""

    def __init__(self, office: Office) -> None:
        self.office, self.first, self.raw = office, office.card(), b""
        self.is_down = False

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("down", request=request)
        if request.url.path.endswith("/manifest"):
            new = self.read(request.content)
            if self.raw:
                check_follows(self.read(self.raw), self.raw, new, request.content)
            self.raw = request.content
        return httpx.Response(204)

    def read(self, raw: bytes) -> Any:
        return read_manifest(raw, self.first.id, unb64(self.first.root_key))

    def publishing(self, office: Office) -> Publishing:
        return Publishing(office, Servers(office, httpx.Client(transport=httpx.MockTransport(self.answer))))


class TestTheRootKey:
    def test_names_its_successor_and_whoever_knows_the_old_one_goes_on(self, office, publish_locally):
        publish_locally("regiovervoer")
        boards, old = TwoBoards(office), office.card()
        for number in (1, 2):
            rotate_root(office, boards.publishing(office))
            works(office_at(office.folder))
            assert len(boards.read(boards.raw).successions) == number
        now = office.card()
        assert now.staff == old.staff
        assert boards.read(boards.raw).root_keys()[0] == old.root_key
        assert boards.read(boards.raw).root_key == now.root_key != old.root_key
        boards.publishing(office).cancel("regiovervoer")
        assert boards.read(boards.raw).poll("regiovervoer").state.cancelled

    def test_cannot_be_replaced_before_anybody_heard_of_it_nor_for_ever(self, office, publish_locally, run):
        with pytest.raises(RotationUnfit):
            rotate_root(office, TwoBoards(office).publishing(office))
        assert "nog niets gepubliceerd" in failed(run("keys", "rotate", "root", "--yes"))
        assert not office.keyring.has("root-next")

    def test_is_replaced_no_more_often_than_phones_take(self, tmp_path):
        office = founded(tmp_path)
        base = "http://127.0.0.1:1"
        office.set_addresses(Addresses(issuer=base, shuffler=base, ballot_box=base, app=base))
        office.keep_manifest(sign_manifest(empty_manifest(office), office.keyring.get("root")))
        boards = TwoBoards(office)
        for _ in range(MOST):
            rotate_root(office, boards.publishing(office))
        with pytest.raises(RotationUnfit) as unfit:
            rotate_root(office, boards.publishing(office))
        assert unfit.value.reason == "too-often"
        assert len(boards.read(boards.raw).successions) == MOST
        works(quick_at(tmp_path))

    def test_that_no_server_heard_of_is_finished_later_and_nothing_else_is_signed_until_then(
        self, office, publish_locally, run
    ):
        publish_locally("regiovervoer")
        before = office.card()
        boards = TwoBoards(office)

        assert "antwoordt niet" in failed(run("keys", "rotate", "root", "--yes"))

        assert office.card() == before, "the administrators' file changes when the servers know"
        said = failed(run("cancel", "regiovervoer", "--yes"))
        assert said.startswith("Het vervangen van de sleutel root is afgebroken.")
        assert said.endswith("samenspraak keys rotate root\n")
        sequence = office.manifest().sequence
        rotate_root(office_at(office.folder), boards.publishing(office_at(office.folder)))
        works(office_at(office.folder))
        assert boards.read(boards.raw).sequence == sequence, "the same manifest, not another"

    def test_cut_off_anywhere_is_finished_by_the_same_call(
        self, office, publish_locally, tmp_path, cut_after
    ):
        publish_locally("regiovervoer")
        manifest, document = (
            (office.folder / "manifest.json").read_bytes(),
            office.manifest().polls[0].entry.document,
        )
        made = {name: office.keyring.get(name) for name in ("root", *RIGHTS)}
        for cut in range(20):
            folder = tmp_path / f"cut-{cut}"
            again = quick_at(folder)
            for name, private in made.items():
                again.keyring.put(name, private)
            again.found("waterrijk", "Gemeente Waterrijk")
            again.set_addresses(office.addresses())
            again.keep_document(office.document(document))
            again.keep_manifest(manifest)
            boards = TwoBoards(again)
            done = cut_after(cut)
            try:
                rotate_root(again, boards.publishing(again))
            except Cut:
                pass
            else:
                break
            cut_after(-1)
            later = quick_at(folder)
            rotate_root(later, boards.publishing(later))
            works(quick_at(folder))
            kept = [name for name in later.keyring.names() if name.startswith("root")]
            assert kept == ["root", "root-retired-1"], (cut, kept)
            assert len(boards.read(boards.raw).successions) == 1
        assert cut == len(done) == 6  # next, retired, manifest, card, key; and next removed


class TestTheCommand:
    def test_says_what_must_happen_before_the_servers_take_the_new_key(self, run, office):
        done = run("keys", "rotate", "publishing", "--yes")

        assert done.exit_code == 0, done.output
        assert "Geef dit bestand nu aan de beheerders" in done.stdout
        assert str(office.folder / "municipality.json") in done.stdout
        assert "Maak nieuwe herstelbladen" in done.stdout
        card = MunicipalityCard.model_validate_json((office.folder / "municipality.json").read_bytes())
        assert card.staff.publishing == public(office_at(office.folder).private_key("publishing"))
        assert run("log", "check").exit_code == 0

    @pytest.mark.parametrize("typed", ["", "ja", "counting"])
    def test_replaces_nothing_unless_the_name_is_typed(self, typed, run, office):
        before = (office.folder / "municipality.json").read_bytes()
        said = failed(run("keys", "rotate", "publishing", typed=f"{typed}\n{PASSPHRASE}\n"))
        assert "tot de beheerders ze opnieuw hebben gestart" in said
        assert (office.folder / "municipality.json").read_bytes() == before
        assert not office.keyring.has("publishing-next")

    def test_knows_no_other_keys(self, run, office):
        assert failed(run("keys", "rotate", "poll-regiovervoer"), code=2)
